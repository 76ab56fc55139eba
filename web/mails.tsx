/**
 * H2: which mails somebody gets. GET shows, POST changes; unsubscribing means the digest, never silence. One click in a mail
 * program (RFC 8058) comes here as well: without cookies, in one of two encodings, and must be answered, not sent elsewhere.
 */
import type { FastifyRequest } from 'fastify';
import type { Api } from '../api/context.js';
import { problem } from '../api/errors.js';
import type { App } from '../api/route.js';
import type { PersonDetails } from '../archive/directory.js';
import { pickLocale, translator } from '../locales/index.js';
import { sendPage } from './answer.js';
import { Page } from './page.js';
import { Note } from './parts.js';
import { chosenLocale, fieldsOf, pathOf, tokenOf } from './request.js';
import type { Explain } from './token-page.js';

export function mailPages(scope: App, api: Api, page: Explain): void {
  // RFC 8058 allows it; there is one field, and it is looked for, not parsed.
  scope.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'string', bodyLimit: 10_000 },
    (_request, body, done) => {
      const clicked = /name="?List-Unsubscribe"?\s+One-Click/.test(String(body));
      done(null, clicked ? { 'List-Unsubscribe': 'One-Click' } : {});
    },
  );
  const config = { open: true, rateLimit: {}, page };
  const path = '/u/:token';
  scope.get(path, { config, schema: { hide: true } }, async (request, reply) => {
    return sendPage(reply, pageOf(request, await readerOf(api, request)));
  });
  scope.post(path, { config, schema: { hide: true } }, async (request, reply) => {
    const reader = await readerOf(api, request);
    const fields = fieldsOf(request);
    const clicked = fields['List-Unsubscribe'] === 'One-Click';
    if (!clicked && fields['mails'] !== 'digest' && fields['mails'] !== 'single')
      problem('BadInput', 'input.choice', 'mails', { choices: 'digest, single' });
    const digestOnly = clicked || fields['mails'] === 'digest';
    const changed = await api.deps.archive.directory.putPerson(reader.id, { digestOnly });
    return sendPage(reply, pageOf(request, changed, true));
  });
}

async function readerOf(api: Api, request: FastifyRequest): Promise<PersonDetails> {
  const claims = await api.deps.links.verify(tokenOf(request), { purpose: 'mails' });
  const reader = claims && (await api.deps.archive.directory.getPerson(claims.person));
  return reader ?? problem('NotFound', 'link.invalid');
}

function pageOf(request: FastifyRequest, reader: PersonDetails, saved = false): string {
  const locale = chosenLocale(request) ?? pickLocale(reader.locale, request.headers['accept-language'], 'zh-TW');
  const say = translator(locale);
  const other = reader.digestOnly === true ? 'single' : 'digest';
  const now = reader.digestOnly === true ? 'digest' : 'single';
  const title = say('forms.mails.title');
  return (
    <Page frame={{ locale, say, path: pathOf(request) }} title={title}>
      <h1 safe>{title}</h1>
      {saved ? <Note good text={say('forms.mails.saved')} /> : ''}
      <p safe>{say(`forms.mails.now.${now}`)}</p>
      <form method="post" novalidate>
        <input type="hidden" name="mails" value={other} />
        <div class="buttons">
          <button type="submit" safe>
            {say(`forms.mails.to.${other}`)}
          </button>
        </div>
      </form>
      <p class="help" safe>
        {say('forms.mails.always')}
      </p>
    </Page>
  ) as string;
}

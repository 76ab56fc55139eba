/** A link that leads nowhere, as a page. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Api } from '../api/context.js';
import type { Problem } from '../api/errors.js';
import type { Locale } from '../domain/meeting/state.js';
import { hasText, pickLocale, translator } from '../locales/index.js';
import { sendPage } from './answer.js';
import { Explanation } from './page.js';
import { chosenLocale, pathOf } from './request.js';

/** A link that leads nowhere, or a part that does not answer: a sentence, and what to do. */
export async function explain(
  api: Api,
  request: FastifyRequest,
  reply: FastifyReply,
  refused: Problem,
): Promise<FastifyReply> {
  const locale = chosenLocale(request) ?? pickLocale(request.headers['accept-language'], api.deps.config.locale);
  const say = translator(locale);
  const gone = refused.kind === 'NotFound' && refused.faults[0]?.code === 'meeting.unknown';
  const texts = gone ? [say('forms.link.gone')] : [...new Set(refused.faults.map((f) => textOf(f.code, locale)))];
  const frame = { locale, say, path: pathOf(request) };
  const page = (
    <Explanation
      frame={frame}
      title={say(refused.status >= 500 || refused.status === 429 ? 'forms.unavailable.title' : 'forms.link.title')}
      texts={texts}
    />
  );
  return sendPage(reply.headers(refused.options.headers ?? {}), page as string, gone ? 410 : refused.status);
}

function textOf(code: string, locale: Locale): string {
  const say = translator(locale);
  return hasText(locale, `forms.${code}`) ? say(`forms.${code}`) : say(`errors.${code}`);
}

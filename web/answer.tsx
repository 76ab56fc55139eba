/** How every page answers: its headers, the way back after what was done, and the form again where it was refused. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyPath } from '../api/meeting-input.js';
import type { Problem } from '../api/errors.js';
import { shownFault } from '../api/problem-json.js';
import type { ShownFault } from '../api/problem-json.js';
import type { ZoneData } from '../domain/calendar/index.js';
import type { Locale } from '../domain/meeting/state.js';
import { hasText, translator } from '../locales/index.js';
import type { Translate } from '../locales/index.js';
import { Page } from './page.js';
import { ErrorSummary, Note } from './parts.js';
import type { Filled } from './parts.js';
import { chosenLocale, queryOf } from './request.js';
import { cssHash } from './style.js';

const headers = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'content-security-policy': `default-src 'none'; style-src ${cssHash}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
};

export function sendPage(reply: FastifyReply, page: string, status = 200): FastifyReply {
  return reply.code(status).headers(headers).type('text/html; charset=utf-8').send(page);
}

/** Shows what holds now by a redirect, so that a reload repeats nothing. */
export function backTo(request: FastifyRequest, reply: FastifyReply, path: string, done: string): FastifyReply {
  const lang = chosenLocale(request);
  const query = new URLSearchParams({ done, ...(lang === undefined ? {} : { lang }) });
  return reply.headers(headers).redirect(`${path}?${query.toString()}`, 303);
}

/** The faults of a refused form, in the reader's words: a form's own where it has some. */
export function formFaults(refused: Problem, locale: Locale, zone: ZoneData): ShownFault[] {
  return refused.faults.map((fault) => {
    const shown = shownFault({ ...fault, path: bodyPath(fault.path) }, locale, zone);
    // Of a form's fields only numbers can have the wrong type.
    const key = fault.code === 'input.type' ? 'forms.problem.number' : `forms.${fault.code}`;
    return hasText(locale, key) ? { ...shown, message: translator(locale)(key) } : shown;
  });
}

interface FramedProps {
  request: FastifyRequest;
  locale: Locale;
  say: Translate;
  path: string;
  title: string;
  filled: Filled;
  /** The texts of what was just done are under this name; without it the page tells by itself. */
  told?: 'forms' | 'proposal' | undefined;
  safeBody: JSX.Element;
}

/** A page that answers a form: what is to be mended first, or what was just done. */
export function Framed({ request, locale, say, path, title, filled, told, safeBody }: FramedProps): string {
  const key = `${told}.done.${queryOf(request)['done'] ?? ''}`;
  const good = told !== undefined && request.method === 'GET' && hasText(locale, key);
  return (
    <Page frame={{ locale, say, path }} title={title} refused={filled.faults.length > 0}>
      <ErrorSummary filled={filled} say={say} />
      {good ? <Note good text={say(key)} /> : ''}
      {safeBody}
    </Page>
  ) as string;
}

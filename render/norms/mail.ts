/** Y1: a year's open proposals by mail: what each would change and why, what it would have meant, and the way to answer it. */
import type { Instant, ZoneData } from '../../domain/calendar/index.js';
import type { Locale } from '../../domain/meeting/state.js';
import type { NormProposal } from '../../domain/norms-proposals.js';
import { translator } from '../../locales/index.js';
import { items } from '../document.js';
import type { Item, MailDocument } from '../document.js';
import type { RenderedMail } from '../mail/index.js';
import { rendered } from '../mail/rendered.js';
import { oneLine } from '../text.js';
import { whenFor } from '../when.js';
import { proposalText } from './text.js';

/** What was looked at, and until when it is to be answered. */
export interface NormTerms {
  year: number;
  meetings: number;
  dueAt: Instant;
  zone: ZoneData;
  reminder: boolean;
}

export interface NormsReader {
  locale: Locale;
  /** Personal; without them in an assistant's mailbox, where nothing is decided (H6). */
  links?: { all: string; of(id: string): string | undefined } | undefined;
}

export function normsMail(
  terms: NormTerms,
  proposals: NormProposal[],
  reader: NormsReader,
): Omit<RenderedMail, 'invitation'> {
  return rendered(documentOf(terms, proposals, reader), reader.locale);
}

function documentOf(
  { year, meetings, dueAt, zone, reminder }: NormTerms,
  proposals: NormProposal[],
  { locale, links }: NormsReader,
): MailDocument {
  const say = translator(locale);
  const due = whenFor(locale, zone).when(dueAt);
  const count = proposals.length;
  const item = (p: NormProposal): Item => {
    const { label, from, to, because, effect, also } = proposalText(say, p);
    const url = links?.of(p.id);
    return {
      title: say('norms.mail.change', { norm: label, from, to }),
      body: because,
      notes: [effect, ...also],
      ...(url === undefined ? {} : { link: { label: say('norms.mail.decide'), url } }),
    };
  };
  return {
    subject: oneLine(say(reminder ? 'norms.mail.subjectAgain' : 'norms.mail.subject', { year, count, due })),
    title: say('norms.mail.title', { year }),
    when: [say('norms.mail.looked', { year, meetings })],
    wanted: [
      say(reminder ? 'norms.mail.again' : 'norms.mail.wanted', { year, count, due }),
      links === undefined ? say('norms.mail.through') : say('norms.mail.silence'),
    ],
    buttons: links === undefined ? [] : [{ label: say('norms.mail.button'), url: links.all }],
    facts: [],
    sections: [{ heading: say('norms.mail.heading'), blocks: [items(proposals.map(item))] }],
    footer: [say('norms.mail.assumed'), say('norms.mail.why'), ...(links ? [say('mail.footer.personal')] : [])],
  };
}

/** R5: the mail that asks an owner whether entries of the knowledge base still hold. */
import type { DueEntry } from '../../archive/knowledge-care.js';
import { toLocal } from '../../domain/calendar/index.js';
import type { LocalDate, ZoneData } from '../../domain/calendar/index.js';
import type { Locale } from '../../domain/meeting/state.js';
import { translator, type Translate } from '../../locales/index.js';
import type { Block, Item, MailDocument, Section } from '../document.js';
import { items } from '../document.js';
import { namesIn } from '../names.js';
import { oneLine } from '../text.js';
import type { DepartmentCard, PersonCard } from '../types.js';
import { whenFor } from '../when.js';
import { throughLine, type RenderedMail } from './index.js';
import { rendered } from './rendered.js';

export interface KnowledgeReviewInput {
  entries: DueEntry[];
  /** More wait; they come on the next working days. */
  more: boolean;
  today: LocalDate;
  reader: PersonCard & { through?: string };
  locale: Locale;
  departments: DepartmentCard[];
  /** The organisation's. */
  zone: ZoneData;
  linkTo(entry: DueEntry): Promise<string>;
}

export async function knowledgeReviewMail(input: KnowledgeReviewInput): Promise<Omit<RenderedMail, 'invitation'>> {
  const say = translator(input.locale);
  return rendered(await documentOf(input, say), input.locale);
}

async function documentOf(input: KnowledgeReviewInput, say: Translate): Promise<MailDocument> {
  const { entries, more, today, reader, locale, departments, zone } = input;
  const n = entries.length;
  const date = whenFor(locale, zone).date(today);
  const names = namesIn(locale, [reader], departments);
  const list = await Promise.all(
    entries.map(async (entry) => ({ entry, item: itemOf(input, say, entry, await input.linkTo(entry)) })),
  );
  const part = (unowned: boolean): Section[] => {
    const own = list.filter((x) => x.entry.unowned === unowned).map((x) => x.item);
    if (own.length === 0) return [];
    const blocks: Block[] = [items(own)];
    return [
      {
        name: 'asked',
        heading: say(`knowledge.heading.${unowned ? 'unowned' : 'yours'}`, { count: own.length }),
        blocks,
      },
    ];
  };
  return {
    subject: oneLine(say('subject.knowledgeReview', { n, date })),
    title: say('knowledge.mail.title', { count: n }),
    when: [date],
    wanted: [
      ...throughLine({ reader, say, names }),
      say('knowledge.mail.wanted'),
      say('knowledge.mail.how'),
      ...(more ? [say('knowledge.mail.more')] : []),
    ],
    buttons: [],
    facts: [],
    sections: [...part(false), ...part(true)],
    footer: [say('knowledge.mail.footer'), say('mail.footer.personal')],
  };
}

function itemOf(
  { locale, departments, zone }: KnowledgeReviewInput,
  say: Translate,
  entry: DueEntry,
  url: string,
): Item {
  const names = namesIn(locale, [], departments);
  const kind = say(`knowledge.kind.${entry.kind}`);
  const from = [kind, ...(entry.department === undefined ? [] : [names.department(entry.department)])];
  const written = say('knowledge.written', { date: whenFor(locale, zone).date(toLocal(zone, entry.at).date) });
  return {
    title: oneLine(entry.title),
    exact: true,
    notes: [
      [...from, written].join(' · '),
      ...(entry.note === undefined ? [] : [say('knowledge.note', { note: oneLine(entry.note) })]),
    ],
    link: { label: say('knowledge.mail.look'), url },
  };
}

/** H2: the one mail of the morning: everything that waits for somebody, whichever meeting it comes from. */
import type { Instant } from '../../domain/calendar/index.js';
import { findItem, taskById } from '../../domain/meeting/follow-up/items.js';
import type { MailEffect, MailKind } from '../../domain/meeting/effects.js';
import type { MeetingState } from '../../domain/meeting/state.js';
import { rankOf } from '../../domain/meeting/urgency.js';
import { translator } from '../../locales/index.js';
import type { Item, Link, MailDocument, Section } from '../document.js';
import { items } from '../document.js';
import { namesIn } from '../names.js';
import { oneLine } from '../text.js';
import { contextOf } from './context.js';
import type { MailContext, MailInput } from './context.js';
import { bodyOf, throughLine } from './index.js';
import type { RenderedMail } from './index.js';
import { NothingToSay } from './item-parts.js';
import { rendered } from './rendered.js';
import { whenLines } from './parts.js';
import { seenBy } from './seen.js';

export interface DigestEntry {
  item: Pick<MailEffect, 'mail' | 'occasion' | 'ref' | 'params'>;
  state: MeetingState;
}

export interface DigestInput extends Pick<
  MailInput,
  'now' | 'reader' | 'locale' | 'people' | 'departments' | 'links' | 'from'
> {
  entries: DigestEntry[];
  /** 08:40 of its day. */
  slot: Instant;
}

const groups = ['overdue', 'todo', 'check', 'news'] as const;
type Group = (typeof groups)[number];

const groupOf: Partial<Record<MailKind, Group>> = {
  missed: 'overdue',
  talk: 'overdue',
  escalation: 'overdue',
  pleaseCheck: 'check',
  blockAsked: 'check',
  decided: 'news',
  onLeave: 'news',
};

/** One line of the digest: an action or plan, or what a meeting asks for; several reminders of the same are one. */
interface Line {
  group: Group;
  rank: number;
  due: Instant;
  item: Item;
}

/** NothingToSay when nothing of it exists any more. */
export async function digestDocument(input: DigestInput): Promise<MailDocument> {
  const say = translator(input.locale);
  const lines = await linesOf(input);
  const [strongest] = lines;
  if (strongest === undefined) throw new NothingToSay('digest', undefined);
  const date = dayOf(input);
  const n = lines.length;
  const overdue = lines.filter((l) => l.group === 'overdue').length;
  return {
    subject: oneLine(say('subject.digest', { n, date })),
    title: say('mail.digest.title', { n }),
    when: [date],
    wanted: [
      ...throughLine({ reader: input.reader, say, names: namesIn(input.locale, input.people, input.departments) }),
      say(overdue > 0 ? 'mail.digest.overdue' : 'mail.digest.wanted', { count: overdue }),
    ],
    buttons: [],
    facts: [],
    sections: groups.flatMap((group) => sectionOf(say, group, lines)),
    footer: [say('mail.footer.digest'), say('mail.footer.personal')],
  };
}

export async function renderDigest(input: DigestInput): Promise<Omit<RenderedMail, 'invitation'>> {
  return rendered(await digestDocument(input), input.locale);
}

/** The day on the reader's clock. */
function dayOf({ entries, slot, locale, reader, ...rest }: DigestInput): string {
  const [first] = entries;
  if (first === undefined) return '';
  const c = contextOf({ ...rest, ...inputOf(first, reader), reader, locale });
  return c.when.readerDay(slot);
}

const inputOf = ({ item, state }: DigestEntry, reader: DigestInput['reader']): Pick<MailInput, 'effect' | 'state'> => ({
  effect: { type: 'mail', to: [reader.id], ...item },
  state,
});

async function linesOf(input: DigestInput): Promise<Line[]> {
  const { entries, slot: _, ...rest } = input;
  const order = [...entries].sort((a, b) => rankOf(a.item.mail) - rankOf(b.item.mail));
  const lines = new Map<string, Line>();
  for (const entry of order) {
    const c = contextOf(seenBy({ ...rest, ...inputOf(entry, input.reader) }));
    const line = await lineOf(c).catch((error: unknown) => {
      if (error instanceof NothingToSay) return undefined;
      throw error;
    });
    if (line === undefined) continue;
    const key = keyOf(entry);
    const before = lines.get(key);
    if (before === undefined) lines.set(key, line);
    else before.item.notes = [...new Set([...(before.item.notes ?? []), line.item.body ?? ''])];
  }
  return [...lines.values()].sort(
    (a, b) => groups.indexOf(a.group) - groups.indexOf(b.group) || a.rank - b.rank || a.due - b.due,
  );
}

/** What it is about: the action or plan, else the meeting and what it asks for. */
function keyOf({ item, state }: DigestEntry): string {
  const about = itemOf(state, item.ref)?.id;
  return `${state.id} ${about ?? item.mail}`;
}

function itemOf(state: MeetingState, ref = ''): ReturnType<typeof findItem> {
  return findItem(state, taskById(state, ref)?.about ?? ref);
}

async function lineOf(c: MailContext): Promise<Line> {
  const { state, effect, say, when } = c;
  const body = await bodyOf(c);
  const tracked = itemOf(state, effect.ref);
  const closesAt = effect.params['closesAt'];
  const due = tracked?.dueAt ?? (typeof closesAt === 'number' ? closesAt : state.startsAt);
  const from = say('mail.label.fromMeeting') + say('words.colon') + c.title;
  const [held = ''] = whenLines(c);
  const group = groupOf[c.kind] ?? 'todo';
  const dated = say(due < c.now ? 'mail.digest.was' : 'mail.digest.due', { due: when.day(due) });
  return {
    group,
    rank: rankOf(c.kind),
    due,
    item: {
      title: tracked === undefined ? c.title : (body.title ?? c.title),
      exact: tracked !== undefined,
      body: body.wanted[0],
      notes: [tracked === undefined ? held : `${dated} · ${from}`, ...body.wanted.slice(1)],
      link: await linkOf(c, body.buttons),
    },
  };
}

/** Three answers would be three buttons; here the one that leads to all of them. */
async function linkOf(c: MailContext, buttons: Link[]): Promise<Link | undefined> {
  return c.kind === 'replyReminder' ? await c.link(c.say('mail.button.reply'), 'reply') : buttons[0];
}

function sectionOf(say: MailContext['say'], group: Group, lines: Line[]): Section[] {
  const own = lines.filter((l) => l.group === group).map((l) => l.item);
  if (own.length === 0) return [];
  return [{ name: 'asked', heading: say(`mail.digest.heading.${group}`, { count: own.length }), blocks: [items(own)] }];
}

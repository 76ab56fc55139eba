/** P3, P8: mails to who presents or prepares something without being invited: what, by when, with the way to hand it in. */
import { inOrder } from '../../domain/meeting/agenda.js';
import { isMissing, materialsOf } from '../../domain/meeting/prepared.js';
import { presentedBy } from '../../domain/meeting/preparers.js';
import type { Material, Topic } from '../../domain/meeting/state.js';
import type { Fact, Item, Link, Section } from '../document.js';
import { fact, items } from '../document.js';
import { manyLines, oneLine } from '../text.js';
import type { MailBuilder, MailContext } from './context.js';
import { flag, textParam } from './context.js';
import { NothingToSay } from './item-parts.js';
import { viewButton } from './notices.js';
import { handInSection, placeFacts, purposeFacts, urgencyFact } from './parts.js';

const about = (c: MailContext): { title: string; when: string } => ({
  title: c.title,
  when: c.when.when(c.state.startsAt),
});

const topicsOf = ({ state, reader }: MailContext): Topic[] =>
  inOrder(presentedBy(state, reader.id)).filter((t) => t.status !== 'finished');

function missingOf({ state, reader }: MailContext): Material[] {
  const own = materialsOf({ agenda: inOrder(state.agenda) }, reader.id).map(({ material }) => material);
  return own.filter(isMissing);
}

const firstDue = (missing: Material[]): number => Math.min(...missing.map((m) => m.dueAt));

const named = ({ say }: MailContext, list: { title: string }[]): string =>
  list.map((x) => oneLine(x.title)).join(say('words.comma'));

/** One thing to hand in is one button; several have theirs in the list. */
async function handInButton(c: MailContext, missing: Material[]): Promise<Link[]> {
  const [first] = missing;
  if (first === undefined || missing.length > 1) return viewButton(c);
  return [await c.link(c.say('mail.button.material'), 'material', { ref: first.id })];
}

function topicsSection(c: MailContext, topics: Topic[]): Section[] {
  const { say } = c;
  const item = (t: Topic): Item => ({
    title: oneLine(t.title),
    aside: say('words.minutes', { count: t.minutes }),
    notes: t.expectedConclusion ? [say('mail.agenda.expected', { text: manyLines(t.expectedConclusion) })] : [],
  });
  return topics.length === 0 ? [] : [{ heading: say('preparing.topics'), blocks: [items(topics.map(item))] }];
}

const dueFact = (c: MailContext, missing: Material[]): Fact[] =>
  missing.length === 0 ? [] : fact(c.say('mail.label.by'), c.when.full(firstDue(missing)));

/** N1, N4: with the notice, and when something of it is another now. */
export const prepare: MailBuilder = async (c) => {
  const { say, when, state } = c;
  const [topics, missing] = [topicsOf(c), missingOf(c)];
  if (topics.length + missing.length === 0) throw new NothingToSay(c.kind, undefined);
  const due = when.when(missing.length === 0 ? state.startsAt : firstDue(missing));
  const changed = flag(c, 'changed') ? [say('preparing.changed')] : [];
  return {
    subject: say(missing.length === 0 ? 'subject.present' : 'subject.prepare', { ...about(c), due }),
    ...(state.kind === 'emergency' ? { banner: { tone: 'urgent' as const, text: say('mail.emergency.banner') } } : {}),
    wanted: [
      ...changed,
      ...(topics.length > 0 ? [say('preparing.presents', { topics: named(c, topics) })] : []),
      ...(missing.length > 0
        ? [say(topics.length > 0 ? 'preparing.also' : 'preparing.materials', { due, titles: named(c, missing) })]
        : []),
      say('preparing.contact', { host: c.names.person(state.host) }),
    ],
    buttons: await handInButton(c, missing),
    facts: [...dueFact(c, missing), ...urgencyFact(c), ...placeFacts(c), ...purposeFacts(c)],
    sections: [...(await handInSection(c)), ...topicsSection(c, topics)],
  };
};

/** E1: beside the reminder to read that the invited get. */
export const prepareReminder: MailBuilder = async (c) => {
  const missing = missingOf(c);
  if (missing.length === 0) throw new NothingToSay(c.kind, undefined);
  return {
    subject: c.say('subject.prepareReminder', about(c)),
    wanted: [c.say('preparing.late', { titles: named(c, missing), due: c.when.when(firstDue(missing)) })],
    buttons: await handInButton(c, missing),
    facts: [...dueFact(c, missing), ...purposeFacts(c)],
    sections: await handInSection(c),
  };
};

/** N4, E15: cancelled, not taken up again, or off the agenda. */
export const prepareOff: MailBuilder = async (c) => {
  const { state, say } = c;
  const cancelled = state.phase === 'cancelled';
  const why = cancelled ? 'cancelled' : flag(c, 'calledOff') ? 'calledOff' : 'nothing';
  return {
    subject: say(cancelled ? 'subject.cancellation' : 'subject.prepareOff', about(c)),
    ...(cancelled ? { banner: { tone: 'ended' as const, text: say('mail.cancellation.banner') } } : {}),
    wanted: [say(`preparing.${why}`)],
    buttons: await viewButton(c),
    facts: [
      ...fact(say('mail.label.reason'), manyLines(textParam(c, 'reason') ?? '')),
      ...fact(say('mail.label.host'), c.names.person(state.host)),
    ],
  };
};

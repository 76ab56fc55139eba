/** The mails of the deadline machine before a decision is needed: reminder, missed, talk, check (F1, F2). */
import { addWorkingDays } from '../../domain/calendar/index.js';
import type { Instant } from '../../domain/calendar/index.js';
import { isPlan, openTask } from '../../domain/meeting/follow-up/items.js';
import type { Item as Tracked } from '../../domain/meeting/follow-up/items.js';
import { text } from '../document.js';
import { manyLines } from '../text.js';
import type { MailBuilder, MailContext } from './context.js';
import { flag, instant, number } from './context.js';
import { head, itemFacts, needed, obstaclesOf, progressLink, taskName } from './item-parts.js';

export const actionReminder: MailBuilder = async (c) => {
  const { item } = needed(c);
  const due = c.when.day(item.dueAt);
  const plan = isPlan(item);
  return {
    subject: c.say('subject.actionReminder', { task: taskName(c, item), due }),
    ...head(c, item),
    wanted: [
      c.say('mail.actionReminder.wanted', { due: c.when.when(item.dueAt) }),
      ...(plan ? [] : [c.say('mail.actionReminder.done')]),
    ],
    buttons: [await progressLink(c, item)],
    facts: itemFacts(c, item),
  };
};

const missedSubject = (c: MailContext, item: Tracked, due: Instant): string =>
  c.say('subject.missed', { task: taskName(c, item), due: c.when.day(due) });

export const missed: MailBuilder = async (c) => {
  const { item } = needed(c);
  const due = instant(c, 'dueAt') ?? item.dueAt;
  const count = number(c, 'missed') ?? item.missed;
  const mine = c.reader.id === item.owner;
  const talk = openTask(c.state, item.id, 'talk');
  const own = talk?.assignee === c.reader.id ? talk : undefined;
  const button = mine
    ? await progressLink(c, item)
    : own
      ? await c.link(c.say('mail.button.talk'), 'talk', { ref: own.id })
      : await c.link(c.say('mail.button.view'), 'reply');
  return {
    subject: missedSubject(c, item, due),
    ...head(c, item),
    wanted: mine ? ownerAsked(c, due, count) : trackerTold(c, due, count),
    buttons: [button],
    facts: itemFacts(c, item, item.obstacles.at(-1)?.text),
    sections: obstaclesOf(c, item),
  };
};

/** F2: what blocks it and a new date; F3: forewarned at the second miss. */
function ownerAsked(c: MailContext, due: Instant, count: number): string[] {
  const { state, when, say, now } = c;
  const { norms, calendar, zone } = state;
  const escalated = flag(c, 'escalated') || count >= norms.missesToEscalate;
  if (escalated) return [say('mail.missed.escalated', { count })];
  const latest = instant(c, 'latest') ?? addWorkingDays(calendar, zone, now, norms.newDateMaxWd);
  const until = instant(c, 'replyBy');
  return [
    say('mail.missed.owner', { due: when.when(due), latest: when.day(latest) }),
    ...(until === undefined ? [] : [say('mail.missed.ownerBy', { until: when.when(until) })]),
    ...(isForewarned(c, count) ? [say('mail.missed.forewarn', { count })] : []),
  ];
}

function trackerTold(c: MailContext, due: Instant, count: number): string[] {
  if (flag(c, 'escalated') || count >= c.state.norms.missesToEscalate)
    return [c.say('mail.missed.escalatedOther', { count })];
  return [
    c.say('mail.missed.other', { due: c.when.when(due) }),
    ...(isForewarned(c, count) ? [c.say('mail.missed.forewarn', { count })] : []),
  ];
}

const isForewarned = (c: MailContext, count: number): boolean =>
  flag(c, 'forewarned') || count === c.state.norms.missesToEscalate - 1;

/** F2: the coordinator's talk task; "again" once the owner has stayed silent. */
export const talk: MailBuilder = async (c) => {
  const { item, task } = needed(c);
  const count = number(c, 'missed') ?? item.missed;
  const limit = instant(c, 'replyBy') ?? task?.dueAt ?? item.dueAt;
  const asked = c.say(flag(c, 'again') ? 'mail.talk.again' : 'mail.talk.wanted', { due: c.when.when(limit) });
  const ref = task?.id ?? openTask(c.state, item.id, 'talk')?.id ?? item.id;
  return {
    subject: missedSubject(c, item, instant(c, 'dueAt') ?? item.dueAt),
    ...head(c, item),
    wanted: [
      asked,
      c.say('mail.talk.silence', { count: c.state.norms.silentExtensionWd }),
      ...(isForewarned(c, count) ? [c.say('mail.talk.forewarn', { count })] : []),
    ],
    buttons: [await c.link(c.say('mail.button.talk'), 'talk', { ref })],
    facts: itemFacts(c, item, item.obstacles.at(-1)?.text),
    sections: obstaclesOf(c, item),
  };
};

export const pleaseCheck: MailBuilder = async (c) => {
  const { item } = needed(c);
  const { calendar, zone, norms } = c.state;
  const silence =
    instant(c, 'acceptedAt') ?? addWorkingDays(calendar, zone, item.reportedAt ?? c.now, norms.acceptSilenceWd);
  const plan = isPlan(item) ? manyLines(item.text ?? '') : '';
  return {
    subject: c.say('subject.pleaseCheck', { task: taskName(c, item) }),
    ...head(c, item),
    wanted: [
      c.say(isPlan(item) ? 'mail.pleaseCheck.plan' : 'mail.pleaseCheck.wanted'),
      c.say('mail.pleaseCheck.silence', { until: c.when.when(silence) }),
    ],
    buttons: [await c.link(c.say('mail.button.check'), 'check', { ref: item.id })],
    facts: itemFacts(c, item),
    sections: plan === '' ? [] : [{ heading: c.say('mail.heading.plan'), blocks: [text(plan)] }],
  };
};

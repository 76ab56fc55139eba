/** Escalation, what became of it, improvement plan (F3, F6). Texts give dates, obstacle and decision; nobody is ranked. */
import { isPlan, openTask } from '../../domain/meeting/follow-up/items.js';
import type { Item as Tracked } from '../../domain/meeting/follow-up/items.js';
import type { FollowUpTask } from '../../domain/meeting/state.js';
import { actionText } from '../action-text.js';
import type { Fact, Section } from '../document.js';
import { fact, items, note, text } from '../document.js';
import { manyLines, oneLine, shortened } from '../text.js';
import type { MailBuilder, MailContext } from './context.js';
import { flag, instant, number, textParam } from './context.js';
import { blockSaid } from './waiting.js';
import { head, itemFacts, needed, obstacleItems, progressLink, taskName } from './item-parts.js';

/** F3: dates, obstacle and the decision needed, and nothing else: nobody is copied in or ranked. */
export const escalation: MailBuilder = async (c) => {
  const { item, task } = needed(c);
  const { say, when, state } = c;
  const decisionTask = task ?? openTask(state, item.id, 'escalation');
  const replyBy = instant(c, 'replyBy') ?? decisionTask?.dueAt ?? item.dueAt;
  return {
    subject: say('subject.escalation', { task: taskName(c, item), title: c.title, replyBy: when.when(replyBy) }),
    ...head(c, item),
    wanted: [
      say('mail.escalation.wanted', { replyBy: when.when(replyBy) }),
      whyAsked(c, item, decisionTask),
      ...escalationNotes(c, decisionTask),
    ],
    buttons: [await c.link(say('mail.button.decide'), 'decision', { ref: decisionTask?.id ?? item.id })],
    facts: [
      ...fact(say('mail.label.lead'), item.department === undefined ? '' : c.names.department(item.department)),
      ...fact(say('mail.label.progress'), `${item.percent} %`),
    ],
    sections: [decisionSection(c), datesSection(c, item), obstacleSection(c, item)],
  };
};

/** F3: three misses; H4: or nobody is left to do it. */
function whyAsked(c: MailContext, item: Tracked, task: FollowUpTask | undefined): string {
  if (task?.cause === 'ownerLeft') return c.say('mail.escalation.left');
  const count = number(c, 'missed') ?? item.missed;
  return c.say(isPlan(item) ? 'mail.escalation.whyPlan' : 'mail.escalation.why', { count });
}

function escalationNotes(c: MailContext, task: FollowUpTask | undefined): string[] {
  const chain = task?.chain ?? [];
  const step = task?.step ?? 0;
  const first = (): string[] => {
    if (flag(c, 'nobody')) return [c.say('mail.escalation.nobody')];
    if (flag(c, 'again') && step > 0) return [c.say('mail.escalation.up')];
    return flag(c, 'again') ? [c.say('mail.escalation.again')] : [];
  };
  const atTop = step >= chain.length - 1;
  return [...first(), c.say(atTop ? 'mail.escalation.weekly' : 'mail.escalation.silence')];
}

function decisionSection({ say }: MailContext): Section {
  const choices = ['reassign', 'simplify', 'extend', 'cancel'].map((d) => `・${say(`words.decision.${d}`)}`);
  return {
    heading: say('mail.heading.decision'),
    blocks: [note(say('mail.escalation.choices')), text(choices.join('\n'))],
  };
}

function datesSection(c: MailContext, item: Tracked): Section {
  const rows = item.dues.map((d, i) => {
    const last = i === item.dues.length - 1 && !d.missed;
    return {
      title: c.when.dateTime(d.dueAt),
      aside: d.missed
        ? `○ ${c.say('mail.escalation.missedDate')}`
        : last
          ? c.say('mail.escalation.current')
          : undefined,
      notes: d.reason ? [reasonText(c, d.reason)] : [],
    };
  });
  return { heading: c.say('mail.heading.dates'), blocks: [items(rows)] };
}

function obstacleSection(c: MailContext, item: Tracked): Section {
  const list = obstacleItems(c, item);
  const blocks = list.length === 0 ? [text(c.say('mail.escalation.noObstacle'))] : [items(list)];
  return { heading: c.say('mail.heading.obstacles'), blocks };
}

/** What became of it: a decision (F3), another date (F1, F2), or a report that was sent back. */
export const decided: MailBuilder = async (c) => {
  const { item } = needed(c);
  const { say, when } = c;
  const told = textParam(c, 'decision') ?? 'moved';
  const due = when.when(item.dueAt);
  const mine = c.reader.id === item.owner;
  const task = taskName(c, item);
  const isDecision = ['reassign', 'simplify', 'cancel', 'extend'].includes(told);
  const block = told.startsWith('block') ? blockSaid(c, told, due) : undefined;
  const subject = (): string => {
    if (block) return block.subject;
    if (told === 'amended' || told === 'withdrawn') return say(`subject.${told}`, { task, title: c.title });
    if (isDecision) return say('subject.decided', { task, title: c.title });
    return say(told === 'returned' ? 'subject.returned' : 'subject.dueMoved', { task, due: when.day(item.dueAt) });
  };
  const said = (): string => {
    if (block) return block.said;
    if (isDecision)
      return say(isPlan(item) ? 'mail.decided.plan' : 'mail.decided.text', { decision: say(`words.decision.${told}`) });
    const own = ['returned', 'silence', 'amended', 'withdrawn'];
    return say(`mail.decided.${own.includes(told) ? told : 'moved'}`, { due });
  };
  const next = (): string => {
    if (told === 'withdrawn') return say('mail.decided.other');
    if (item.status === 'cancelled') return say('mail.decided.cancelled');
    if (block && told !== 'blockEnded') return say('mail.decided.other');
    if (mine) return say(told === 'amended' ? 'mail.decided.yoursAmended' : 'mail.decided.yours', { due });
    return say(
      (told === 'reassign' || told === 'amended') && wasOwner(c, item) ? 'mail.decided.previous' : 'mail.decided.other',
    );
  };
  return {
    subject: subject(),
    ...head(c, item),
    wanted: [said(), next()],
    buttons: [
      mine && item.status !== 'cancelled'
        ? await progressLink(c, item)
        : await c.link(say('mail.button.view'), 'reply'),
    ],
    // What was taken back has neither a date nor progress any more.
    facts: [
      ...(told === 'amended' ? saidBefore(c, item) : []),
      ...decisionFacts(c, item, isDecision),
      ...(told === 'withdrawn' ? [] : itemFacts(c, item)),
    ],
  };
};

/** M3: the action as it was recorded before its last correction. */
function saidBefore({ state, names, locale, say }: MailContext, { id }: Tracked): Fact[] {
  const last = state.minutes?.amendments?.filter((a) => a.part === 'action' && a.id === id).at(-1);
  if (last?.part !== 'action') return [];
  const { owner, ...said } = last.before;
  return fact(say('mail.label.before'), actionText(locale, { ...said, owner: names.person(owner) }, state.zone));
}

/** Neither the new owner nor who tracks: only the one who had it before is told. */
function wasOwner(c: MailContext, item: Tracked): boolean {
  const { state, reader } = c;
  const trackers = [state.coordinator, state.host, state.initiator.person, state.sponsor];
  return reader.id !== item.owner && !trackers.includes(reader.id);
}

function decisionFacts(c: MailContext, item: Tracked, isDecision: boolean): Fact[] {
  const { say, names, state } = c;
  const task = isDecision ? state.tasks.filter((t) => t.about === item.id && t.decision).at(-1) : undefined;
  const withdrawn = 'withdrawn' in item ? item.withdrawn?.reason : undefined;
  const reason = task ? task.decision?.reason : (withdrawn ?? item.dues.at(-1)?.reason);
  return [
    ...fact(say('mail.label.decidedBy'), task?.endedBy?.person === undefined ? '' : names.person(task.endedBy.person)),
    ...fact(say('mail.label.reason'), reason === undefined ? '' : reasonText(c, reason)),
  ];
}

/** Why a date moved: a code of the rules as words, else what somebody wrote. */
function reasonText({ say }: MailContext, reason: string): string {
  if (['reassign', 'simplify', 'cancel', 'extend'].includes(reason)) return say(`words.decision.${reason}`);
  return ['silence', 'returned', 'leave', 'unblocked'].includes(reason)
    ? say(`words.dueReason.${reason}`)
    : manyLines(reason);
}

/** F6: raised by the survey's mean or the effectiveness at the end. */
export const improvementPlan: MailBuilder = async (c) => {
  const { item } = needed(c);
  const { say, when, state } = c;
  const plan = isPlan(item) ? item : undefined;
  const score = number(c, 'score') ?? plan?.score ?? 0;
  const reason = (textParam(c, 'reason') ?? plan?.reason) === 'effectiveness' ? 'effectiveness' : 'survey';
  return {
    subject: say('subject.improvementPlan', { title: c.title, due: when.day(item.dueAt) }),
    ...head(c, item),
    wanted: [
      say('mail.improvementPlan.wanted', { due: when.when(item.dueAt) }),
      say(`mail.improvementPlan.${reason}`, { score: score.toFixed(1), limit: state.norms.planBelow.toFixed(1) }),
      say('mail.improvementPlan.content'),
    ],
    buttons: [await c.link(say('mail.button.plan'), 'plan', { ref: item.id })],
    facts: [
      ...fact(say('mail.label.by'), when.full(item.dueAt)),
      ...fact(say('mail.label.goal'), manyLines(state.goal)),
    ],
    sections: suggested(c),
  };
};

/** F5: shuffled, nobody's. */
function suggested({ say, suggestions = [] }: MailContext): Section[] {
  if (suggestions.length === 0) return [];
  const list = suggestions.map((s) => ({ title: shortened(oneLine(s), 500) }));
  return [{ heading: say('mail.heading.suggestions'), blocks: [items(list)] }];
}

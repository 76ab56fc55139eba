/** What the mails about actions and plans have in common. */
import { findItem, isPlan, taskById } from '../../domain/meeting/follow-up/items.js';
import type { Item as Tracked } from '../../domain/meeting/follow-up/items.js';
import type { FollowUpTask } from '../../domain/meeting/state.js';
import { actionText } from '../action-text.js';
import type { Fact, Section } from '../document.js';
import { fact, items } from '../document.js';
import { manyLines, oneLine, shortened } from '../text.js';
import type { MailBody, MailContext } from './context.js';
import { whenLines } from './parts.js';

/** The action or plan that a mail is about, directly or by way of a task. */
export interface Subject {
  item: Tracked;
  task: FollowUpTask | undefined;
}

function subjectOf(c: MailContext): Subject | undefined {
  const { ref } = c.effect;
  const task = ref === undefined ? undefined : taskById(c.state, ref);
  const item = findItem(c.state, task?.about ?? ref ?? '');
  return item && { item, task };
}

/** A mail about something that is not there any more would be a mistake of ours: it says so, and is not sent. */
export class NothingToSay extends Error {
  constructor(kind: string, ref: string | undefined) {
    super(`${kind}: nothing with the id ${ref ?? '(none)'}`);
    this.name = 'NothingToSay';
  }
}

export function needed(c: MailContext): Subject {
  const found = subjectOf(c);
  if (!found) throw new NothingToSay(c.kind, c.effect.ref);
  return found;
}

export function taskName(c: Pick<MailContext, 'say' | 'title'>, item: Tracked): string {
  return isPlan(item) ? c.say('words.planOf', { title: c.title }) : shortened(oneLine(item.task), 150);
}

/** E14: an action's sentence; a plan's has the same form. */
export function sentence(c: Pick<MailContext, 'say' | 'title' | 'names' | 'locale' | 'state'>, item: Tracked): string {
  const task = isPlan(item) ? c.say('words.planOf', { title: c.title }) : item.task;
  return actionText(c.locale, { task, owner: c.names.person(item.owner), dueAt: item.dueAt }, c.state.zone);
}

/** The frame: the sentence of E14 on top, below it the meeting it comes from. */
export function head(c: MailContext, item: Tracked): Pick<MailBody, 'title' | 'when'> {
  const [first = '', ...others] = whenLines(c);
  const from = c.say('mail.label.fromMeeting') + c.say('words.colon') + c.title;
  return { title: sentence(c, item), when: [from, first, ...others] };
}

/** `told`: what stands elsewhere in the mail; the note with which it was said to wait (F2) is its obstacle too. */
export function itemFacts(c: MailContext, item: Tracked, told?: string): Fact[] {
  const { say, names, when } = c;
  const lastNote = item.notes.filter((n) => n.note).at(-1)?.note;
  const noted = lastNote === told ? undefined : lastNote;
  return [
    ...fact(say('mail.label.by'), when.full(item.dueAt)),
    ...fact(say('mail.label.lead'), item.department === undefined ? '' : names.department(item.department)),
    ...fact(say('words.supportingDepartments'), isPlan(item) ? '' : names.departments(item.supporting)),
    ...fact(say('mail.label.contact'), contactOf(c, item)),
    ...fact(say('mail.label.progress'), `${item.percent} %`),
    ...fact(say('mail.label.note'), manyLines(noted ?? '')),
    ...(item.missed > 0 ? fact(say('mail.label.missed'), missedMarks(c, item)) : []),
  ];
}

/** H7: an external owner's somebody in the house. */
function contactOf({ names }: MailContext, item: Tracked): string {
  return isPlan(item) || item.internalContact === undefined ? '' : names.person(item.internalContact);
}

/** look.md: the missed count as small marks, filled for each miss. */
function missedMarks(c: MailContext, item: Tracked): string {
  const limit = Math.max(c.state.norms.missesToEscalate, item.missed);
  return `${'●'.repeat(item.missed)}${'○'.repeat(limit - item.missed)} ${item.missed}/${limit}`;
}

/** The form where the owner acts: an action's progress, a plan's text. */
export function progressLink(c: MailContext, item: Tracked): ReturnType<MailContext['link']> {
  return isPlan(item)
    ? c.link(c.say('mail.button.plan'), 'plan', { ref: item.id })
    : c.link(c.say('mail.button.progress'), 'progress', { ref: item.id });
}

export function obstaclesOf(c: MailContext, item: Tracked): Section[] {
  if (item.obstacles.length === 0) return [];
  return [{ heading: c.say('mail.heading.obstacles'), blocks: [items(obstacleItems(c, item))] }];
}

export const obstacleItems = (c: MailContext, item: Tracked): { title: string; aside: string }[] =>
  [...item.obstacles].reverse().map((o) => ({ title: manyLines(o.text), aside: c.when.day(o.at) }));

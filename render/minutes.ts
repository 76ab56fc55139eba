/**
 * The minutes (M1, M2) as one structure: core conclusions, action items and suggested next time are always there, with a
 * sentence when there is nothing; then attendance, votes and key points. Mail, page and Markdown are made from it.
 */
import { inOrder } from '../domain/meeting/agenda.js';
import { isPresent } from '../domain/meeting/people.js';
import type { Action, Deferral, KeyPoint, Locale, MeetingState, Topic, Vote } from '../domain/meeting/state.js';
import { translator } from '../locales/index.js';
import type { Translate } from '../locales/index.js';
import { actionText } from './action-text.js';
import type { Block, Fact, Item, Section } from './document.js';
import { fact, items, text } from './document.js';
import { sectionsHtml } from './mail/blocks.js';
import { sectionsMarkdown } from './markdown.js';
import { draftMinutes } from './minutes-draft.js';
import { namesFrom } from './names.js';
import type { Names } from './names.js';
import { manyLines, oneLine } from './text.js';
import type { DepartmentCard, MinutesText, PersonCard } from './types.js';
import { whenFor } from './when.js';
import type { When } from './when.js';

export interface MinutesInput {
  state: MeetingState;
  /** Without it the minutes are drafted from the record. */
  content?: MinutesText | undefined;
  locale: Locale;
  people: PersonCard[];
  departments: DepartmentCard[];
  readerZone?: string | undefined;
}

export interface MinutesDocument {
  locale: Locale;
  title: string;
  /** Not confirmed by anybody (yet). */
  draft: boolean;
  facts: Fact[];
  sections: Section[];
}

interface MinutesContext {
  state: MeetingState;
  content: MinutesText;
  locale: Locale;
  say: Translate;
  when: When;
  names: Names;
}

export function minutesDocument(input: MinutesInput): MinutesDocument {
  const { state, content, locale, people, departments, readerZone } = input;
  const say = translator(locale);
  const names = namesFrom(say, people, departments);
  const when = whenFor(locale, state.zone, readerZone);
  const c: MinutesContext = { state, content: content ?? draftMinutes(state), locale, say, when, names };
  return {
    locale,
    title: say('minutes.title', { title: oneLine(state.title) }),
    draft: state.minutes?.confirmedAt === undefined,
    facts: minutesFacts(c),
    sections: minutesSections(c),
  };
}

function minutesFacts({ state, say, when, names }: MinutesContext): Fact[] {
  const { minutes } = state;
  const status =
    minutes?.confirmedAt === undefined
      ? say('minutes.status.draft')
      : say('minutes.status.confirmed', { at: when.time(minutes.confirmedAt) });
  const recorder = state.recorder ?? state.coordinator;
  return [
    ...fact(say('mail.label.when'), when.span(state.startsAt, state.plannedEndAt)),
    ...heldFact(state, say, when),
    ...fact(say('mail.label.place'), oneLine(state.place ?? state.onlineLink ?? '')),
    ...fact(say('words.host'), names.person(state.actingHost ?? state.host)),
    ...fact(say('minutes.label.recorder'), recorder === undefined ? '' : names.person(recorder)),
    ...fact(say('mail.label.goal'), manyLines(state.goal)),
    ...fact(say('mail.label.sharedGoal'), manyLines(state.sharedGoal ?? '')),
    ...fact(say('minutes.label.status'), status),
    ...fact(say('minutes.label.version'), say('minutes.version', { v: minutes?.version ?? 0 })),
  ];
}

/** When it really was, where that differs from the plan. */
function heldFact(
  { openedAt, closedAt, startsAt, plannedEndAt, closedBy }: MeetingState,
  say: Translate,
  when: When,
): Fact[] {
  const span = when.span(openedAt ?? startsAt, closedAt ?? plannedEndAt);
  if (closedBy === 'clock') return fact(say('minutes.label.held'), say('minutes.closedByClock', { span }));
  return span === when.span(startsAt, plannedEndAt) ? [] : fact(say('minutes.label.held'), span);
}

function minutesSections(c: MinutesContext): Section[] {
  const { say } = c;
  const section = (name: string, blocks: Block[]): Section => ({
    heading: say(`minutes.heading.${name}`),
    blocks: blocks.length > 0 ? blocks : [text(say(`minutes.none.${name}`))],
  });
  const list = (entries: Item[]): Block[] => (entries.length > 0 ? [items(entries)] : []);
  return [
    section('conclusions', conclusions(c)),
    section('actions', list(c.state.actions.map((a) => actionItem(c, a)))),
    section('next', next(c)),
    section('attendance', attendance(c)),
    section('votes', list(c.state.votes.map((v) => voteItem(c, v)))),
    section('keyPoints', list(c.state.keyPoints.map((k) => keyPointItem(c, k)))),
  ];
}

/** M2: the summary, and each topic with outcome, basis (E9) and conclusion or deferral (E11). */
function conclusions(c: MinutesContext): Block[] {
  const summary = manyLines(c.content.summary ?? '');
  const entries = inOrder(c.state.agenda).map((t, i) => topicItem(c, t, i));
  return [...(summary === '' ? [] : [text(summary)]), ...(entries.length > 0 ? [items(entries)] : [])];
}

function topicItem(c: MinutesContext, topic: Topic, index: number): Item {
  const { say, content } = c;
  const written = content.topics.find((t) => t.topicId === topic.topicId)?.conclusion ?? topic.conclusion ?? '';
  const outcome = topic.outcome === undefined ? '' : say(`words.outcome.${topic.outcome}`);
  const aside =
    topic.outcome === 'decided' && topic.basis
      ? say('words.brackets', { text: outcome, note: say(`words.basis.${topic.basis}`) })
      : outcome;
  const conclusion = manyLines(written);
  const missing = topic.outcome === 'deferred' || topic.outcome === 'dropped' ? [] : [say('minutes.conclusion.none')];
  return {
    mark: `${index + 1}.`,
    title: oneLine(topic.title),
    aside: aside === '' ? undefined : aside,
    body: conclusion === '' ? undefined : conclusion,
    notes: [...(conclusion === '' ? missing : []), ...(topic.deferral ? deferralNotes(c, topic.deferral) : [])],
  };
}

/** E11: the open fact question, who brings what, and the date. */
function deferralNotes({ say, names, when }: MinutesContext, deferral: Deferral): string[] {
  const { factQuestion, department, bringsMaterial, date, reason } = deferral;
  const who = department === undefined ? undefined : names.department(department);
  const brings = (): string[] => {
    if (who === undefined) return bringsMaterial ? [oneLine(bringsMaterial)] : [];
    return bringsMaterial
      ? [say('minutes.deferral.brings', { department: who, text: oneLine(bringsMaterial) })]
      : [say('minutes.deferral.bringsWho', { department: who })];
  };
  return [
    ...(factQuestion
      ? [say('minutes.deferral.question', { text: manyLines(factQuestion) })]
      : [say(`words.deferral.${reason}`)]),
    ...brings(),
    ...(date ? [say('minutes.deferral.date', { date: when.date(date) })] : []),
  ];
}

/** E14: exactly the sentence, then lead and supporting departments. */
function actionItem({ state, locale, say, names }: MinutesContext, action: Action): Item {
  const { task, owner, dueAt, department, supporting, status } = action;
  return {
    title: actionText(locale, { task, owner: names.person(owner), dueAt }, state.zone),
    exact: true,
    aside: status === 'open' ? undefined : say(`words.status.${status}`),
    notes: [
      ...(department === undefined ? [] : [say('minutes.action.lead', { name: names.department(department) })]),
      ...(supporting.length > 0 ? [say('minutes.action.supporting', { names: names.departments(supporting) })] : []),
    ],
  };
}

function next({ state, content, when }: MinutesContext): Block[] {
  const at = content.nextMeetingAt ?? state.minutes?.nextMeetingAt;
  return at === undefined ? [] : [text(when.full(at))];
}

/** E3: who was there at any time, who was not, and who stood in for whom. */
function attendance({ state, say, names }: MinutesContext): Block[] {
  const came = (person: string): boolean =>
    isPresent(state, person) || (state.attendance[person]?.log.some((entry) => entry.present) ?? false);
  if (Object.keys(state.attendance).length === 0) return [];
  const expected = state.participants.map((p) => p.person);
  const guests = Object.keys(state.attendance).filter((p) => !expected.includes(p));
  const present = [...expected, ...guests].filter(came);
  const absent = expected.filter((p) => !came(p));
  const absentName = (person: string): string => {
    const delegate = state.rsvps[person]?.delegate;
    const name = names.person(person);
    return delegate === undefined ? name : say('minutes.delegate', { name, delegate: names.person(delegate) });
  };
  const line = (key: string, people: string[]): Block[] =>
    people.length === 0 ? [] : [text(say(key, { count: people.length, names: people.join(say('words.comma')) }))];
  return [
    ...line(
      'minutes.present',
      present.map((p) => names.person(p)),
    ),
    ...line('minutes.absent', absent.map(absentName)),
  ];
}

/** E8, E9: the motion, the rule's sentence, and the counts; never who voted how. */
function voteItem({ say }: MinutesContext, vote: Vote): Item {
  const { motion, secret, tally, electorate, required, passed } = vote;
  const verdict = say(passed === true ? 'minutes.vote.passed' : 'minutes.vote.failed');
  const counts = tally && { agree: tally.agree, against: tally.against, neutral: tally.neutral };
  return {
    title: oneLine(motion),
    aside: say(secret ? 'minutes.vote.secret' : 'minutes.vote.open'),
    notes:
      counts === undefined
        ? [say('minutes.vote.counting')]
        : [
            say('minutes.vote.result', { agree: counts.agree, electorate: electorate.length, required, verdict }),
            say('minutes.vote.counts', counts),
          ],
  };
}

function keyPointItem({ state, say, names, when }: MinutesContext, point: KeyPoint): Item {
  const due = point.dueAt === undefined ? undefined : when.day(point.dueAt);
  const department = point.department === undefined ? undefined : names.department(point.department);
  const topic = state.agenda.find((t) => t.topicId === point.topicId);
  const duty = (): string[] => {
    if (department !== undefined && due !== undefined) return [say('minutes.keyPoint.due', { department, due })];
    if (due !== undefined) return [say('minutes.keyPoint.by', { due })];
    return department === undefined ? [] : [department];
  };
  return {
    title: manyLines(point.text),
    aside: say(`words.keyPoint.${point.kind}`),
    notes: [...(topic ? [oneLine(topic.title)] : []), ...duty()],
  };
}

/** `GET …/minutes.md` */
export function minutesMarkdown(document: MinutesDocument): string {
  return sectionsMarkdown(document.title, document.facts, document.sections);
}

/** An HTML fragment, everything escaped, for a page that has a frame of its own. */
export function minutesHtml(document: MinutesDocument): string {
  return sectionsHtml([
    { heading: document.title, blocks: [{ type: 'facts', facts: document.facts }] },
    ...document.sections,
  ]);
}

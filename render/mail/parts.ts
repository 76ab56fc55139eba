/** Parts that several mails share: what meeting it is, its agenda and materials, what the reader is in it. */
import { inOrder } from '../../domain/meeting/agenda.js';
import { participantOf } from '../../domain/meeting/people.js';
import { isExternal } from '../../domain/meeting/visibility.js';
import type { Material, Participant, Topic } from '../../domain/meeting/state.js';
import { isMissing, materialsOf } from '../../domain/meeting/prepared.js';
import type { Fact, Item, Link, Section } from '../document.js';
import { fact, items, note, text } from '../document.js';
import { followUpSection } from '../follow-up.js';
import { manyLines, oneLine, webLink } from '../text.js';
import type { MailContext } from './context.js';

/** What these parts need, so that a calendar can be made of them too. */
export type MeetingView = Pick<MailContext, 'state' | 'say' | 'names' | 'when' | 'reader' | 'inputs'>;

/** When the meeting is: always with its zone, and by the reader's clock where that differs. */
export function whenLines({ state, when, say }: MeetingView): string[] {
  const { startsAt, plannedEndAt } = state;
  const own = when.readerSpan(startsAt, plannedEndAt);
  const label = say('mail.label.yourTime') + say('words.colon');
  return [when.span(startsAt, plannedEndAt), ...(own === undefined ? [] : [label + own])];
}

export function placeFacts({ state, say }: MeetingView): Fact[] {
  const link = webLink(state.onlineLink);
  return [
    ...fact(say('mail.label.place'), oneLine(state.place ?? '')),
    ...fact(say('mail.label.online'), link ?? oneLine(state.onlineLink ?? ''), link),
  ];
}

/** X1: why it is urgent. */
export function urgencyFact({ state, say }: MeetingView): Fact[] {
  return fact(say('mail.label.emergencyReason'), manyLines(state.emergencyReason ?? ''));
}

/** Goal, shared goal (C1), who hosts. */
export function purposeFacts({ state, say, names }: MeetingView): Fact[] {
  return [
    ...fact(say('mail.label.goal'), manyLines(state.goal)),
    ...fact(say('mail.label.sharedGoal'), manyLines(state.sharedGoal ?? '')),
    ...fact(say('mail.label.host'), names.person(state.host)),
  ];
}

/** H7: an external person gets no list of the others. */
export function participantsFact(c: MeetingView): Fact[] {
  const { state, say, names, reader } = c;
  if (participantOf(state, reader.id)?.role === 'external') return [];
  const departments = [...new Set(state.participants.map((p) => p.department))];
  const lines = departments.map((d) => {
    const people = state.participants.filter((p) => p.department === d).map((p) => seatText({ say, names }, p));
    return names.department(d) + say('words.colon') + people.join(say('words.comma'));
  });
  return fact(say('mail.label.participants'), lines);
}

/** N3: a delegate, and for whom. */
function seatText({ say, names }: Pick<MeetingView, 'say' | 'names'>, { person, standsFor }: Participant): string {
  if (standsFor === undefined) return names.person(person);
  return say('mail.participants.standsFor', { delegate: names.person(person), name: names.person(standsFor) });
}

/** N3: what somebody who cannot come has to say about a topic. */
function writtenNotes({ state, say, names, inputs }: MeetingView, topic: Topic): string[] {
  const own = (state.writtenInputs ?? []).filter((w) => w.topicId === topic.topicId);
  return own.flatMap(({ hash, person }) => {
    const written = inputs?.[hash];
    return written === undefined
      ? []
      : [say('mail.agenda.written', { name: names.person(person), text: manyLines(written) })];
  });
}

/** H3: every role of the reader in one mail. */
export function rolesFact(c: MeetingView): Fact[] {
  return fact(c.say('mail.label.roles'), readerRoles(c));
}

function readerRoles(c: MeetingView): string[] {
  const { state, say, names, when, reader } = c;
  const office = (person: string | undefined, key: string): string[] => (person === reader.id ? [say(key)] : []);
  const seat = participantOf(state, reader.id);
  const ownSeat =
    seat &&
    say('mail.roles.of', {
      role: say(`words.role.${seat.role}`) + (seat.key ? say('words.comma') + say('words.keyPerson') : ''),
      department: names.department(seat.department),
    });
  const own = inOrder(state.agenda).filter((t) => t.presenter === reader.id || seat?.topics.includes(t.topicId));
  const materials = state.agenda.flatMap((t) => t.materials).filter((m) => m.owner === reader.id);
  const contact = state.supportDepartments.find((d) => d.person === reader.id);
  return [
    ...office(state.host, 'words.host'),
    ...office(state.deputyHost, 'words.deputyHost'),
    ...office(state.initiator.person, 'words.initiator'),
    ...office(state.coordinator, 'words.coordinator'),
    ...office(state.recorder, 'words.recorder'),
    ...office(state.sponsor, 'words.sponsor'),
    ...(ownSeat === undefined ? [] : [ownSeat]),
    ...(seat?.standsFor === undefined ? [] : [say('mail.roles.standsFor', { name: names.person(seat.standsFor) })]),
    ...(contact
      ? [say('mail.roles.of', { role: say('words.supportContact'), department: names.department(contact.department) })]
      : []),
    ...(own.length > 0
      ? [say('mail.roles.topics', { topics: own.map((t) => oneLine(t.title)).join(say('words.comma')) })]
      : []),
    ...materials.map((m) => say('mail.roles.material', { title: oneLine(m.title), due: when.time(m.dueAt) })),
  ];
}

function presenterNote({ say, names }: MeetingView, topic: Topic): string[] {
  const { presenter, department } = topic;
  const where = department === undefined ? undefined : names.department(department);
  if (presenter === undefined) return where === undefined ? [] : [say('mail.agenda.department', { name: where })];
  const text = names.person(presenter);
  return [
    say('mail.agenda.presenter', { name: where === undefined ? text : say('words.brackets', { text, note: where }) }),
  ];
}

/** F4: a topic that comes with unfinished actions again, and what was chosen when it was stuck. */
export function unfinishedNotes({ say }: Pick<MeetingView, 'say'>, topic: Topic): string[] {
  const { timesCarried = 0, lastChoice } = topic;
  if (timesCarried < 2) return [];
  const times = say('mail.agenda.unfinished', { count: timesCarried });
  if (lastChoice === undefined) return [times];
  const choice = say(`words.topicChoice.${lastChoice.choice}`);
  return [times, say('mail.agenda.lastChoice', { choice, reason: oneLine(lastChoice.reason) })];
}

/** P5: the agenda in the order of priority, its minutes, who presents, the conclusion that is expected (E2). */
export function agendaSection(c: MeetingView): Section {
  const { state, say } = c;
  const minutes = (count: number): string => say('words.minutes', { count });
  const topics = inOrder(state.agenda).map((t, i): Item => ({
    mark: `${i + 1}.`,
    title: oneLine(t.title),
    aside: minutes(t.minutes),
    notes: [
      ...presenterNote(c, t),
      ...unfinishedNotes(c, t),
      ...(t.expectedConclusion ? [say('mail.agenda.expected', { text: manyLines(t.expectedConclusion) })] : []),
      ...carriedNotes(c, t),
      ...writtenNotes(c, t),
    ],
  }));
  const part = (key: string, count: number): Item[] => (count > 0 ? [{ title: say(key), aside: minutes(count) }] : []);
  const all = [
    ...topics,
    ...(state.successStory ? [{ title: say('mail.agenda.story', { title: oneLine(state.successStory.title) }) }] : []),
    ...part('mail.agenda.break', state.breakMinutes),
    ...part('mail.agenda.open', state.openDiscussionMinutes),
  ];
  return {
    heading: say('mail.heading.agenda'),
    blocks: topics.length === 0 ? [text(say('mail.agenda.none')), items(all)] : [items(all)],
  };
}

/** S1: follow-up of the last meeting; H7: for those inside. */
export function lastMeeting(c: MailContext): Section[] {
  return isExternal(c.state, c.reader.id) ? [] : followUpSection(c, c.followUp);
}

/** S1: what waits without a series, offered to the host of the department's next meeting. */
export async function offeredSection(c: MailContext): Promise<Section[]> {
  const { say, offered = [] } = c;
  if (offered.length === 0) return [];
  const item = async ({ topicId, title, times = 0 }: (typeof offered)[number]): Promise<Item> => ({
    title: oneLine(title),
    notes: times > 0 ? [say('mail.agenda.carried', { count: times })] : [],
    link: await c.link(say('mail.button.take'), 'take', { ref: topicId }),
  });
  const list = await Promise.all(offered.map(item));
  return [{ heading: say('mail.heading.offered'), blocks: [note(say('mail.offered.note')), items(list)] }];
}

/** S1, E11: how often a topic was left open, what is asked, and which department brings what. */
function carriedNotes({ say, names }: MeetingView, { carried }: Topic): string[] {
  if (carried === undefined) return [];
  const { times, factQuestion, department, bringsMaterial, date } = carried;
  const brings = { department: names.department(department ?? ''), text: manyLines(bringsMaterial ?? '') };
  return [
    times > 0 ? say('mail.agenda.carried', { count: times }) : say('mail.agenda.fromBacklog'),
    ...(factQuestion ? [say('minutes.deferral.question', { text: manyLines(factQuestion) })] : []),
    ...(department === undefined
      ? []
      : [say(bringsMaterial ? 'minutes.deferral.brings' : 'minutes.deferral.bringsWho', brings)]),
    ...(date === undefined ? [] : [say('mail.agenda.carriedDate', { date })]),
  ];
}

/** P8: what the reader has still to hand in, each with the way to do it. */
export async function handInSection(c: MailContext): Promise<Section[]> {
  const { say, when, state, reader } = c;
  const missing = materialsOf({ agenda: inOrder(state.agenda) }, reader.id).filter((m) => isMissing(m.material));
  const list = missing.map(async ({ topic, material }): Promise<Item> => ({
    title: oneLine(material.title),
    notes: [say('mail.materials.yours', { topic: oneLine(topic.title), due: when.time(material.dueAt) })],
    link: await c.link(say('mail.button.material'), 'material', { ref: material.id }),
  }));
  return list.length === 0
    ? []
    : [{ heading: say('mail.heading.yourMaterials'), blocks: [items(await Promise.all(list))] }];
}

/** P8: where the reader finds the files that are there, by material. */
export async function fileLinks(c: MailContext): Promise<Map<string, Link>> {
  const there = c.state.agenda.flatMap((t) => t.materials).filter((m) => m.file !== undefined);
  const view = there.length === 0 ? undefined : await c.link('', 'reply');
  return new Map(
    there.map((m) => [m.id, { label: oneLine(m.file?.name ?? ''), url: `${view?.url ?? ''}/files/${m.id}` }]),
  );
}

function materialItem(c: MeetingView, topic: Topic, material: Material, file?: Link): Item {
  const { say, names, when } = c;
  const url = webLink(material.link);
  const line = {
    topic: oneLine(topic.title),
    owner: names.person(material.owner),
    due: when.time(material.dueAt),
  };
  return {
    title: oneLine(material.title),
    notes: [say('mail.materials.line', line)],
    ...(file ? { link: file } : url === undefined ? {} : { link: { label: url, url } }),
  };
}

/** P8: what is to be prepared, by whom and by when. Nothing, when there is nothing. */
export function materialsSection(c: MeetingView, files?: Map<string, Link>): Section[] {
  const list = inOrder(c.state.agenda).flatMap((t) => t.materials.map((m) => materialItem(c, t, m, files?.get(m.id))));
  return list.length === 0 ? [] : [{ heading: c.say('mail.heading.materials'), blocks: [items(list)] }];
}

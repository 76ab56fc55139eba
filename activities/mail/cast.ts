/** Whom and what a mail tells of: names, and the texts of minutes, as they are now. */
import type { MailKind } from '../../domain/meeting/effects.js';
import { floorOf } from '../../domain/meeting/floor.js';
import type { MeetingState, PersonId } from '../../domain/meeting/state.js';
import type { MailInput } from '../../render/mail/index.js';
import { departmentsOf, peopleOf } from '../../render/names.js';
import type { AnalysisTexts } from '../../render/types.js';
import { lastFollowUp } from '../follow-up.js';
import type { MailJob } from '../index.js';
import type { Person } from '../ports.js';
import type { MailDeps } from './deps.js';

/** The same for every recipient. */
export interface Cast extends Pick<
  MailInput,
  'departments' | 'minutes' | 'minutesBefore' | 'inputs' | 'analyses' | 'followUp' | 'offered' | 'suggestions'
> {
  people: Person[];
  /** F5: only who has not answered is reminded; the list never leaves the activity. */
  silent: PersonId[] | undefined;
}

type Needed = Pick<MailDeps, 'ports'>;

/** S1: mails that show what became of the last meeting's actions. */
const beforehand: readonly MailKind[] = ['notice', 'emergency', 'change', 'preRead', 'hostBrief'];

/** S1: mails that offer the host what waits in the department. */
const forTheHost: readonly MailKind[] = ['draftLimit', 'hostBrief'];

export async function loadCast({ ports }: Needed, { effect, state }: MailJob): Promise<Cast> {
  // M3: a correction's mail is about its own version, even if another has come since.
  const { hash = state.minutes?.hash, beforeHash } = effect.params;
  const textOf = (key: unknown) => (typeof key === 'string' ? ports.minutes.load(state.id, key) : undefined);
  const [minutes, minutesBefore, followUp, offered] = await Promise.all([
    textOf(hash),
    textOf(beforeHash),
    beforehand.includes(effect.mail) ? lastFollowUp(ports, state) : undefined,
    forTheHost.includes(effect.mail) ? ports.backlog.offered(state.initiator.department) : [],
  ]);
  const named = followUp ?? minutes?.followUp;
  const written = (state.writtenInputs ?? []).map((w) => w.hash);
  const [known, departments, inputs, silent, analyses, survey] = await Promise.all([
    ports.directory.people([...new Set([...effect.to, ...peopleOf(state, named)])]),
    ports.directory.departments(departmentsOf(state, named)),
    written.length === 0 ? {} : ports.inputs.load(state.id, written),
    effect.mail === 'surveyReminder' ? ports.surveys.silent(state.id, effect.to) : undefined,
    analysesOf(ports, state, effect.mail),
    effect.mail === 'improvementPlan' ? ports.surveys.result(state.id) : undefined,
  ]);
  const people = await withMailboxes(ports, known, effect.to);
  const texts = { minutes: minutes ?? undefined, minutesBefore: minutesBefore ?? undefined, inputs };
  return { people, departments, ...texts, silent, analyses, followUp, offered, suggestions: survey?.suggestions };
}

/** E12: asked for only where the minutes are told. */
async function analysesOf(
  { analyses }: MailDeps['ports'],
  state: MeetingState,
  mail: MailKind,
): Promise<AnalysisTexts> {
  const written = floorOf(state).analyses;
  if (written.length === 0 || !['minutes', 'draftMinutes', 'confirmMinutes'].includes(mail)) return {};
  const texts = await analyses.load(
    state.id,
    written.map((a) => a.hash),
  );
  return Object.fromEntries(written.map((a) => [a.topicId, texts[a.hash] ?? {}]));
}

/**
 * H4, H6: whose mails go to an assistant's address has that address here, and the assistant's chats; an assistant without
 * an address leaves them their own. Who left has none: nothing is sent to them or through them.
 */
export async function withMailboxes(
  { directory }: Pick<MailDeps['ports'], 'directory'>,
  all: Person[],
  readers: PersonId[],
): Promise<Person[]> {
  const people = all.map(unlessLeft);
  const through = people.flatMap((p) => (readers.includes(p.id) && p.through !== undefined ? [p.through] : []));
  if (through.length === 0) return people.map(({ through: _, ...p }) => p);
  const assistants = await directory.people([...new Set(through)]);
  return people.map(({ through: id, ...person }) => {
    const assistant = assistants.find((a) => a.id === id);
    if (id === undefined || assistant?.email === undefined || assistant.left) return person;
    const { chats: _, ...own } = person;
    const { email, chats } = assistant;
    return { ...own, email, through: id, ...(chats === undefined ? {} : { chats }) };
  });
}

function unlessLeft(person: Person): Person {
  if (!person.left) return person;
  const { email: _, chats: __, through: ___, ...nameOnly } = person;
  return nameOnly;
}

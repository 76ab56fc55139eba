/** E13: the sticky-note wall. */
import type { Instant } from '../calendar/index.js';
import { fault, Refusal, refuse } from '../errors.js';
import { agendaFaults, inOrder } from './agenda.js';
import { changed, nextId, replace } from './change.js';
import type { Actor, CommandInput, CommandResult } from './commands.js';
import type { Change } from './effects.js';
import { keyPoint } from './execution.js';
import { floorOf, withFloor } from './floor.js';
import type { Note } from './floor.js';
import { action } from './follow-up/actions.js';
import { isPresent, participantOf } from './people.js';
import type { By, MeetingState, Topic } from './state.js';

export const mostNotes = 300;
export const mostColumns = 12;
export const mostTopics = 50;

/** The columns a wall begins with; their names are in the catalogue. Any other column is called what people call it. */
export const noteColumns = ['problem', 'cause', 'idea', 'question'] as const;

/** E13: whoever has a seat and is present puts one up. */
export function note(
  state: MeetingState,
  input: CommandInput<'note'>,
  now: Instant,
  by: By,
  actor: Actor,
): Change<CommandResult<'note'>> {
  const { notes } = floorOf(state);
  if (notes.length >= mostNotes) refuse('Conflict', 'E13.full', '', { max: mostNotes });
  if (actor.person !== undefined && participantOf(state, actor.person) && !isPresent(state, actor.person))
    refuse('Conflict', 'E13.notPresent', '', {});
  const column = input.column ?? 'idea';
  refuseColumn(notes, column);
  const { id, state: counted } = nextId(state, 'n');
  const added: Note = { id, text: input.text, column, at: now, by };
  return changed(withFloor(counted, { notes: [...notes, added] }), [], { id });
}

function refuseColumn(notes: Note[], column: string): void {
  const known = new Set<string>([...noteColumns, ...notes.map((n) => n.column)]);
  if (!known.has(column) && known.size >= mostColumns)
    refuse('Conflict', 'E13.columns', 'column', { max: mostColumns });
}

export function noteOf(state: MeetingState, id: string): Note {
  return floorOf(state).notes.find((n) => n.id === id) ?? refuse('NotFound', 'E13.noSuchNote', 'id', { id });
}

/**
 * E13: to another column, or another place in its own (0 is the top; without one the end). With `from`, only if it still
 * hangs there: of two who take the same note at once, one is told where it went.
 */
export function moveNote(state: MeetingState, input: CommandInput<'moveNote'>): Change<CommandResult<'moveNote'>> {
  const moved = noteOf(state, input.id);
  if (input.from !== undefined && input.from !== moved.column)
    refuse('Conflict', 'E13.moved', 'from', { column: moved.column });
  const rest = floorOf(state).notes.filter((n) => n.id !== moved.id);
  refuseColumn(rest, input.column);
  const column = rest.filter((n) => n.column === input.column);
  const next = input.position === undefined ? undefined : column[input.position];
  const at = next === undefined ? rest.length : rest.indexOf(next);
  const notes = [...rest.slice(0, at), { ...moved, column: input.column }, ...rest.slice(at)];
  return changed(withFloor(state, { notes }), [], { id: moved.id, column: input.column });
}

/** E13: takes one down; what it became stays, and so does the note that tells of it. */
export function deleteNote(
  state: MeetingState,
  input: CommandInput<'deleteNote'>,
): Change<CommandResult<'deleteNote'>> {
  const { id } = untouched(state, input.id);
  return changed(withFloor(state, { notes: floorOf(state).notes.filter((n) => n.id !== id) }), [], { id });
}

function untouched(state: MeetingState, id: string): Note {
  const found = noteOf(state, id);
  if (found.became) refuse('Conflict', 'E13.became', 'id', { became: found.became.kind, ref: found.became.id });
  return found;
}

/** E13: in one step a topic, a key point or an action, by the same rules as any other; the note remembers what it became. */
export function noteBecomes(
  state: MeetingState,
  input: CommandInput<'noteBecomes'>,
  now: Instant,
  by: By,
): Change<CommandResult<'noteBecomes'>> {
  const from = untouched(state, input.id);
  const { state: next, effects, result } = made(state, from, input, now, by);
  const became = { kind: input.kind, id: result.id };
  const notes = replace(floorOf(next).notes, { ...from, became });
  return changed(withFloor(next, { notes }), effects, { id: from.id, ...{ kind: input.kind, ref: result.id } });
}

function made(
  state: MeetingState,
  { text }: Note,
  input: CommandInput<'noteBecomes'>,
  now: Instant,
  by: By,
): Change<{ id: string }> {
  const said = input.text ?? text;
  switch (input.kind) {
    case 'topic':
      return newTopic(state, said, input);
    case 'keyPoint': {
      const { topicId, pointKind: kind, department, dueAt } = input;
      const about = topicId ?? state.agenda.find((t) => t.status === 'live')?.topicId;
      if (about === undefined) refuse('BadInput', 'E13.topicNeeded', 'topicId', {});
      return keyPoint(state, { topicId: about, text: said, kind: kind ?? 'information', department, dueAt }, now, by);
    }
    case 'action': {
      const { kind: _, id: __, text: ___, ...rest } = input;
      return action(state, { task: said, ...rest }, now, by);
    }
  }
}

/** P6: what came off the agenda without having been called leaves its minutes to others. */
const takesTime = ({ status, outcome, spentMs }: Topic): boolean =>
  status !== 'finished' || spentMs > 0 || outcome === 'decided' || outcome === 'informed';

/** P6: all sittings together, with what E15 has added to them. */
function minutesInAll({ adjournments = [], startsAt, plannedEndAt, durationMinutes }: MeetingState): number {
  const sat = adjournments.reduce((sum, a) => sum + Math.max(0, a.at - a.startsAt), 0);
  return Math.max(durationMinutes, Math.floor((sat + plannedEndAt - startsAt) / 60_000));
}

/** P6: a topic from the wall fits in what was planned and extended, as any other; else by how much it does not. */
function refuseExcess(state: MeetingState, minutes: number): void {
  if (minutes === 0) return;
  const agenda = [...state.agenda.filter(takesTime), { minutes }];
  const faults = agendaFaults(agenda, state.openDiscussionMinutes, state.breakMinutes, minutesInAll(state));
  if (faults.length > 0)
    throw new Refusal(
      'Conflict',
      faults.map((f) => ({ ...f, path: 'minutes' })),
    );
}

/** P5: last in order; with 0 minutes and a hint unless said, as what comes in by itself (P6). */
function newTopic(
  state: MeetingState,
  title: string,
  { minutes = 0, department }: { minutes?: number; department?: string },
): Change<{ id: string }> {
  if (state.agenda.length >= mostTopics) refuse('Conflict', 'E13.topics', '', { max: mostTopics });
  refuseExcess(state, minutes);
  const { id, state: counted } = nextId(state, 't');
  const last = (of: (t: Topic) => number): number => Math.max(0, ...state.agenda.map(of));
  const topic: Topic = {
    topicId: id,
    title,
    minutes,
    priority: Math.max(
      1,
      last((t) => t.priority),
    ),
    order: last((t) => t.order) + 1,
    ...(department === undefined ? {} : { department }),
    materials: [],
    status: 'planned',
    spentMs: 0,
  };
  const agenda = inOrder([...state.agenda, topic]);
  const hint = fault('P6.noMinutes', `agenda[${agenda.indexOf(topic)}].minutes`, { title });
  const warnings = minutes === 0 ? [...state.warnings, hint] : state.warnings;
  return changed({ ...counted, agenda, warnings }, [], { id });
}

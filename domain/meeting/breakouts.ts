/** E10: group discussion for complex topics. The end is data: everyone counts down by themselves. */
import type { Instant } from '../calendar/index.js';
import { fault, Refusal, refuse } from '../errors.js';
import type { Fault } from '../errors.js';
import { changed, nextId, replace } from './change.js';
import type { CommandInput, CommandResult } from './commands.js';
import type { Change } from './effects.js';
import { topicOf } from './execution.js';
import { floorOf, withFloor } from './floor.js';
import type { Breakout, Group } from './floor.js';
import { isPresent } from './people.js';
import type { MeetingState } from './state.js';

const minute = 60_000;
export const mostBreakouts = 10;

/** E10: groups of those present, nobody in two, on the live topic; one round at a time. */
export function startBreakouts(
  state: MeetingState,
  input: CommandInput<'startBreakouts'>,
  now: Instant,
): Change<CommandResult<'startBreakouts'>> {
  const topic = topicOf(state, input.topicId);
  if (topic.status !== 'live') refuse('Conflict', 'E4.notLive', 'topicId', { title: topic.title });
  const { breakouts } = floorOf(state);
  const running = breakouts.find((b) => b.endedAt === undefined);
  if (running) refuse('Conflict', 'E10.running', '', { id: running.id });
  if (breakouts.length >= mostBreakouts) refuse('Conflict', 'E10.full', '', { max: mostBreakouts });
  const faults = groupFaults(state, input.groups);
  if (faults.length > 0) throw new Refusal('Conflict', faults);
  const { id, state: counted } = nextId(state, 'g');
  const endsAt = now + input.minutes * minute;
  const groups: Group[] = input.groups.map(({ name, members }) => ({ name, members }));
  const round: Breakout = { id, topicId: input.topicId, startedAt: now, endsAt, groups };
  return changed(withFloor(counted, { breakouts: [...breakouts, round] }), [], { id, endsAt });
}

function groupFaults(state: MeetingState, groups: CommandInput<'startBreakouts'>['groups']): Fault[] {
  const faults: Fault[] = [];
  const names = new Set<string>();
  const placed = new Set<string>();
  groups.forEach(({ name, members }, i) => {
    if (names.has(name)) faults.push(fault('E10.nameTwice', `groups[${i}].name`, { name }));
    names.add(name);
    members.forEach((person, j) => {
      const path = `groups[${i}].members[${j}]`;
      if (!isPresent(state, person)) faults.push(fault('E10.notPresent', path, { person }));
      if (placed.has(person)) faults.push(fault('E10.twice', path, { person }));
      placed.add(person);
    });
  });
  return faults;
}

export function breakoutOf(state: MeetingState, id: string): Breakout {
  return floorOf(state).breakouts.find((b) => b.id === id) ?? refuse('NotFound', 'E10.noSuch', 'id', { id });
}

/** E10: a group reports back, during the round or after it; the last report of a group counts. */
export function reportBreakout(
  state: MeetingState,
  input: CommandInput<'reportBreakout'>,
  now: Instant,
): Change<CommandResult<'reportBreakout'>> {
  const round = breakoutOf(state, input.id);
  const group = round.groups.find((g) => g.name === input.group);
  if (!group) refuse('NotFound', 'E10.noSuchGroup', 'group', { group: input.group });
  const groups = round.groups.map((g) => (g === group ? { ...g, report: input.text, reportedAt: now } : g));
  const breakouts = replace(floorOf(state).breakouts, { ...round, groups });
  return changed(withFloor(state, { breakouts }), [], { id: round.id });
}

/** E10: back together. What has ended stays so. */
export function endBreakouts(
  state: MeetingState,
  input: CommandInput<'endBreakouts'>,
  now: Instant,
): Change<CommandResult<'endBreakouts'>> {
  const round = breakoutOf(state, input.id);
  if (round.endedAt !== undefined) refuse('Conflict', 'E10.ended', 'id', { at: round.endedAt });
  return changed(
    endRounds(state, (b) => b.id === round.id, now),
    [],
    { id: round.id },
  );
}

export function endRounds(state: MeetingState, of: (round: Breakout) => boolean, now: Instant): MeetingState {
  const { breakouts } = floorOf(state);
  if (!breakouts.some((b) => b.endedAt === undefined && of(b))) return state;
  const ended = breakouts.map((b) => (b.endedAt === undefined && of(b) ? { ...b, endedAt: now } : b));
  return withFloor(state, { breakouts: ended });
}

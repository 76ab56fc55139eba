/** F2: "blocked by department X": no date is missed while the coordinator accepts it, and it is asked about again. */
import { nextAllowed } from '../../calendar/index.js';
import type { Instant } from '../../calendar/index.js';
import { fault, refuse, Refusal } from '../../errors.js';
import { arm, changed, mail } from '../change.js';
import type { CommandInput, CommandResult } from '../commands.js';
import type { Change, Effect, EffectReply } from '../effects.js';
import type { Block, By, DepartmentId, MeetingState } from '../state.js';
import { digestSlot } from '../hours.js';
import { dateOf, dueFaults, dueIn, dueOn, silenceAt } from './dates.js';
import { findItem, isBlocked, itemById, putItem, requirePossible, stopClock } from './items.js';
import type { Item } from './items.js';
import { setDue, settleTalk } from './ladder.js';
import { decidedMail, dueOccasion } from './mails.js';
import type { Told } from './mails.js';
import { trackerOf } from './people.js';

const clock: By = { via: 'clock' };

/** The owner says whom it waits for; until somebody accepts that, the ladder goes on. */
export function sayBlocked(
  state: MeetingState,
  item: Item,
  department: DepartmentId,
  { note, newDueAt }: Pick<CommandInput<'progress'>, 'note' | 'newDueAt'>,
  now: Instant,
  by: By,
): Change {
  if (item.status !== 'open' && item.status !== 'overdue')
    refuse('Conflict', 'F2.notBlocked', 'id', { ...about(item) });
  if (isBlocked(item)) refuse('Conflict', 'F2.blockedAlready', 'blockedBy', { ...about(item), possible: ['unblock'] });
  const faults = [
    ...(department === item.department ? [fault('F2.blockedByOwn', 'blockedBy')] : []),
    ...(newDueAt === undefined ? [] : [fault('F2.blockedOrDate', 'newDueDate')]),
    ...(note?.trim() ? [] : [fault('F2.blockNoteNeeded', 'note')]),
  ];
  if (faults.length > 0) throw new Refusal('BadInput', faults);
  const block: Block = { department, note, at: now, by, asked: 1 };
  const obstacles = [...item.obstacles, { at: now, by, text: note ?? '', department }];
  const said: Item = { ...item, block, obstacles };
  const tracker = trackerOf(state, item);
  const asked = by.person === tracker ? [] : askedMail(said, tracker, false);
  return changed(putItem(state, said), asked);
}

/** The coordinator's answer; also to the question whether it still holds. */
export function blocked(
  state: MeetingState,
  input: CommandInput<'blocked'>,
  now: Instant,
  by: By,
): Change<CommandResult<'blocked'>> {
  const item = itemById(state, input.id);
  requirePossible(item, 'blocked');
  const change = input.accepted ? acceptBlock(state, item, input, now, by) : refuseBlock(state, item, input, now, by);
  const after = itemById(change.state, item.id);
  return { ...change, result: { status: after.status, dueAt: after.dueAt, until: after.block?.until } };
}

function acceptBlock(
  state: MeetingState,
  item: Item,
  { until: given }: CommandInput<'blocked'>,
  now: Instant,
  by: By,
): Change {
  const faults = given === undefined ? [] : dueFaults(state, given, now, 'until', false);
  if (faults.length > 0) throw new Refusal('BadInput', faults);
  const until = given === undefined ? dueIn(state, now, state.norms.blockedRecheckWd) : dueOn(state, given);
  const block: Block = {
    ...renewed(blockOf(item)),
    acceptedAt: now,
    acceptedBy: by,
    until,
    rechecking: false,
  };
  const waiting: Item = { ...item, status: 'open', block };
  const kept = settleTalk(putItem(stopClock(state, item.id), waiting), item.id, by, now);
  const at = nextAllowed(state.calendar, state.zone, until);
  const told = decidedMail(state, waiting, 'blockAccepted', occasion(waiting), by.person);
  return changed(arm(kept, now, { kind: 'blockCheck', at, ref: item.id }, true), [
    ...told,
    askHead(state, waiting, now),
  ]);
}

/** Not accepted: the ladder was never stopped. Not any longer: a new date. */
function refuseBlock(state: MeetingState, item: Item, input: CommandInput<'blocked'>, now: Instant, by: By): Change {
  if (isBlocked(item)) {
    const dueAt = input.dueAt ?? dueIn(state, now, state.norms.silentExtensionWd);
    return endBlock(state, item, { dueAt, by, reason: input.note, told: 'blockEnded' }, now);
  }
  const going: Item = { ...item, block: undefined };
  return changed(putItem(state, going), decidedMail(state, going, 'blockRefused', occasion(item), by.person));
}

/** What it waited for is there: by owner or coordinator, with a date that lies ahead. */
export function unblock(
  state: MeetingState,
  input: CommandInput<'unblock'>,
  now: Instant,
  by: By,
): Change<CommandResult<'unblock'>> {
  const item = itemById(state, input.id);
  requirePossible(item, 'unblock');
  const change = endBlock(state, item, { dueAt: input.dueAt, by, reason: input.note, told: 'blockEnded' }, now);
  const { status, dueAt } = itemById(change.state, item.id);
  return { ...change, result: { status, dueAt } };
}

function endBlock(
  state: MeetingState,
  item: Item,
  end: { dueAt: Instant; by: By; reason?: string; told: Told },
  now: Instant,
): Change {
  // The owner alone gets no longer for it than after a miss.
  const faults = dueFaults(state, end.dueAt, now, 'dueDate', end.by.person === item.owner);
  if (faults.length > 0) throw new Refusal('BadInput', faults);
  const { by, reason = 'unblocked' } = end;
  const next = setDue(state, item, { dueAt: dueOn(state, end.dueAt), by, reason }, now);
  const redated = itemById(next, item.id);
  return changed(next, decidedMail(next, redated, end.told, dueOccasion(redated), by.person));
}

/** `blockCheck`: asked again whether it still holds; silence then ends it, and the clock sets the date as for any silence. */
export function blockCheck(state: MeetingState, item: Item, now: Instant): Change {
  const block = blockOf(item);
  const tracker = trackerOf(state, item);
  if (block.rechecking || tracker === undefined) {
    const dueAt = dueIn(state, now, state.norms.silentExtensionWd);
    return endBlock(state, item, { dueAt, by: clock, reason: 'silence', told: 'silence' }, now);
  }
  const at = silenceAt(state, digestSlot(state, tracker, now), state.norms.coordinatorSilentWd);
  const asked: Item = { ...item, block: { ...block, asked: block.asked + 1, rechecking: true } };
  const armed = arm(putItem(state, asked), now, { kind: 'blockCheck', at, ref: item.id }, true);
  return changed(armed, askedMail(asked, tracker, true, at));
}

/** F2: whoever leads the department is told what is wanted, and by when. */
export function headFound(state: MeetingState, found: Extract<EffectReply, { type: 'headFound' }>): Change {
  const item = findItem(state, found.about);
  if (!item || !isBlocked(item) || item.block?.department !== found.department) return changed(state);
  // One that comes twice.
  if (item.block.head !== undefined) return changed(state);
  const { department, until = item.dueAt } = item.block;
  const params = { department, wantedBy: until };
  const asked = putItem(state, { ...item, block: { ...item.block, head: found.person } });
  return changed(asked, mail('blocker', `${item.id}:${occasion(item)}`, [found.person], params, item.id));
}

export function askHead(state: MeetingState, item: Item, now: Instant): Effect {
  const { department } = blockOf(item);
  return { type: 'findHead', about: item.id, department, owner: item.owner, date: dateOf(state, now) };
}

function askedMail(item: Item, tracker: string | undefined, again: boolean, until?: Instant): Effect[] {
  const params = { again, ...(until === undefined ? {} : { until }) };
  return mail('blockAsked', `${item.id}:${occasion(item)}:asked${blockOf(item).asked}`, [tracker], params, item.id);
}

/** Which block of the item it is, and as it was accepted or moved last. */
function occasion(item: Item): string {
  return `block${item.obstacles.length}:${item.block?.changes ?? 0}`;
}

/** Another head may be the one to help, and is told anew. */
export function renewed({ head: _, ...block }: Block): Block {
  return { ...block, changes: (block.changes ?? 0) + 1 };
}

function blockOf(item: Item): Block {
  return item.block ?? refuse('Conflict', 'F2.notBlocked', 'id', about(item));
}

const about = ({ id, status }: Item) => ({ id, status });

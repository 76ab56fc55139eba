/** M3: an action that was recorded wrongly is mended or taken back until the minutes are confirmed; its ladder starts anew. */
import type { Instant } from '../../calendar/index.js';
import { refuse, Refusal } from '../../errors.js';
import { amended, refuseConfirmed } from '../amend.js';
import { changed } from '../change.js';
import type { CommandInput, CommandResult } from '../commands.js';
import type { Change } from '../effects.js';
import { participantOf, tracker } from '../people.js';
import type { Action, By, MeetingState } from '../state.js';
import { isExternal } from '../visibility.js';
import { dueFaults, dueOn } from './dates.js';
import { isEnded, putItem } from './items.js';
import { armDue } from './ladder.js';
import { decidedMail } from './mails.js';
import { end, settleTasks } from './reports.js';

/** Plans come from the survey, not from the record. */
function mendable(state: MeetingState, id: string): Action {
  const item = state.actions.find((a) => a.id === id) ?? refuse('NotFound', 'action.unknown', 'id', { id });
  refuseConfirmed(state);
  if (isEnded(item)) refuse('Conflict', 'M3.actionEnded', 'id', { id, status: item.status });
  return item;
}

const said = ({ task, owner, dueAt }: Action) => ({ task, owner, dueAt });

export function amendAction(
  state: MeetingState,
  input: CommandInput<'amendAction'>,
  now: Instant,
  by: By,
): Change<CommandResult<'amendAction'>> {
  const item = mendable(state, input.id);
  const { task = item.task, owner = item.owner, reason } = input;
  const dueAt = dueOn(state, input.dueAt ?? item.dueAt);
  const faults = dueFaults(state, dueAt, now, 'dueDate', false);
  if (faults.length > 0) throw new Refusal('BadInput', faults);
  const department = input.department ?? departmentOf(state, item, owner);
  const same = task === item.task && owner === item.owner && dueAt === item.dueAt && department === item.department;
  if (same) refuse('Conflict', 'M3.nothingChanged', '', {});
  const { internalContact: contact, block: _, reportedAt: __, reportedBy: ___, ...rest } = item;
  const internal = owner === item.owner ? contact : isExternal(state, owner) ? tracker(state) : undefined;
  const anew: Action = {
    ...rest,
    ...(internal === undefined ? {} : { internalContact: internal }),
    task,
    owner,
    department,
    supporting: item.supporting.filter((d) => d !== department),
    dueAt,
    firstDueAt: dueAt,
    dues: [{ dueAt, setAt: now, by, reason, missed: false }],
    corrected: (item.corrected ?? 0) + 1,
    status: 'open',
    missed: 0,
    missedTotal: 0,
  };
  const settled = settleTasks(putItem(state, anew), item.id, by, now);
  const armed = armDue(settled, anew, now);
  const kept = amended(armed, { part: 'action', id: item.id, before: said(item), after: said(anew) }, now, by, reason);
  const told = tellOf(kept, anew, 'amended', by, item.owner);
  return changed(kept, told, { status: anew.status, dueAt });
}

function departmentOf(state: MeetingState, item: Action, owner: string): string | undefined {
  return owner === item.owner ? item.department : (participantOf(state, owner)?.department ?? item.department);
}

/** It stays as a trace, and counts nowhere. */
export function withdrawAction(
  state: MeetingState,
  { id, reason }: CommandInput<'withdrawAction'>,
  now: Instant,
  by: By,
): Change<CommandResult<'withdrawAction'>> {
  const item = mendable(state, id);
  const gone: Action = {
    ...item,
    status: 'cancelled',
    cancelledByDecision: true,
    withdrawn: { at: now, by, reason },
  };
  const ended = end(settleTasks(state, id, by, now), gone, now);
  const kept = amended(ended, { part: 'action', id, before: said(item) }, now, by, reason);
  return changed(kept, tellOf(kept, gone, 'withdrawn', by), { status: gone.status });
}

/** In the room everybody hears it. */
function tellOf(state: MeetingState, item: Action, told: 'amended' | 'withdrawn', by: By, previous?: string) {
  if (state.phase === 'execution') return [];
  return decidedMail(state, item, told, `${told}:r${state.revision + 1}`, by.person, previous);
}

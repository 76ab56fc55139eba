import { refuse } from '../errors.js';
import type { CommandName } from './commands.js';
import type { MeetingState, Phase } from './state.js';

const before: Phase[] = ['preparation', 'notice'];
/** P8: frozen at the close. */
const preparing: Phase[] = ['preparation', 'notice', 'execution'];
const held: Phase[] = ['execution', 'minutes', 'followUp'];

/** standard.md, Phases: in which phase a command is possible. Action timers and their commands run in any phase that has actions. */
export const allowedIn: Record<CommandName, Phase[]> = {
  patch: before,
  publish: ['preparation'],
  reschedule: before,
  cancel: before,
  undoCancel: ['cancelled'],
  takeTopics: before,
  open: ['notice', 'execution'],
  adjourn: ['execution'],
  extend: ['execution'],
  close: ['execution'],
  rsvp: ['notice'],
  undoReply: ['notice'],
  alternate: ['notice'],
  reading: ['notice', 'execution'],
  proposeTime: ['notice'],
  holdReply: ['notice'],
  settleReply: ['notice'],
  attendance: ['notice', 'execution', 'minutes', 'followUp'],
  startTopic: ['execution'],
  finishTopic: ['execution'],
  keyPoint: ['execution'],
  editKeyPoint: held,
  deleteKeyPoint: held,
  material: preparing,
  queueTurn: ['execution'],
  startTurn: ['execution'],
  endTurn: ['execution'],
  withdrawTurn: ['execution'],
  park: ['execution'],
  unpark: ['execution'],
  startBreakouts: ['execution'],
  reportBreakout: ['execution'],
  endBreakouts: ['execution'],
  analysis: ['execution', 'minutes'],
  note: ['execution'],
  moveNote: ['execution'],
  deleteNote: ['execution'],
  noteBecomes: ['execution'],
  openVote: ['execution'],
  closeVote: ['execution'],
  action: held,
  amendAction: held,
  withdrawAction: held,
  minutes: ['minutes', 'followUp'],
  confirmMinutes: ['minutes', 'followUp'],
  reopen: ['minutes', 'followUp'],
  objection: ['minutes', 'followUp'],
  answerObjection: ['minutes', 'followUp'],
  releaseExtract: ['minutes', 'followUp'],
  progress: held,
  complete: held,
  confirm: held,
  extendAction: held,
  decide: held,
  completeTask: held,
  blocked: held,
  unblock: held,
  moveDepartment: held,
  personLeft: held,
  chooseForTopic: held,
};

/** What can be done now, for an answer that refuses. */
export function possibleNow(phase: Phase): CommandName[] {
  return (Object.keys(allowedIn) as CommandName[]).filter((name) => allowedIn[name].includes(phase));
}

export function isEnded(phase: Phase): boolean {
  return phase === 'closed' || phase === 'cancelled' || phase === 'lapsed';
}

/** A command on an ended meeting, or in the wrong phase: 409 saying what is possible now. */
export function refuseWrongPhase(state: MeetingState, name: CommandName): void {
  if (allowedIn[name].includes(state.phase)) return;
  refuse('Conflict', isEnded(state.phase) ? 'phase.ended' : 'phase.notNow', '', {
    command: name,
    phase: state.phase,
    possible: possibleNow(state.phase),
  });
}

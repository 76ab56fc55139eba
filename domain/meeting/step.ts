/**
 * The meeting as one state machine: a command, a timer that fired, or what came back from an effect leads to the next
 * state and to what is to be done outside. The workflow is a shell around these four functions; simulations run them
 * without any engine.
 */
import type { Instant } from '../calendar/index.js';
import { assistsIn } from './assistants.js';
import { deleteKeyPoint, editKeyPoint } from './amend.js';
import { authorize } from './authorize.js';
import { alternate } from './alternates.js';
import { cancel, cancelFinal, meanwhile, undoCancel } from './cancelling.js';
import { holdReply, proposeTime, settleReply } from './calendar-replies.js';
import { backlogKept, backlogTaken } from './carry.js';
import { arm, changed, then } from './change.js';
import { clocksFound, digestOnly } from './clocks.js';
import type { Actor, CommandInput, CommandName, CommandResult } from './commands.js';
import type { Change, EffectReply } from './effects.js';
import { adjourn, closeMeeting, finishTopicInRoom, refuseInterrupted, reopen } from './adjourn.js';
import { analysis } from './analyses.js';
import { endBreakouts, reportBreakout, startBreakouts } from './breakouts.js';
import { attendance, extend, keyPoint, lookAgainAt, plannedEnd, startTopic } from './execution.js';
import { deleteNote, moveNote, note, noteBecomes } from './notes.js';
import { park, unpark } from './parking.js';
import { endTurn, queueTurn, silence, startTurn, withdrawTurn } from './turns.js';
import {
  action,
  amendAction,
  blocked,
  chooseForTopic,
  complete,
  completeTask,
  confirm,
  decide,
  extendAction,
  moveDepartment,
  personLeft,
  progress,
  unblock,
  withdrawAction,
} from './follow-up/actions.js';
import { standingFound } from './follow-up/absence.js';
import { headFound } from './follow-up/blocks.js';
import { finish } from './follow-up/effectiveness.js';
import { findItem } from './follow-up/items.js';
import { chainFound, surveyClosed } from './follow-up/replies.js';
import { surveyComplete } from './follow-up/survey.js';
import { followUpTimer } from './follow-up/timers.js';
import { topicsCounted } from './follow-up/topics.js';
import { noticeTimer, open, reschedule } from './notice.js';
import { editMinutes } from './corrections.js';
import { releaseExtract } from './extract.js';
import { confirmMinutes, minutesDrafted, minutesTimer } from './minutes.js';
import { answerObjection, objection, objectionSilent } from './objections.js';
import { takeBackClose } from './reopen.js';
import { material } from './materials.js';
import { findMaterial } from './prepared.js';
import { patch } from './patch.js';
import { isEnded, refuseWrongPhase } from './phases.js';
import { publish } from './preparation.js';
import { reading } from './reading.js';
import { rsvp, undoReply } from './replies.js';
import type { By, MeetingState, PersonId, Timer } from './state.js';
import { routed } from './routing.js';
import { autoPublish, takeTopics } from './series.js';
import { closeVote, openVote, voteComplete, voteCounted } from './votes.js';

/** Time and speaker of a command. */
export interface CommandContext {
  /** Workflow time. */
  now: Instant;
  actor: Actor;
}

type Rules = {
  [N in CommandName]: (
    state: MeetingState,
    input: CommandInput<N>,
    now: Instant,
    by: By,
    actor: Actor,
  ) => Change<CommandResult<N>>;
};

/** Which rule a command is. */
const rules: Rules = {
  patch,
  publish: (s, _, now) => publish(s, now),
  reschedule: (s, input, now) => reschedule(s, input, now),
  cancel: (s, input, now) => cancel(s, input, now),
  undoCancel: (s, _, now) => undoCancel(s, now),
  takeTopics: (s, input) => takeTopics(s, input),
  open: (s, _, now, __, actor) => (s.phase === 'execution' ? reopen : open)(s, actor, now),
  adjourn,
  extend: (s, input, now) => extend(s, input, now),
  close: (s, _, now) => closeMeeting(s, now, 'host'),
  rsvp,
  undoReply,
  alternate,
  reading,
  attendance: (s, input, now, by, actor) =>
    then(attendance(s, input, now, by, actor), (next) => changed(withoutTheirTurns(next, input, now))),
  proposeTime,
  holdReply: (s, input, now) => holdReply(s, input, now),
  settleReply,
  startTopic: (s, input, now) => startTopic(s, input, now),
  finishTopic: (s, input, now) => finishTopicInRoom(s, input, now),
  keyPoint,
  editKeyPoint,
  deleteKeyPoint,
  queueTurn: (s, input, now, _, actor) => queueTurn(s, input, now, actor),
  startTurn: (s, input, now) => startTurn(s, input, now),
  endTurn: (s, input, now) => endTurn(s, input, now),
  withdrawTurn: (s, input) => withdrawTurn(s, input),
  park,
  unpark: (s, input) => unpark(s, input),
  startBreakouts: (s, input, now) => startBreakouts(s, input, now),
  reportBreakout: (s, input, now) => reportBreakout(s, input, now),
  endBreakouts: (s, input, now) => endBreakouts(s, input, now),
  analysis,
  note,
  moveNote: (s, input) => moveNote(s, input),
  deleteNote: (s, input) => deleteNote(s, input),
  noteBecomes,
  material,
  openVote: (s, input, now) => openVote(s, input, now),
  closeVote: (s, input, now) => closeVote(s, input, now),
  action,
  amendAction,
  withdrawAction,
  minutes: editMinutes,
  confirmMinutes: (s, _, now, by) => confirmMinutes(s, now, by),
  reopen: takeBackClose,
  objection: (s, input, now, by) => objection(s, input, now, by),
  answerObjection: (s, input, now, by) => answerObjection(s, input, now, by),
  releaseExtract: (s) => releaseExtract(s),
  progress,
  complete,
  confirm,
  extendAction,
  decide,
  completeTask,
  blocked,
  unblock,
  moveDepartment: (s, input, now) => moveDepartment(s, input, now),
  personLeft: (s, input, now) => personLeft(s, input, now),
  chooseForTopic,
};

/** Throws `Refusal`: Forbidden before Conflict of the phase, so that nobody learns what they may not do anyway. */
export function applyCommand<N extends CommandName>(
  state: MeetingState,
  name: N,
  input: CommandInput<N>,
  { now, actor }: CommandContext,
): Change<CommandResult<N>> {
  authorize(state, name, input, actor, now);
  refuseWrongPhase(state, name);
  refuseInterrupted(state, name);
  return settled(
    state,
    rules[name](touched(state, now), input, now, byOf(actor, forWhom(state, name, input, actor, now)), actor),
    now,
  );
}

/** A timer fired. One that is no longer armed, or armed for another time, changes nothing. */
export function applyTimer(state: MeetingState, timer: Timer, now: Instant): Change {
  if (!state.timers.some((t) => t.key === timer.key && t.at === timer.at)) return changed(state);
  const without = { ...state, timers: state.timers.filter((t) => t.key !== timer.key) };
  return settled(state, timerRule(without, timer, now), now);
}

function timerRule(state: MeetingState, timer: Timer, now: Instant): Change {
  switch (timer.kind) {
    case 'cancelFinal':
      return cancelFinal(state, now);
    case 'lapse':
    case 'draftReminder':
    case 'replyReminder':
    case 'keyReplyReminder':
    case 'preRead':
    case 'alternateCheck':
    case 'hostBrief':
    case 'changeMail':
    case 'notOpenedFirst':
    case 'notOpenedSecond':
      return noticeTimer(state, timer, now);
    case 'autoPublish':
      return autoPublish(state, now);
    case 'plannedEnd':
      return plannedEnd(state, now);
    case 'autoClose': {
      const again = lookAgainAt(state, timer, now);
      if (again !== undefined) return changed(arm(state, now, { kind: 'autoClose', at: again }, true));
      const { effects, state: closed } = closeMeeting(state, now, 'clock');
      return changed(closed, effects);
    }
    case 'minutesMorning':
    case 'minutesLastHour':
    case 'minutesLimit':
    case 'objectionsEnd':
      return minutesTimer(state, timer, now);
    case 'objectionSilent':
      return objectionSilent(state, timer, now);
    case 'surveyReminder':
    case 'surveyEnd':
    case 'reminder':
    case 'missed':
    case 'ownerSilent':
    case 'coordinatorSilent':
    case 'acceptSilence':
    case 'decisionSilent':
    case 'blockCheck':
    case 'topicSilent':
      return followUpTimer(state, timer, now);
    case 'digest':
      return changed(state, [{ type: 'sendDigest', slot: Number(timer.ref) }]);
  }
}

/** What an effect brought back. A meeting that is over stays as it is, once that cannot be undone any more (N4). */
export function applyReply(state: MeetingState, reply: EffectReply, now: Instant): Change {
  if (state.cancelling)
    return settled(
      state,
      meanwhile(state, (s) => replyRule(s, reply, now)),
      now,
    );
  if (isEnded(state.phase)) return changed(state);
  return settled(state, replyRule(state, reply, now), now);
}

function replyRule(state: MeetingState, reply: EffectReply, now: Instant): Change {
  switch (reply.type) {
    case 'surveyClosed':
      return surveyClosed(state, reply, now);
    case 'voteCounted':
      return voteCounted(state, reply.voteId, reply.tally, now);
    case 'chainFound':
      return chainFound(state, reply, now);
    case 'minutesDrafted':
      return minutesDrafted(state, reply);
    case 'clocksFound':
      return clocksFound(state, reply.clocks, now);
    case 'digestOnly':
      return digestOnly(state, reply.effect, reply.people, now);
    case 'backlogKept':
      return backlogKept(state, reply.topics, now);
    case 'backlogTaken':
      return backlogTaken(state, reply, now);
    case 'standingFound':
      return standingFound(state, reply, now);
    case 'headFound':
      return headFound(state, reply);
    case 'topicsCounted':
      return topicsCounted(state, reply, now);
  }
}

/** A box (a vote id, or `survey`) has the last answer that could come. */
export function applyBoxComplete(state: MeetingState, box: string, now: Instant): Change {
  const change = box === 'survey' ? surveyComplete(state, now) : voteComplete(state, box);
  return settled(state, change, now);
}

/** Counts the revision, and ends the meeting when nothing is left to follow up (F6, Phases). */
function settled<R>(before: MeetingState, change: Change<R>, now: Instant): Change<R> {
  if (change.state === before) return change;
  const last = routed(isEnded(change.state.phase) ? change : then(change, (s) => finish(s, now)), before, now);
  return { ...last, state: { ...last.state, revision: before.revision + 1 } };
}

/** E15, M1: what people do during the execution is a recorded event. */
function touched(state: MeetingState, now: Instant): MeetingState {
  return state.phase === 'execution' ? { ...state, lastEventAt: now } : state;
}

/** E6: who has left neither speaks nor waits to. */
function withoutTheirTurns(
  state: MeetingState,
  { person, present }: CommandInput<'attendance'>,
  now: Instant,
): MeetingState {
  return present ? state : silence(state, (turn) => turn.person === person, now);
}

function byOf(actor: Actor, onBehalfOf?: PersonId): By {
  const by = { person: actor.person, key: actor.key, via: actor.via };
  return onBehalfOf === undefined ? by : { ...by, onBehalfOf };
}

/** H6: the principal, when it is as an assistant that somebody acts. */
export function forWhom(
  state: MeetingState,
  name: CommandName,
  input: object,
  actor: Actor,
  now: Instant,
): PersonId | undefined {
  const { person, id, materialId } = input as { person?: PersonId; id?: string; materialId?: string };
  if (name === 'rsvp') return person !== undefined && assistsIn(actor, person, 'reply', now) ? person : undefined;
  if (name !== 'progress' && name !== 'material') return undefined;
  const owner =
    name === 'material' ? findMaterial(state, materialId ?? '')?.material.owner : findItem(state, id ?? '')?.owner;
  const scope = name === 'material' ? 'materials' : 'draftProgress';
  return owner !== undefined && owner !== actor.person && assistsIn(actor, owner, scope, now) ? owner : undefined;
}

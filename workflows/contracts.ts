/**
 * The one place of task queue, workflow ids, update, query and signal definitions and their types. Workflow and API both
 * import it; no Node module may come in here.
 */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { AuditEntry } from '../activities/ports.js';
import type { Instant } from '../domain/calendar/index.js';
import type { Fault } from '../domain/errors.js';
import type { Actor, CommandInput, CommandName, CommandResult } from '../domain/meeting/commands.js';
import type { Effect } from '../domain/meeting/effects.js';
import type { MeetingState } from '../domain/meeting/state.js';

export const taskQueue = 'convoke';
export const meetingWorkflowType = 'meeting';
export const seriesWorkflowType = 'seriesOccurrence';
export const seriesScheduleId = (seriesId: string): string => `series-${seriesId}`;
/** R1: one run per quarter; the schedule's own runs only find out whether a quarter is due. */
export const reviewWorkflowType = 'quarterlyReview';
export const reviewWorkflowId = (quarter: string): string => `review-${quarter}`;
export const reviewDayWorkflowType = 'reviewDay';
export const reviewScheduleId = 'quarterly-review';
/** Y1: the same of a year's look at the norms. */
export const normsWorkflowType = 'yearlyNorms';
export const normsWorkflowId = (year: number): string => `norms-${year}`;
export const normsDayWorkflowType = 'normsDay';
export const normsScheduleId = 'yearly-norms';
/** R5: one run a day. */
export const knowledgeWorkflowType = 'knowledgeCare';
export const knowledgeScheduleId = 'knowledge-care';
export const meetingWorkflowId = (meetingId: string): string => `meeting-${meetingId}`;

/** Any id inside a meeting leads to it: `<meetingId>-<letter><n>`. Undefined when it is no such id. */
export function meetingIdOf(id: string): string | undefined {
  return /^([a-z2-7]{16})-[a-z][0-9]+$/.exec(id)?.[1];
}

/** What a command carries besides its input. */
export interface Envelope<N extends CommandName> {
  actor: Actor;
  input: CommandInput<N>;
  /** Idempotency: `<command>:<principal>:<key>`, with the hash of the request body. */
  idempotency?: { key: string; hash: string };
}

/** Under 2 KB: the changed thing, never the whole state (design §3). */
export interface Answer<N extends CommandName> {
  result: CommandResult<N>;
  revision: number;
  /** Workflow time. */
  now: Instant;
  warnings?: Fault[];
  /** Hash of the request that was answered first under this idempotency key. */
  hash?: string;
}

export interface LedgerEntry {
  key: string;
  hash: string;
  answer: Answer<CommandName>;
}

/** Start input, also across continue-as-new: plain JSON. */
export interface MeetingInput {
  state: MeetingState;
  /** Effects not yet handed over, in order. */
  outbox: Effect[];
  ledger: LedgerEntry[];
  /** What the audit has not got yet. */
  audit: AuditEntry[];
  /** Events after which it goes on in a new run; 2,000 unless a test asks for fewer (design §3). */
  historyLimit?: number;
}

export const commandNames = [
  'patch',
  'publish',
  'reschedule',
  'cancel',
  'undoCancel',
  'takeTopics',
  'open',
  'extend',
  'close',
  'rsvp',
  'undoReply',
  'alternate',
  'reading',
  'proposeTime',
  'holdReply',
  'settleReply',
  'attendance',
  'startTopic',
  'finishTopic',
  'keyPoint',
  'editKeyPoint',
  'deleteKeyPoint',
  'queueTurn',
  'startTurn',
  'endTurn',
  'withdrawTurn',
  'park',
  'unpark',
  'startBreakouts',
  'reportBreakout',
  'endBreakouts',
  'analysis',
  'note',
  'moveNote',
  'deleteNote',
  'noteBecomes',
  'adjourn',
  'material',
  'openVote',
  'closeVote',
  'action',
  'amendAction',
  'withdrawAction',
  'minutes',
  'confirmMinutes',
  'reopen',
  'objection',
  'answerObjection',
  'releaseExtract',
  'progress',
  'complete',
  'confirm',
  'extendAction',
  'decide',
  'completeTask',
  'blocked',
  'unblock',
  'moveDepartment',
  'personLeft',
  'chooseForTopic',
] as const satisfies readonly CommandName[];

/** One Update per command; its name is the command's. */
export const commandUpdate = <N extends CommandName>(name: N) => defineUpdate<Answer<N>, [Envelope<N>]>(name);

/** The whole state with workflow time; a query never enters the history. */
export const meetingQuery = defineQuery<{ state: MeetingState; now: Instant }>('meeting');

/** A box (a vote id, or `survey`) has the last ballot it can get. */
export const boxCompleteSignal = defineSignal<[box: string]>('boxComplete');

/** ApplicationFailure types of refusals; details[0] is Fault[]. Mapped to HTTP in api/errors.ts. */
export const refusalTypes = ['BadInput', 'Forbidden', 'NotFound', 'Conflict', 'Unavailable'] as const;

/** Typed search attributes for the operator (design §3). */
export const searchAttributes = {
  ConvokePhase: 'Keyword',
  ConvokeDepartments: 'KeywordList',
  ConvokeSeries: 'Keyword',
  ConvokeStartsAt: 'Datetime',
  ConvokeNextDeadline: 'Datetime',
  ConvokeOverdue: 'Int',
  ConvokeEscalated: 'Bool',
  ConvokeScore: 'Double',
} as const;

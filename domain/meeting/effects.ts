import type {
  By,
  DepartmentId,
  LastChoice,
  MaterialFile,
  MeetingId,
  MeetingState,
  OffAgenda,
  PersonId,
  Tally,
  TopicId,
} from './state.js';
import type { Instant, LocalDate, PersonalClock } from '../calendar/index.js';

/**
 * The mails of words.md. Those of the follow-up, with `ref` and params (instants unless said; all else is in the state):
 * - actionReminder (ref: action or plan): dueAt; also tells of an action made after the minutes went out
 * - missed (item): dueAt, missed (count), latest (last new date allowed), forewarned, escalated (booleans)
 * - talk (talk task): dueAt, missed, replyBy, forewarned, again (the owner did not answer)
 * - pleaseCheck (item): acceptedAt, when silence accepts
 * - escalation (decision task): dueAt, missed, replyBy, again, nobody (nobody found to decide: find somebody)
 * - decided (item): dueAt, decision: reassign, simplify, cancel, extend (F3), moved (a person gave a new date),
 *   silence (the clock did), returned (the check says not done)
 * - improvementPlan (plan): dueAt, score (number), reason: survey or effectiveness
 * - survey, surveyReminder: closesAt
 * Those before the start: draftLimit: limit · alternate (task; none to the host about several): replyBy · otherTime (task):
 * who asks, and for when, is in the task · replyChanged (the reversal): reply, before
 * - prepare (changed: they know of something else), prepareReminder, prepareOff (reason of a cancellation): to who prepares
 *   something without being invited (P8)
 * - minutes, draftMinutes, corrected, minutesExtract: version, hash; before, beforeHash (what the readers had); reason, and
 *   ref (the objection) of a correction
 * - objection (objection): answerBy, again · objectionAnswered (objection) · reopened: version, reason
 * - onLeave (item): dueAt, was (the due date it had), back (local date of the last day of leave), silence (boolean: after a miss)
 * - blockAsked (item): again (it was accepted before), until (when silence ends it)
 * - blocker (item): department, wantedBy; to the head of the department that it waits for
 * - topicStuck (task topicStuck): replyBy, up (boolean: it came up from below), nobody
 */
export type MailKind =
  | 'notice'
  | 'emergency'
  | 'change'
  | 'cancellation'
  | 'notHeld'
  | 'replyReminder'
  | 'replyChanged'
  | 'replyHeld'
  | 'timeProposed'
  | 'notOpened'
  | 'draftLimit'
  | 'preRead'
  | 'prepare'
  | 'prepareReminder'
  | 'prepareOff'
  | 'hostBrief'
  | 'alternate'
  | 'otherTime'
  | 'confirmMinutes'
  | 'minutes'
  | 'draftMinutes'
  | 'corrected'
  | 'objection'
  | 'objectionAnswered'
  | 'minutesExtract'
  | 'reopened'
  | 'survey'
  | 'surveyReminder'
  | 'actionReminder'
  | 'missed'
  | 'talk'
  | 'pleaseCheck'
  | 'escalation'
  | 'decided'
  | 'improvementPlan'
  | 'onLeave'
  | 'blockAsked'
  | 'blocker'
  | 'topicStuck';

/**
 * One mail to some people, queued by a rule. It is built from the state at sending time.
 * `occasion` names the event by its logic (a due date, a version), never by the moment of execution, so that a workflow
 * reset claims the same mail again and sends nothing twice: claim key = (meeting, kind, person, occasion).
 */
export interface MailEffect {
  type: 'mail';
  mail: MailKind;
  occasion: string;
  to: PersonId[];
  /** The action, plan, task, topic or vote it is about. */
  ref?: string;
  /** Instants and codes the text needs beyond the meeting itself. */
  params: Record<string, string | number | boolean>;
  /** H2: for the digest of this day, the instant of its 08:40, instead of a mail of its own. */
  digestAt?: Instant;
  /** H3: what else the same people are asked for at this moment, told in the same mail. */
  also?: Pick<MailEffect, 'mail' | 'occasion' | 'ref' | 'params'>[];
}

export type Effect =
  | MailEffect
  /** Opens the anonymous box of F5; nothing comes back. */
  | { type: 'openSurvey'; eligible: PersonId[]; closesAt: Instant }
  /** Ends it; the reply is how many answered and the mean from `minForMean` answers. */
  | { type: 'closeSurvey'; minForMean: number; minForSuggestions: number }
  /** Counts a vote that was open at the close (E8). */
  | { type: 'countVote'; voteId: string }
  /** F3: asked at the third miss. The reply names the active ones of heads upward, sponsor and PMO; the rule puts them in order. */
  | {
      type: 'findChain';
      about: string;
      department?: DepartmentId;
      owner: PersonId;
      sponsor?: PersonId;
      pmo?: { person?: PersonId; department?: DepartmentId };
      /** H5: acting heads and leave as of this day, by workflow time. */
      date?: LocalDate;
    }
  /** F2: asked when a date or a silence of somebody is over: are they on leave, or gone? Answered by `standingFound`. */
  | { type: 'findStanding'; about: string; rung: 'due' | 'silence'; dueAt: Instant; person: PersonId; date: LocalDate }
  /** F2: who leads the department that an item waits for. */
  | { type: 'findHead'; about: string; department: DepartmentId; owner: PersonId; date: LocalDate }
  /** F4: at how many meetings in a row each topic had unfinished actions; `held` at the close, absent at the publication. */
  | {
      type: 'countTopics';
      topics: TopicId[];
      startsAt: Instant;
      held?: HeldMeeting;
      actions: TopicAction[];
      /** S1: at the close, topics of earlier meetings of the series that are not on this agenda, too. */
      seriesId?: string;
    }
  /** M1: drafts the minutes from the record and keeps the text in the archive. */
  | { type: 'draftMinutes'; version?: number }
  /** H1: the reply names those of them who live by another clock than the meeting. */
  | { type: 'findClocks'; people: PersonId[] }
  /** H2: sends what waits for the digest of that day to the people of this meeting, with what waits of their others. */
  | { type: 'sendDigest'; slot: Instant }
  /** P8: a version of a material, file or link, for the archive. */
  | {
      type: 'keepFile';
      topicId: TopicId;
      materialId: string;
      version: number;
      title: string;
      owner: PersonId;
      file?: MaterialFile;
      link?: string;
      by: By;
    }
  /** P8: the close freezes what was handed in. */
  | { type: 'freezeFiles' }
  /** M3: what a close put there is taken back; what another meeting has taken since stays with it. */
  | { type: 'withdrawBacklog'; topics: TopicId[] }
  /** Design §3, Carry-over: topics that wait for a later meeting. `final`: the meeting has ended; of what it had taken, `done` is settled and everything else goes back. */
  | { type: 'putBacklog'; topics: BacklogTopic[]; final?: true; done?: TopicId[] }
  /** What waits for this meeting's series, and the named topics; each goes to one meeting only. Back comes backlogTaken. */
  | { type: 'takeBacklog'; topicIds: TopicId[]; except: TopicId[]; announce?: true };

/** F4: what counting needs of a meeting that was held. */
export interface HeldMeeting {
  startsAt: Instant;
  openedAt: Instant;
  closedAt: Instant;
}

/** F4: what counting needs of an action of a topic. */
export interface TopicAction {
  topicId: TopicId;
  createdAt: Instant;
  endedAt?: Instant;
}

/** A topic that waits for its next meeting. */
export interface BacklogTopic {
  topicId: TopicId;
  title: string;
  /** Why it was not dealt with: facts, unreached, interrupted, cancelled, lapsed. */
  reason: string;
  department: DepartmentId;
  seriesId?: string;
  factQuestion?: string;
  bringsDepartment?: DepartmentId;
  bringsMaterial?: string;
  date?: string;
  /** How many meetings were held and left it open. */
  times?: number;
  presenter?: PersonId;
  expectedConclusion?: string;
  /** H10: stays so on every agenda it comes onto. */
  confidential?: boolean;
}

/** One that this meeting has now. */
export interface TakenTopic extends BacklogTopic {
  /** The meeting that left it. */
  from: MeetingId;
}

/** What comes back from an effect, as an event of its own. */
export type EffectReply =
  | { type: 'surveyClosed'; answers: number; mean?: number }
  | { type: 'voteCounted'; voteId: string; tally: Tally }
  /**
   * `heads`: of the department and upward, nearest first, the owner left in where they stand (the rule cuts below them).
   * `pmo`: the person, or the head of the department, that the norm names. Only who is active; an inactive one is left out.
   */
  | { type: 'chainFound'; about: string; heads: PersonId[]; sponsor?: PersonId; pmo?: PersonId }
  | { type: 'minutesDrafted'; hash: string; version?: number }
  | { type: 'clocksFound'; clocks: Record<PersonId, PersonalClock> }
  /** H2: these have no reminders but in the digest. */
  | { type: 'digestOnly'; effect: MailEffect; people: PersonId[] }
  /** `leaveUntil`: the last day of the leave that covers the day asked for. `left`: they are with us no more. */
  | {
      type: 'standingFound';
      about: string;
      rung: 'due' | 'silence';
      dueAt: Instant;
      leaveUntil?: LocalDate;
      left?: boolean;
    }
  | { type: 'headFound'; about: string; department: DepartmentId; person?: PersonId }
  /** `last`: what was chosen when it was stuck before. */
  | {
      type: 'topicsCounted';
      held: boolean;
      topics: { topicId: TopicId; timesCarried: number; last?: LastChoice; off?: OffAgenda }[];
    }
  /** M3: what a reopened meeting wanted back and another one has taken. */
  | { type: 'backlogKept'; topics: TopicId[] }
  /** All that this meeting holds of the backlog. `announce` as asked. */
  | {
      type: 'backlogTaken';
      topics: TakenTopic[];
      previousMeeting?: MeetingId;
      nextInSeries?: Instant;
      announce?: true;
    };

/** What every rule returns: the next state, what is to be done outside, and what the caller is told. */
export interface Change<R = undefined> {
  state: MeetingState;
  effects: Effect[];
  result: R;
}

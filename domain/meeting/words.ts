/** Opaque ids. Everything inside a meeting is `<meetingId>-<letter><n>` (design §3, Ids). */
export type MeetingId = string;
export type PersonId = string;
export type DepartmentId = string;
export type TopicId = string;

/** standard.md, Phases. */
export type Phase = 'preparation' | 'notice' | 'execution' | 'minutes' | 'followUp' | 'closed' | 'cancelled' | 'lapsed';
export type MeetingKind = 'regular' | 'emergency';
export type IssueKind = 'progress' | 'resources' | 'process' | 'other';
export type Locale = 'zh-TW' | 'zh-CN' | 'en';
/** P3: head, core and support vote; observer and external do not. */
export type ParticipantRole = 'head' | 'core' | 'support' | 'observer' | 'external';
export type Reply = 'accepted' | 'declined' | 'tentative';
export type Outcome = 'decided' | 'informed' | 'deferred' | 'dropped';
/** E9: on what a topic's decision rests. */
export type Basis = 'vote' | 'noObjection' | 'ruling';
export type KeyPointKind = 'information' | 'decision' | 'concern';
export type Choice = 'agree' | 'against' | 'neutral';
export type TrackedStatus = 'open' | 'overdue' | 'escalated' | 'reported' | 'done' | 'cancelled';
export type TaskKind = 'talk' | 'escalation' | 'topicStuck' | 'improvementPlan' | 'alternate';
/** H8: how something reached whoever entered it for somebody else. */
export type Channel = 'telephone' | 'inPerson' | 'mail' | 'message' | 'other';

/** Who did something, and how it came (H8: entered for someone; link, page, API). Person ids only. */
export interface By {
  person?: PersonId;
  /** The key's id when no person stands behind it. */
  key?: string;
  /** H8: entered for somebody else, who said it this way. */
  channel?: Channel;
  /** H6: the person for whom an assistant did it. */
  onBehalfOf?: PersonId;
  /** calendar: the button of a calendar program (N2). */
  via: 'api' | 'link' | 'calendar' | 'clock' | 'engine';
}

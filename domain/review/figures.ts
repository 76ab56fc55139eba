/**
 * R1: the figures of a quarter. Every figure is a part of a whole, so that any two scopes or quarters can be added up and
 * every figure leads to the rows it is made of. How each is counted stands in docs/review.md, word for word the same in all
 * three languages' reports.
 */

/** In the order in which reports show them. */
export const figureNames = [
  /** Meetings held (opened at least once) · of all that were announced and neither cancelled. */
  'held',
  /** Meetings that lapsed · of the same whole. */
  'lapsed',
  /** Emergency meetings (X1) · of those held. */
  'emergency',
  /** Notices sent at least norms.noticeHours before the start (N1) · of regular meetings announced. */
  'noticeOnTime',
  /** Replies given before the start (N2) · of people invited. */
  'replies',
  /** Held with more people than norms.participantsCap, by reason or emergency (P4) · of those held. */
  'overCap',
  /** Ended after the end that was announced (E15) · of those held. */
  'overTime',
  /** Minutes sent within norms.minutesHours (M1) · of those whose minutes are due. */
  'minutesOnTime',
  /** Actions done by their first due date (F6) · of those first due in the quarter, not cancelled by decision. */
  'actionCompletion',
  /** Topics that an earlier held meeting had on its agenda already · of all topics on agendas of held meetings. */
  'repeatedTopics',
  /** Sum of survey means (F5), 1 to 5 · number of meetings with a mean. */
  'survey',
  /** Sum of effectiveness (F6), 1 to 5 · number of meetings rated. */
  'effectiveness',
  /** Improvement plans raised (F6) · of meetings closed. */
  'plansRaised',
  /** Of the plans raised in meetings of the quarter, those done · of all of them. */
  'plansDone',
  /** Held meetings with 3 or more departments where none spoke for over norms.speakingSharePercent (E7) · of those with turns. */
  'speakingBalance',
] as const;
export type FigureName = (typeof figureNames)[number];

/** What has a list of rows: the figures, and beside them what became of topics (R3's pie). */
export const outcomeNames = ['decided', 'informed', 'deferred', 'dropped'] as const;
export const listNames = [...figureNames, ...outcomeNames] as const;
export type ListName = (typeof listNames)[number];
export const isOutcome = (name: ListName): name is (typeof outcomeNames)[number] =>
  (outcomeNames as readonly string[]).includes(name);

/** `value = part ÷ whole`; nothing to say where whole is 0. */
export interface Figure {
  part: number;
  whole: number;
}
export type Figures = Record<FigureName, Figure>;

/** share: shown as per cent · mean: shown with one decimal on the scale of 1 to 5. */
export const figureKind = (name: FigureName): 'share' | 'mean' =>
  name === 'survey' || name === 'effectiveness' ? 'mean' : 'share';

/** Whether more is better; undefined where neither is. */
export const figureSense: Record<FigureName, 'more' | 'less' | undefined> = {
  held: 'more',
  lapsed: 'less',
  emergency: undefined,
  noticeOnTime: 'more',
  replies: 'more',
  overCap: 'less',
  overTime: 'less',
  minutesOnTime: 'more',
  actionCompletion: 'more',
  repeatedTopics: 'less',
  survey: 'more',
  effectiveness: 'more',
  plansRaised: 'less',
  plansDone: 'more',
  speakingBalance: 'more',
};

export const valueOf = ({ part, whole }: Figure): number | undefined => (whole === 0 ? undefined : part / whole);

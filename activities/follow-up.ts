import type { MeetingState } from '../domain/meeting/state.js';
import type { FollowUp } from '../domain/series/follow-up.js';
import type { Ports } from './ports.js';

/** S1: what became of the actions of the series' last meeting; undefined while there was none. */
export async function lastFollowUp(
  { series }: Pick<Ports, 'series'>,
  { previousMeeting }: Pick<MeetingState, 'previousMeeting'>,
): Promise<FollowUp | undefined> {
  return previousMeeting === undefined ? undefined : ((await series.followUp(previousMeeting)) ?? undefined);
}

/** The events as they go over the wire (HTML, server-sent events). JSON has no line breaks of its own. */
import type { FeedEntry } from '../../archive/feed.js';
import type { MeetingState, Phase } from '../../domain/meeting/state.js';

export interface Snapshot {
  revision: number;
  /** The meeting as GET /v1/meetings/{id} answers it. */
  meeting: object;
}

/** After how many milliseconds a reader connects again. */
export const hello = 'retry: 2000\n\n';
export const heartbeat = ': \n\n';

export const snapshotText = ({ revision, meeting }: Snapshot): string =>
  `event: snapshot\nid: ${revision}\ndata: ${JSON.stringify(meeting)}\n\n`;

/** What a change tells a reader: all of it, not what it was about, or only that there was one. */
export type Tells = 'all' | 'what' | 'that';

/** H7: no list and no vote for external people; H10: not which of the things that are hidden from them was touched. */
export function tellsTo(view: MeetingState): Tells {
  if (view.outside === true) return 'that';
  return view.agenda.some((topic) => topic.hidden === true) ? 'what' : 'all';
}

/** What changed, small: ids and codes. `phase` is the one at the newest revision that is known. */
export function changeText(entry: FeedEntry, phase: Phase, iso: (at: number) => string, tells: Tells = 'all'): string {
  const { revision, at, event, person, via, onBehalfOf, ref } = entry;
  const data = {
    revision,
    now: iso(at),
    phase,
    ...(tells === 'that' ? {} : { event, by: person, via, onBehalfOf }),
    ...(tells === 'all' ? { ref } : {}),
  };
  return `event: change\nid: ${revision}\ndata: ${JSON.stringify(data)}\n\n`;
}

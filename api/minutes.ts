/** The minutes' text lives in the archive under its hash, the meeting holds version and hash (M1). Used by route and form. */
import type { MinutesContent } from '../archive/ports.js';
import type { Instant } from '../domain/calendar/index.js';
import type { Locale, MeetingState } from '../domain/meeting/state.js';
import { contentFor } from '../domain/meeting/visibility.js';
import { minutesDocument } from '../render/minutes.js';
import type { MinutesDocument } from '../render/minutes.js';
import { draftMinutes } from '../render/minutes-draft.js';
import { departmentsOf, peopleOf } from '../render/names.js';
import { inputTexts } from './alternates.js';
import { analysesOf } from './analyses.js';
import type { Api } from './context.js';
import { problem } from './errors.js';

/** What a caller corrects; what is left out stays as it is. */
export interface MinutesEdit {
  summary?: string | undefined;
  topics?: { topicId: string; conclusion?: string | undefined }[] | undefined;
  nextMeetingAt?: Instant | undefined;
}

/** The text as it stands; before the draft is kept, what the record says. 404 while the meeting has no minutes. */
export async function minutesText(api: Api, state: MeetingState): Promise<MinutesContent> {
  const { minutes } = state;
  if (minutes === undefined) problem('NotFound', 'M1.noMinutes', '', { phase: state.phase });
  const kept = minutes.hash === undefined ? null : await api.deps.archive.minutes.load(state.id, minutes.hash);
  return contentFor(state, kept ?? draftMinutes(state));
}

/** The text with the corrections; a topic that the agenda does not have is refused. */
export function corrected(state: MeetingState, before: MinutesContent, edit: MinutesEdit): MinutesContent {
  const topics = new Map(before.topics.map((t) => [t.topicId, t.conclusion]));
  edit.topics?.forEach(({ topicId, conclusion }, i) => {
    if (!state.agenda.some((t) => t.topicId === topicId))
      problem('BadInput', 'E4.noSuchTopic', `topics[${i}].topicId`, { topicId });
    topics.set(topicId, conclusion);
  });
  const summary = edit.summary ?? before.summary;
  const nextMeetingAt = edit.nextMeetingAt ?? before.nextMeetingAt;
  return {
    ...(summary === undefined ? {} : { summary }),
    topics: [...topics].map(([topicId, conclusion]) => ({ topicId, ...(conclusion ? { conclusion } : {}) })),
    ...(nextMeetingAt === undefined ? {} : { nextMeetingAt }),
  };
}

/** The whole document for one reader, names as they are now. */
export async function minutesFor(
  api: Api,
  state: MeetingState,
  locale: Locale,
  readerZone?: string,
): Promise<MinutesDocument> {
  const { directory } = api.deps.archive;
  const [content, written, people, departments, inputs] = await Promise.all([
    minutesText(api, state),
    analysesOf(api, state),
    directory.people(peopleOf(state)),
    directory.departments(departmentsOf(state)),
    inputTexts(api, state),
  ]);
  const analyses = Object.fromEntries(written.map((w) => [w.analysis.topicId, w.content]));
  return minutesDocument({ state, content, analyses, locale, people, departments, readerZone, inputs });
}

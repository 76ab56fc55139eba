/** The minutes' text lives in the archive under its hash, the meeting holds version and hash (M1). Used by routes and forms. */
import type { MinutesContent } from '../archive/ports.js';
import type { Instant } from '../domain/calendar/index.js';
import { fault } from '../domain/errors.js';
import type { MinutesEditInput } from '../domain/meeting/commands.js';
import { versionsOf } from '../domain/meeting/corrections.js';
import type { Locale, MeetingState, MinutesVersion, PersonId } from '../domain/meeting/state.js';
import { contentFor, isExternal } from '../domain/meeting/visibility.js';
import { changedTopics } from '../render/minutes-diff.js';
import { minutesDocument } from '../render/minutes.js';
import type { MinutesDocument } from '../render/minutes.js';
import { draftMinutes } from '../render/minutes-draft.js';
import { departmentsOf, peopleOf } from '../render/names.js';
import { inputTexts } from './alternates.js';
import { analysesOf } from './analyses.js';
import type { Principal } from './auth.js';
import type { Api } from './context.js';
import { Problem, problem } from './errors.js';

/** What a caller corrects; what is left out stays as it is. */
export interface MinutesEdit {
  summary?: string | undefined;
  topics?: { topicId: string; conclusion?: string | undefined }[] | undefined;
  nextMeetingAt?: Instant | undefined;
}

/** The version asked for, else the one that stands. 404 naming those that there are. */
export function versionOf(state: MeetingState, version?: number): MinutesVersion {
  const all = versionsOf(state);
  const { minutes } = state;
  const found = version === undefined ? minutes?.versions.at(-1) : all.find((v) => v.version === version);
  if (found !== undefined) return found;
  if (all.length === 0 || version === undefined) problem('NotFound', 'M1.noMinutes', '', { phase: state.phase });
  problem('NotFound', 'M3.noSuchVersion', 'version', { version, versions: all.map((v) => String(v.version)) });
}

/** The text as it stands, or as a version had it; before the draft is kept, what the record says. 404 without minutes. */
export async function minutesText(api: Api, state: MeetingState, version?: number): Promise<MinutesContent> {
  const { hash } = versionOf(state, version);
  const kept = hash === undefined ? null : await api.deps.archive.minutes.load(state.id, hash);
  return contentFor(state, kept ?? draftMinutes(state));
}

/** The text with the corrections; a topic that the agenda does not have is refused. */
export function corrected(state: MeetingState, before: MinutesContent, edit: MinutesEdit): MinutesContent {
  const topics = new Map(before.topics.map((t) => [t.topicId, t.conclusion]));
  edit.topics?.forEach(({ topicId, conclusion }, i) => {
    const topic = state.agenda.find((t) => t.topicId === topicId);
    if (topic === undefined) problem('BadInput', 'E4.noSuchTopic', `topics[${i}].topicId`, { topicId });
    // E14: what was decided keeps a conclusion.
    if (topic.outcome === 'decided' && !conclusion)
      problem('BadInput', 'E14.conclusionNeeded', `topics[${i}].conclusion`, { title: topic.title });
    topics.set(topicId, conclusion);
  });
  const summary = edit.summary ?? before.summary;
  const nextMeetingAt = edit.nextMeetingAt ?? before.nextMeetingAt;
  return {
    ...(summary === undefined ? {} : { summary }),
    topics: [...topics].map(([topicId, conclusion]) => ({ topicId, ...(conclusion ? { conclusion } : {}) })),
    ...(nextMeetingAt === undefined ? {} : { nextMeetingAt }),
    ...(before.followUp === undefined ? {} : { followUp: before.followUp }),
  };
}

/** Keeps a new text, and says what the command needs to know of it (M3, H7). */
export async function keepText(
  api: Api,
  state: MeetingState,
  before: MinutesContent,
  after: MinutesContent,
): Promise<Omit<MinutesEditInput, 'reason'>> {
  const hash = await api.deps.archive.minutes.save(state.id, after);
  const { nextMeetingAt } = after;
  return {
    hash,
    changed: changedTopics(before, after),
    ...(nextMeetingAt === undefined || nextMeetingAt === before.nextMeetingAt ? {} : { nextMeetingAt }),
  };
}

/** H7: external people get their own extract, of versions that were released to them; others may look at one. */
export function extractFor(
  state: MeetingState,
  principal: Principal,
  asked?: PersonId,
  versions: (number | undefined)[] = [],
): PersonId | undefined {
  const own = principal.actor.person;
  if (!principal.seesAll && own !== undefined && isExternal(state, own)) {
    const given = state.minutes?.extractVersions ?? [];
    const unseen = versions.some((v) => v !== undefined && !given.includes(v));
    if ((asked ?? own) !== own || given.length === 0 || unseen)
      throw new Problem('Forbidden', [fault('H7.extractOnly')]);
    return own;
  }
  if (asked !== undefined && !isExternal(state, asked)) problem('NotFound', 'H7.notExternal', 'extract');
  return asked;
}

export interface Reading {
  readerZone?: string | undefined;
  version?: number | undefined;
  extractFor?: PersonId | undefined;
}

/** The whole document for one reader, names as they are now. */
export async function minutesFor(
  api: Api,
  state: MeetingState,
  locale: Locale,
  { readerZone, version, extractFor: external }: Reading = {},
): Promise<MinutesDocument> {
  const { directory } = api.deps.archive;
  // What external people read is the version that was released to them.
  const wanted = version ?? (external === undefined ? undefined : state.minutes?.extractVersion);
  const content = await minutesText(api, state, wanted);
  const [written, people, departments, inputs] = await Promise.all([
    analysesOf(api, state),
    directory.people(peopleOf(state, content.followUp)),
    directory.departments(departmentsOf(state, content.followUp)),
    inputTexts(api, state),
  ]);
  const analyses = Object.fromEntries(written.map((w) => [w.analysis.topicId, w.content]));
  const told = asOf(state, versionOf(state, wanted));
  const shown = { analyses, readerZone, inputs, extractFor: external };
  return minutesDocument({ state: told, content, locale, people, departments, ...shown });
}

/** The meeting with the minutes as they stood with a version: its number, and whether somebody had confirmed by then. */
function asOf(state: MeetingState, { version, kind }: MinutesVersion): MeetingState {
  const { minutes } = state;
  if (!minutes || version === minutes.version) return state;
  const { confirmedAt, ...rest } = minutes;
  const firstCorrection = minutes.versions.find((v) => v.kind === 'correction')?.version ?? minutes.version + 1;
  const confirmed = kind === 'correction' || (version === firstCorrection - 1 && confirmedAt !== undefined);
  return { ...state, minutes: { ...rest, version, ...(confirmed ? { confirmedAt } : {}) } };
}

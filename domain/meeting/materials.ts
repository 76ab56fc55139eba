/** P8: materials of a topic: handed in as a file or a link, a new version each time, frozen at the close. */
import type { Instant } from '../calendar/index.js';
import { refuse } from '../errors.js';
import { materialsDueAt, shownAgenda } from './agenda.js';
import { announceLater } from './announce.js';
import { changed, nextId } from './change.js';
import { hints } from './checks.js';
import type { CommandInput, CommandResult } from './commands.js';
import type { Change, Effect } from './effects.js';
import { topicOf, withTopic } from './execution.js';
import { findMaterial, isMissing } from './prepared.js';
import type { By, Material, MeetingState, Topic } from './state.js';

export const mostMaterials = 20;

/** P8: adds a material to a topic, or hands in the next version of one. The bytes lie elsewhere; here are their hash and size. */
export function material(
  state: MeetingState,
  input: CommandInput<'material'>,
  now: Instant,
  by: By,
): Change<CommandResult<'material'>> {
  const topic = topicOf(state, input.topicId);
  if (input.materialId === undefined) return added(state, topic, input, now, by);
  const before = topic.materials.find((m) => m.id === input.materialId);
  if (before === undefined) refuse('NotFound', 'P8.noSuchMaterial', 'materialId', { id: input.materialId });
  return handedIn(state, topic, before, input, now, by);
}

function added(state: MeetingState, topic: Topic, input: CommandInput<'material'>, now: Instant, by: By) {
  const { title, owner } = input;
  if (title === undefined) refuse('BadInput', 'input.required', 'title');
  if (owner === undefined) refuse('BadInput', 'input.required', 'owner');
  if (topic.materials.length >= mostMaterials)
    refuse('Conflict', 'P8.tooMany', '', { max: mostMaterials, title: topic.title });
  const { id, state: counted } = nextId(state, 'm');
  const dueAt = materialsDueAt(state.startsAt, state.calendar, state.zone, state.norms);
  return handedIn(counted, topic, { id, title, owner, dueAt }, input, now, by);
}

function handedIn(
  state: MeetingState,
  topic: Topic,
  before: Material,
  input: CommandInput<'material'>,
  now: Instant,
  by: By,
): Change<CommandResult<'material'>> {
  const { link, file } = input;
  const isVersion = file !== undefined || (link !== undefined && link !== before.link);
  const version = (before.version ?? (isMissing(before) ? 0 : 1)) + (isVersion ? 1 : 0);
  const { file: _, link: __, ...rest } = before;
  const content = isVersion ? (file === undefined ? { link } : { file }) : { link: before.link, file: before.file };
  const next: Material = {
    ...rest,
    title: input.title ?? before.title,
    owner: input.owner ?? before.owner,
    dueAt: input.dueAt ?? before.dueAt,
    ...(version > 0 ? { version } : {}),
    ...(isVersion ? { handedInAt: now } : {}),
    ...present(content),
  };
  const known = topic.materials.some((m) => m.id === next.id);
  const materials = known ? topic.materials.map((m) => (m.id === next.id ? next : m)) : [...topic.materials, next];
  const after = withTopic(state, { ...topic, materials });
  const noticeAt = state.publishedAt ?? now;
  const warned = input.dueAt === undefined ? after : { ...after, warnings: hints(after, noticeAt) };
  const about = { topicId: topic.topicId, materialId: next.id, version, title: next.title, owner: next.owner };
  const kept: Effect[] = isVersion ? [{ type: 'keepFile', ...about, ...present(content), by }] : [];
  const asks = isMissing(next) && askedOf(before) !== askedOf(next);
  const told = asks || (!known && isMissing(next)) ? announced(state, warned, now) : unannounced(state, warned);
  return changed(told, kept, { id: next.id, version });
}

/**
 * P8: a link that came with the agenda, or replaced another one, is handed in like any other: a version with its moment, for
 * the archive.
 */
export function withLinks<S extends Pick<MeetingState, 'agenda'>>(
  before: Pick<MeetingState, 'agenda'>,
  after: S,
  now: Instant,
  by: By,
): { state: S; effects: Effect[] } {
  const effects: Effect[] = [];
  const stamped = (topic: Topic, m: Material): Material => {
    const was = findMaterial(before, m.id)?.material;
    if (m.link === undefined || m.link === was?.link) return m;
    const version = (was?.version ?? (was === undefined || isMissing(was) ? 0 : 1)) + 1;
    const about = { topicId: topic.topicId, materialId: m.id, version, title: m.title, owner: m.owner };
    effects.push({ type: 'keepFile', ...about, link: m.link, by });
    return { ...m, version, handedInAt: now };
  };
  const agenda = after.agenda.map((t) => ({ ...t, materials: t.materials.map((m) => stamped(t, m)) }));
  return effects.length === 0 ? { state: after, effects } : { state: { ...after, agenda }, effects };
}

/** What its owner has to know of a material. */
const askedOf = ({ title, owner, dueAt }: Material): string => JSON.stringify([title, owner, dueAt]);

/** N4: that something else is to be prepared is a change of the agenda. */
const announced = (before: MeetingState, after: MeetingState, now: Instant): MeetingState =>
  before.phase === 'notice' ? announceLater(before, after, undefined, now) : after;

/** What is handed in is found where it was announced; no mail tells of it, not even as part of another change. */
function unannounced(before: MeetingState, after: MeetingState): MeetingState {
  const { pendingChange } = before;
  if (pendingChange?.announced.agenda !== shownAgenda(before)) return after;
  const known = { ...pendingChange.announced, agenda: shownAgenda(after) };
  return { ...after, pendingChange: { ...pendingChange, announced: known } };
}

/** P8: what was handed in by the close is what the meeting had; it is kept as it is. */
export function freezeFiles(agenda: Topic[]): Effect[] {
  return agenda.some((t) => t.materials.some((m) => m.version !== undefined)) ? [{ type: 'freezeFiles' }] : [];
}

function present(content: Pick<Material, 'link' | 'file'>): Pick<Material, 'link' | 'file'> {
  return Object.fromEntries(Object.entries(content).filter(([, v]) => v !== undefined));
}

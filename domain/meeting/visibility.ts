/**
 * Who sees what of a meeting (H7, H10): one function for every way in which a meeting leaves this system, `viewFor`. Lists
 * ask the archive, which keeps what `involved` and `readersOfItem` say.
 */
import type { Instant } from '../calendar/index.js';
import { principalsOf } from './assistants.js';
import { isPmo } from '../pmo.js';
import type { Actor } from './commands.js';
import type { Floor } from './floor.js';
import { participantOf } from './people.js';
import type {
  Amendment,
  Action,
  Alternate,
  FollowUpTask,
  MeetingState,
  MinutesState,
  Objection,
  PersonId,
  Plan,
  Topic,
} from './state.js';

/** Who looks. */
export type Viewer = Pick<Actor, 'person' | 'key' | 'roles' | 'assists' | 'leads'>;

/** Everyone with a part in the meeting: they may see it, and `?person=` finds it. */
export function involved(state: MeetingState): PersonId[] {
  return there([
    ...officers(state),
    state.createdBy.person,
    ...state.participants.flatMap((p) => [p.person, p.standsFor]),
    ...state.supportDepartments.map((d) => d.person),
    ...Object.values(state.rsvps).map((rsvp) => rsvp.delegate),
    ...state.agenda.flatMap((topic) => [topic.presenter, ...topic.materials.map((m) => m.owner)]),
    ...state.actions.flatMap((action) => [action.owner, action.internalContact]),
    ...state.plans.map((plan) => plan.owner),
    ...[...state.actions, ...state.plans].map((item) => item.block?.head),
    ...state.tasks.flatMap(askedBy),
  ]);
}

/** Those who lead and record; they see every topic. */
function officers(state: MeetingState): (PersonId | undefined)[] {
  const { host, deputyHost, actingHost, coordinator, recorder, sponsor, initiator } = state;
  return [host, deputyHost, actingHost, coordinator, recorder, sponsor, initiator.person];
}

/** Whom a task asks, and those who were asked before it went one up. */
function askedBy(task: FollowUpTask): (PersonId | undefined)[] {
  return [task.assignee, ...(task.chain ?? []).slice(0, (task.step ?? 0) + 1)];
}

const there = (people: (PersonId | undefined)[]): PersonId[] => [
  ...new Set(people.filter((p): p is PersonId => p !== undefined)),
];

/** H7: comes from outside, and holds nothing in the meeting that makes them one of the house. */
export function isExternal(state: MeetingState, person: PersonId): boolean {
  if (officers(state).includes(person)) return false;
  const seat = participantOf(state, person);
  if (seat) return seat.role === 'external';
  return state.participants.some((p) => p.role === 'external' && state.rsvps[p.person]?.delegate === person);
}

const isAbout = (task: FollowUpTask, topicId: string): boolean => task.kind === 'topicStuck' && task.about === topicId;

/** H10: an own topic, its presenter, who prepares for it, who is to choose for it (F4), and the offices. */
export function readersOfTopic(state: MeetingState, topic: Topic): PersonId[] {
  const own = state.participants.filter((p) => p.topics.includes(topic.topicId)).map((p) => p.person);
  const asked = state.tasks.filter((t) => isAbout(t, topic.topicId)).flatMap(askedBy);
  return there([...officers(state), ...own, topic.presenter, ...topic.materials.map((m) => m.owner), ...asked]);
}

/** What has lists of its own. */
type Listed = Action | Plan | FollowUpTask | Alternate;

/**
 * H7, H10: who, of all with a part in the meeting, sees an action, plan or task in lists. Undefined: all of them.
 */
export function readersOfItem(state: MeetingState, item: Listed): PersonId[] | undefined {
  const all = involved(state);
  const about =
    'person' in item
      ? undefined
      : 'about' in item
        ? [...state.actions, ...state.plans].find((x) => x.id === item.about)
        : item;
  const topicId =
    'about' in item && item.kind === 'topicStuck'
      ? item.about
      : about && 'topicId' in about
        ? about.topicId
        : undefined;
  const topic = state.agenda.find((t) => t.topicId === topicId);
  const inside = all.filter((p) => !isExternal(state, p));
  const general = topic?.confidential ? readersOfTopic(state, topic).filter((p) => inside.includes(p)) : inside;
  const readers = there([...general, ...stakeIn(state, item)]);
  return readers.length === all.length ? undefined : readers;
}

/** Whose own it is, whatever else they see: owner, contact, and whom its tasks ask. */
function stakeIn(state: MeetingState, item: Listed): PersonId[] {
  if ('person' in item) return [item.person];
  if ('about' in item) return there(askedBy(item));
  const contact = 'internalContact' in item ? item.internalContact : undefined;
  const head = 'block' in item ? item.block?.head : undefined;
  return there([item.owner, contact, head, ...state.tasks.filter((t) => t.about === item.id).flatMap(askedBy)]);
}

/** The people whose eyes a viewer has: their own, and of those they assist (H6). */
export function selvesOf(viewer: Viewer, now: Instant): PersonId[] {
  return there([viewer.person, ...principalsOf(viewer, now)]);
}

/**
 * Who may know of the meeting: administrators; who has a part in it; and unless it is confidential (H10) other systems and
 * the PMO. A confidential one is also seen by the key that made it.
 */
export function maySee(state: MeetingState, viewer: Viewer, now: Instant): boolean {
  if (viewer.roles.includes('admin')) return true;
  const all = involved(state);
  return selvesOf(viewer, now).some((p) => all.includes(p)) || overlooks(state, viewer);
}

/** Sees meetings without a part in them. */
function overlooks(state: MeetingState, viewer: Viewer): boolean {
  if (madeIt(state, viewer)) return true;
  if (state.confidential === true) return false;
  return viewer.roles.includes('service') || isPmo(viewer, state.norms.pmo);
}

/** Another system, with the key that made the meeting. */
function madeIt(state: MeetingState, { key, roles }: Viewer): boolean {
  return roles.includes('service') && key !== undefined && state.createdBy.key === key;
}

/**
 * The meeting as this viewer may see it; undefined: not at all. `hiddenTitle`: what stands for the title of a topic that is
 * confidential to others. What is shown to somebody twice is the same as what is shown once.
 */
export function viewFor(state: MeetingState, viewer: Viewer, now: Instant, hiddenTitle = ''): MeetingState | undefined {
  if (!maySee(state, viewer, now)) return undefined;
  if (viewer.roles.includes('admin') || madeIt(state, viewer)) return state;
  const selves = selvesOf(viewer, now);
  if (isOutsider(state, viewer, now)) return outsideView(state, selves);
  return withoutHidden(state, selves, hiddenTitle);
}

/** H7: whatever part this viewer has, it is an external one. */
export function isOutsider(state: MeetingState, viewer: Viewer, now: Instant): boolean {
  if (viewer.roles.includes('admin') || overlooks(state, viewer)) return false;
  const all = involved(state);
  const parts = selvesOf(viewer, now).filter((p) => all.includes(p));
  return parts.length > 0 && parts.every((p) => isExternal(state, p));
}

/** H10: what belongs to topics that are confidential to others; the topic itself stays as a place in the agenda. */
function withoutHidden(state: MeetingState, selves: PersonId[], hiddenTitle: string): MeetingState {
  const mine = (people: (PersonId | undefined)[]): boolean => people.some((p) => p !== undefined && selves.includes(p));
  const secret = state.agenda.filter((t) => t.confidential === true && !mine(readersOfTopic(state, t)));
  if (secret.length === 0) return state;
  const ids = secret.map((t) => t.topicId);
  const open = (topicId: string | undefined): boolean => topicId === undefined || !ids.includes(topicId);
  const actions = state.actions.filter((a) => open(a.topicId) || mine(stakeIn(state, a)));
  const closed = state.actions.filter((a) => !open(a.topicId)).map((a) => a.id);
  const hiddenActions = closed.filter((id) => !actions.some((a) => a.id === id));
  return {
    ...state,
    agenda: state.agenda.map((t) => (open(t.topicId) ? t : covered(t, hiddenTitle))),
    participants: state.participants.map((p) => ({ ...p, topics: p.topics.filter(open) })),
    keyPoints: state.keyPoints.filter((k) => open(k.topicId)),
    // Whoever votes has to read what they vote on.
    votes: state.votes.filter((v) => open(v.topicId) || mine(v.electorate)),
    ...(state.minutes
      ? {
          minutes: withAmendments(
            withObjections(state.minutes, (o) => open(o.topicId) || mine([o.person])),
            (a) => (a.part === 'keyPoint' ? open(a.topicId) : a.part !== 'action' || !hiddenActions.includes(a.id)),
          ),
        }
      : {}),
    ...reopenings(state, (o) => open(o.topicId) || mine([o.person])),
    ...(state.floor === undefined ? {} : { floor: floorWithout(state.floor, open) }),
    ...(state.writtenInputs === undefined ? {} : { writtenInputs: state.writtenInputs.filter((w) => open(w.topicId)) }),
    actions,
    tasks: state.tasks.filter((t) => !(closed.includes(t.about) || ids.includes(t.about)) || mine(askedBy(t))),
    warnings: state.warnings.filter((w) => !secret.some((t) => w.params['title'] === t.title)),
  };
}

/** H10: groups and analyses of a topic are its own; that somebody speaks is seen by all in the room. */
function floorWithout(floor: Floor, open: (topicId: string | undefined) => boolean): Floor {
  return {
    ...floor,
    turns: floor.turns.map((t) => (open(t.topicId) ? t : { ...t, topicId: undefined })),
    breakouts: floor.breakouts.filter((b) => open(b.topicId)),
    analyses: floor.analyses.filter((a) => open(a.topicId)),
  };
}

/** M3: what somebody objects to a topic tells of it. */
/** M3, H10: what was mended, of what the viewer may see. */
function withAmendments(minutes: MinutesState, shown: (amendment: Amendment) => boolean): MinutesState {
  return minutes.amendments === undefined ? minutes : { ...minutes, amendments: minutes.amendments.filter(shown) };
}

function withObjections(minutes: MinutesState, shown: (objection: Objection) => boolean): MinutesState {
  const { objections } = minutes;
  return objections === undefined ? minutes : { ...minutes, objections: objections.filter(shown) };
}

function reopenings(state: MeetingState, shown: (o: Objection) => boolean): Pick<MeetingState, 'reopenings'> {
  if (state.reopenings === undefined) return {};
  return {
    reopenings: state.reopenings.map((r) => ({
      ...r,
      ...(r.objections ? { objections: r.objections.filter(shown) } : {}),
    })),
  };
}

/** When it comes and how long it takes is seen by all who sit there. */
function covered(topic: Topic, title: string): Topic {
  const { topicId, minutes, priority, order, status, startedAt, endedAt, spentMs } = topic;
  const shown = { topicId, title, minutes, priority, order, status, startedAt, endedAt, spentMs };
  return { ...shown, materials: [], confidential: true, hidden: true };
}

/**
 * H7: an external person sees when, where and for what, who hosts and coordinates, their own topics with what was released
 * to them, their own actions, and what confirmed or released minutes say of their topics. No list, no vote, no survey.
 */
function outsideView(state: MeetingState, selves: PersonId[]): MeetingState {
  const mine = (person: PersonId | undefined): boolean => person !== undefined && selves.includes(person);
  const seats = state.participants.filter((p) => mine(p.person) || mine(state.rsvps[p.person]?.delegate));
  const own = (t: Topic): boolean =>
    seats.some((p) => p.topics.includes(t.topicId)) || mine(t.presenter) || t.materials.some((m) => mine(m.owner));
  const { minutes } = state;
  const approved = minutes?.confirmedAt !== undefined || minutes?.extractVersion !== undefined;
  const agenda = state.agenda.filter(own).map((t) => releasedOf(t, selves, approved));
  const ids = agenda.map((t) => t.topicId);
  const kept = <T>(record: Record<PersonId, T>): Record<PersonId, T> =>
    Object.fromEntries(Object.entries(record).filter(([person]) => seats.some((p) => p.person === person)));
  return {
    ...state,
    deputyHost: undefined,
    recorder: undefined,
    sponsor: undefined,
    participants: seats.map((p) => ({ ...p, topics: p.topics.filter((t) => ids.includes(t)) })),
    supportDepartments: [],
    agenda,
    capReason: undefined,
    seriesId: undefined,
    warnings: [],
    rsvps: kept(state.rsvps),
    attendance: kept(state.attendance),
    keyPoints: [],
    votes: [],
    floor: undefined,
    readings: state.readings && kept(state.readings),
    alternates: state.alternates?.filter((a) => mine(a.person)),
    writtenInputs: state.writtenInputs?.filter((w) => mine(w.person)),
    pendingChange: undefined,
    actions: state.actions.filter((a) => mine(a.owner)).map((a) => (ids.includes(a.topicId ?? '') ? a : untied(a))),
    plans: state.plans.filter((p) => mine(p.owner)),
    tasks: state.tasks.filter((t) => mine(t.assignee)),
    minutes:
      approved && minutes
        ? withAmendments(
            withObjections(minutes, (o) => mine(o.person)),
            () => false,
          )
        : undefined,
    ...reopenings(state, (o) => mine(o.person)),
    survey: undefined,
    effectiveness: undefined,
    outside: true,
  };
}

function releasedOf(topic: Topic, selves: PersonId[], approved: boolean): Topic {
  const materials = topic.materials.filter((m) => m.released === true || selves.includes(m.owner));
  // What it was decided on is said, but no vote is shown.
  const { outcome, basis, voteId: ___, conclusion, deferral, timesCarried: _, lastChoice: __, ...open } = topic;
  return { ...open, materials, ...(approved ? { outcome, basis, conclusion, deferral } : {}) };
}

function untied({ topicId: _, ...action }: Action): Action {
  return action;
}

/** M1: what the minutes say of what this view shows; what is said of the whole is for the house. */
export function contentFor<T extends { summary?: string; topics: { topicId: string }[] }>(
  view: MeetingState,
  content: T,
): T {
  const shown = view.agenda.filter((t) => t.hidden !== true).map((t) => t.topicId);
  const topics = content.topics.filter((t) => shown.includes(t.topicId));
  if (view.outside !== true) return topics.length === content.topics.length ? content : { ...content, topics };
  const { summary: _, ...rest } = content;
  return { ...rest, topics } as T;
}

/** What somebody is told who has no part any more (N4: taken off the list): when, where and who hosts. */
export function partingView(state: MeetingState): MeetingState {
  return outsideView(state, []);
}

/** N4: a cancelled meeting is revived, and any other one repeated, by a copy: a new draft with the same people and topics. */
import { isEnded } from '../domain/meeting/phases.js';
import type { CreateMeetingInput, TopicInput } from '../domain/meeting/commands.js';
import type { MeetingState, Topic } from '../domain/meeting/state.js';
import type { Principal } from './auth.js';
import type { Api } from './context.js';
import { createFrom } from './create.js';
import { instantIn } from './dates.js';
import type { Idempotency } from './idempotency.js';
import type { copyBody } from './schemas/before.js';
import { stillReleased } from './stories.js';
import { zoneFor } from './zones.js';
import type { z } from 'zod';

export async function copyMeeting(
  api: Api,
  id: string,
  body: z.output<typeof copyBody>,
  principal: Principal,
  idempotency: Idempotency | undefined,
): Promise<MeetingState> {
  const { state } = await api.seeing.load(id, principal.actor, api.deps.config.locale);
  const zone = zoneFor(state.zone.name, api.deps.clock());
  const startsAt = instantIn(zone, body.startsAt, 'startsAt');
  const successStory = await stillReleased(api.deps.archive, state.successStory);
  const given = Object.fromEntries(Object.entries({ ...body, startsAt }).filter(([, v]) => v !== undefined));
  return createFrom(api, principal, idempotency, zone, (newId) => {
    const input = {
      ...copied(state),
      ...(successStory ? { successStory } : {}),
      ...given,
      id: newId,
      requestHash: idempotency?.hash,
    };
    // X1: a reason belongs to an emergency only.
    return input.kind === 'emergency' ? input : { ...input, emergencyReason: undefined };
  });
}

/**
 * X1: an emergency that was cancelled, or never held, is revived as one, since no notice period is left for anything else;
 * one that was held is repeated as a regular meeting, unless the caller says otherwise.
 */
const kindAgain = ({ kind, phase }: MeetingState): MeetingState['kind'] =>
  phase === 'cancelled' || phase === 'lapsed' ? kind : 'regular';

/** People on their own seats again, offices, topics; nothing of what was said or decided. */
function copied(state: MeetingState): Omit<CreateMeetingInput, 'id'> {
  const { title, goal, sharedGoal, issueKind, complex, startsAt, durationMinutes, place, onlineLink } = state;
  const { initiator, host, deputyHost, coordinator, recorder, sponsor, supportDepartments } = state;
  const { openDiscussionMinutes, breakMinutes, capReason, locale, secondLocale, seriesId } = state;
  const { confidential, emergencyReason } = state;
  const participants = state.participants.map(({ person, standsFor, department, role, key, topics }) => {
    const titles = topics.flatMap((t) => state.agenda.find((x) => x.topicId === t)?.title ?? []);
    return { person: standsFor ?? person, department, role, key, topics: titles };
  });
  const plan = { title, goal, sharedGoal, issueKind, complex, startsAt, durationMinutes, place, onlineLink };
  const offices = { initiator, host, deputyHost, coordinator, recorder, sponsor, supportDepartments };
  const rest = {
    openDiscussionMinutes,
    breakMinutes,
    capReason,
    locale,
    secondLocale,
    seriesId,
    confidential,
    kind: kindAgain(state),
    emergencyReason,
  };
  const agenda = state.agenda.filter((t) => t.hidden !== true).map((t) => topicInput(state, t));
  return { ...plan, ...offices, ...rest, participants, agenda };
}

/** A topic that was never dealt with is the same one again, so that its story goes on; else it is a new one. */
function topicInput({ phase }: MeetingState, topic: Topic): TopicInput {
  const { topicId, title, minutes, priority, department, presenter, expectedConclusion } = topic;
  const { format, materials, confidential } = topic;
  const same = isEnded(phase) && phase !== 'closed';
  const list = materials.map((m) => ({
    title: m.title,
    owner: m.owner,
    // P8: what was handed in was for that meeting.
    ...(m.link && m.version === undefined ? { link: m.link } : {}),
    released: m.released,
  }));
  const plan = {
    title,
    minutes,
    priority,
    department,
    presenter,
    expectedConclusion,
    format,
    confidential,
    materials: list,
  };
  return { ...plan, ...(same ? { topicId } : {}) };
}

/** F7: a person shares what they think of a meeting with a group, in their own words. */
import { z } from 'zod';
import type { Shared } from '../../activities/chat/share.js';
import { toIso, toLocal } from '../../domain/calendar/index.js';
import { minutesReaders } from '../../domain/meeting/people.js';
import type { MeetingState, PersonId, Phase } from '../../domain/meeting/state.js';
import { isOutsider } from '../../domain/meeting/visibility.js';
import type { Principal } from '../auth.js';
import type { Api } from '../context.js';
import { problem, unavailable } from '../errors.js';
import { Names } from '../present/context.js';
import { answers, commandRefusals, meetingParams } from '../route.js';
import type { Routes } from '../route.js';
import { bounds, lines, text } from '../schemas/base.js';

const tags = ['chat'];
const groupShape = z.object({ name: z.string() }).meta({ id: 'ChatGroup' });
const sharedShape = z
  .object({
    group: z.string(),
    at: z.string(),
    again: z.boolean().describe('The same words had gone there before; they did not go again.'),
  })
  .meta({ id: 'SharedImpression' });

const body = z
  .strictObject({
    group: text(bounds.name).describe('One of GET /v1/chat-groups.'),
    text: lines(bounds.text).describe('The words, as the group reads them, below your name and the meeting’s.'),
  })
  .meta({ id: 'ShareImpression' });

const held: readonly Phase[] = ['execution', 'minutes', 'followUp', 'closed'];

export const impressionRoutes: Routes = (app, api) => {
  app.get(
    '/v1/chat-groups',
    {
      schema: {
        tags,
        summary: 'The groups that people may share their words to (F7)',
        response: answers({ 200: z.object({ items: z.array(groupShape) }) }),
      },
    },
    () => Promise.resolve({ items: (api.deps.sharer?.groups ?? []).map((name) => ({ name })) }),
  );

  app.post(
    '/v1/meetings/:id/impressions',
    {
      schema: {
        tags,
        summary: 'Share your own words about a meeting with a group, at once (F7)',
        params: meetingParams,
        body,
        response: answers({ 201: sharedShape }, ...commandRefusals),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { state, now } = await api.seen(request, id);
      const person = whoShares(state, request.principal, now);
      const names = await Names.load(api.deps.archive.directory, { people: [person], departments: [] }, state.locale);
      const date = toLocal(state.zone, state.startsAt).date;
      const words = { meetingId: id, person, ...request.body, name: names.person(person).name, at: now };
      const again = await share(api, { ...words, title: state.title, date, locale: state.locale });
      return reply.code(201).send({ group: request.body.group, at: toIso(state.zone, now), again });
    },
  );
};

/** Who had a part in it, for themselves, once there is something to tell; of a confidential meeting nobody (H10). */
function whoShares(state: MeetingState, { actor }: Principal, now: number): PersonId {
  const { person } = actor;
  if (person === undefined || isOutsider(state, actor, now) || !minutesReaders(state).includes(person))
    return problem('Forbidden', 'F7.ownWords');
  if (state.confidential === true) return problem('Forbidden', 'F7.confidential');
  if (!held.includes(state.phase)) return problem('Conflict', 'F7.notHeld');
  return person;
}

async function share({ deps }: Api, words: Shared): Promise<boolean> {
  const sharing = (await deps.sharer?.share(words)) ?? { outcome: 'unknownGroup' as const };
  switch (sharing.outcome) {
    case 'sent':
      return false;
    case 'before':
      return true;
    case 'away':
      throw unavailable('F7.away', sharing.retryAfterSeconds);
    case 'refused':
      return problem('Conflict', 'F7.refused', 'group', { group: words.group });
    case 'unknownGroup':
      return problem('BadInput', 'F7.unknownGroup', 'group', { group: words.group });
  }
}

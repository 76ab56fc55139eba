/** A person's data: handed out to them, or taken away for good while the record stays whole (H4). */
import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { toIso } from '../../domain/calendar/index.js';
import type { PersonId } from '../../domain/meeting/state.js';
import { withoutPerson } from '../../domain/series/succession.js';
import type { OpenWork } from '../../archive/own-data.js';
import { requireAdmin } from '../auth.js';
import type { Api } from '../context.js';
import { problem } from '../errors.js';
import { ownPart } from '../own-part.js';
import { requireOwn } from '../own.js';
import { handedOverShape, putPersonStanding } from '../reorganise.js';
import { answers } from '../route.js';
import type { Routes } from '../route.js';
import { lines, personRef, text } from '../schemas/base.js';
import { change } from '../series/service.js';
import { zoneFor } from '../zones.js';

const tags = ['directory'];
const params = z.object({ ref: z.string().describe('Id or e-mail.') });
const meetingsAtOnce = 50;

const exportRoute: Routes = (app, api) => {
  app.get(
    '/v1/people/:ref/export',
    {
      schema: {
        tags,
        summary: 'All that is kept of a person, for them: one JSON document; no secrets, no anonymous answers',
        params,
        response: answers({}, 403, 404),
      },
    },
    async (request, reply) => {
      const person = await requireOwn(api, request, request.params.ref, { pmo: true });
      return reply
        .type('application/json; charset=utf-8')
        .headers({ 'content-disposition': `attachment; filename="${person}.json"`, 'cache-control': 'no-store' })
        .send(Readable.from(exported(api, person)));
    },
  );
};

/** Meeting after meeting, so that none of it is held in memory. */
async function* exported(api: Api, person: PersonId): AsyncGenerator<string> {
  const { directory, standing, ownData } = api.deps.archive;
  const [details, [kept], rows] = await Promise.all([
    directory.getPerson(person),
    standing.kept([person]),
    ownData.rows(person),
  ]);
  const head = { format: 'convoke-person', version: 1, person: { ...details, ...kept }, ...rows };
  yield `${JSON.stringify(head).slice(0, -1)},"meetings":[`;
  let comma = '';
  for (let last = ''; ;) {
    const states = await ownData.meetings(person, last, meetingsAtOnce);
    for (const state of states) {
      yield comma + JSON.stringify(ownPart(state, person));
      comma = ',\n';
      last = state.id;
    }
    if (states.length < meetingsAtOnce) break;
  }
  yield ']}\n';
}

const eraseBody = z
  .strictObject({
    reason: lines(2_000).describe('Kept with who did it and when; it should not name the person.'),
    confirm: text(254).describe('Their e-mail address once more, their name if they have none: it cannot be undone.'),
    successor: personRef().optional().describe('Takes over what is open; needed while anything is.'),
  })
  .meta({ id: 'ErasePerson' });

const erasedShape = z.object({
  id: z.string(),
  erasedAt: z.string(),
  handedOver: handedOverShape.optional(),
});

const eraseRoute: Routes = (app, api) => {
  app.post(
    '/v1/people/:ref/erase',
    {
      schema: {
        tags,
        summary: 'Erase a person: name, addresses, channels, keys; records keep their id. It cannot be undone',
        params,
        body: eraseBody,
        response: answers({ 200: erasedShape }, 400, 403, 404, 409, 422),
      },
    },
    async (request) => {
      requireAdmin(request.principal);
      const { archive, clock, config } = api.deps;
      const { ownData } = archive;
      const person = await requireOwn(api, request, request.params.ref);
      const { reason, confirm, successor: named } = request.body;
      const told = (at: number) => ({ id: person, erasedAt: toIso(zoneFor(config.timeZone, clock()), at) });
      const before = await ownData.erasure(person);
      if (before !== null) return told(before.at);
      const details = (await archive.directory.getPerson(person))!;
      const asked = details.email ?? details.name;
      if (confirm.trim().toLowerCase() !== asked.trim().toLowerCase())
        problem('BadInput', 'H4.eraseConfirm', 'confirm');
      const successor = named === undefined ? undefined : await api.known(named, 'successor');
      if (successor === person) problem('BadInput', 'H4.successorSelf', 'successor');
      await refuseOpen(api, await ownData.openWork(person), successor);
      const handedOver = await handOver(api, request, person, successor);
      const { actor } = request.principal;
      const at = clock();
      await ownData.erase({
        person,
        at,
        reason,
        ...(actor.person === undefined ? {} : { byPerson: actor.person }),
        ...(actor.key === undefined ? {} : { byKey: actor.key }),
        ...(successor === undefined ? {} : { successor }),
      });
      api.auth.forget();
      return { ...told(at), ...handedOver };
    },
  );
};

/** Ids of a list, shortened. */
const some = (ids: string[]): string[] => (ids.length > 10 ? [...ids.slice(0, 10), `+${ids.length - 10}`] : ids);

/** Meetings that are still ahead need a host who knows; everything else goes to the successor. */
async function refuseOpen(_api: Api, work: OpenWork, successor: PersonId | undefined): Promise<void> {
  const { hosting, ...rest } = work;
  if (hosting.length > 0) problem('Conflict', 'H4.leadsMeetings', '', { meetings: some(hosting) });
  const open = Object.values(rest).flat();
  if (open.length > 0 && successor === undefined) problem('Conflict', 'H4.openWork', 'successor', { open: some(open) });
}

/** H4: leaves as anybody leaves, first; where a meeting does not answer, nothing is erased. */
async function handOver(api: Api, request: FastifyRequest, person: PersonId, successor: PersonId | undefined) {
  const { archive } = api.deps;
  const given = { active: false, ...(successor === undefined ? {} : { successor }) };
  const told = await putPersonStanding(api, request, person, given);
  const failed = told.handedOver?.failed ?? [];
  if (failed.length > 0) problem('Conflict', 'H4.eraseWaits', '', { meetings: some(failed) });
  for (const { id, people } of await archive.series.list({ visibleTo: person }))
    if (people.includes(person))
      await change(api, id, (row) => Promise.resolve(withoutPerson(row.data, person, successor)));
  return told;
}

export const ownDataRoutes: Routes = (app, api) => {
  for (const add of [exportRoute, eraseRoute]) add(app, api);
};

/** API keys (design §7): made by administrators, shown once, kept as hashes. */
import { z } from 'zod';
import { newKey } from '../../archive/keys.js';
import type { Key } from '../../archive/keys.js';
import { requireAdmin } from '../auth.js';
import { problem } from '../errors.js';
import { lookUp, Mentions, settle } from '../mentions.js';
import { answers } from '../route.js';
import type { Routes } from '../route.js';
import { keyBody } from '../schemas/directory.js';

const keyShape = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.string(),
    person: z.string().optional(),
    scopes: z.array(z.string()),
    createdAt: z.string(),
    revokedAt: z.string().optional(),
  })
  .meta({ id: 'Key' });

/** Wall clock: keys belong to no meeting. */
const tellKey = ({ label, createdAt, revokedAt, ...key }: Key) => ({
  ...key,
  name: label,
  createdAt: new Date(createdAt).toISOString(),
  ...(revokedAt === undefined ? {} : { revokedAt: new Date(revokedAt).toISOString() }),
});

const tags = ['keys'];

const makeKey: Routes = (app, api) => {
  const { keys, directory } = api.deps.archive;
  app.post(
    '/v1/keys',
    {
      schema: {
        tags,
        summary: 'Make a key; it is shown here and never again',
        body: keyBody,
        response: answers({ 201: keyShape.extend({ key: z.string() }) }, 400, 403, 413, 422),
      },
    },
    async (request, reply) => {
      requireAdmin(request.principal);
      const { name, role, person: ref, scopes } = request.body;
      if (role === 'member' && ref === undefined) problem('BadInput', 'input.required', 'person');
      const mentions = new Mentions().person(ref, 'person');
      const who = await settle(directory, mentions, await lookUp(directory, mentions));
      const { key, hash } = newKey();
      const person = who.maybePerson('person');
      const made = await keys.create({
        hash,
        role,
        label: name,
        ...(person === undefined ? {} : { person }),
        ...(scopes === undefined ? {} : { scopes }),
      });
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ ...tellKey(made), key });
    },
  );
};

const listKeys: Routes = (app, api) => {
  const { keys } = api.deps.archive;
  app.get(
    '/v1/keys',
    {
      schema: {
        tags,
        summary: 'List keys, the revoked too; never the keys themselves',
        response: answers({ 200: z.object({ items: z.array(keyShape) }) }, 403),
      },
    },
    async (request) => {
      requireAdmin(request.principal);
      return { items: (await keys.list()).map(tellKey) };
    },
  );
};

const revokeKey: Routes = (app, api) => {
  const { keys } = api.deps.archive;
  app.delete(
    '/v1/keys/:id',
    {
      schema: {
        tags,
        summary: 'Revoke a key; other processes may take it for 5 more seconds',
        params: z.object({ id: z.string() }),
        response: answers({ 204: z.undefined() }, 403, 404),
      },
    },
    async (request, reply) => {
      requireAdmin(request.principal);
      const { id } = request.params;
      if (!/^k[a-z2-7]{16}$/.test(id) || !(await keys.revoke(id))) problem('NotFound', 'auth.noSuchKey', 'id');
      api.auth.forget();
      return reply.code(204).send();
    },
  );
};

export const keyRoutes: Routes = (app, api) => {
  for (const add of [makeKey, listKeys, revokeKey]) add(app, api);
};

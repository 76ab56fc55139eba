/** Y1: the organisation's norms: what is in force, what comes when, and who changed what. */
import { z } from 'zod';
import { presentHistory, presentNorms } from '../norms/present.js';
import { putNorms, requireNormKeeper, withdrawNorms } from '../norms/service.js';
import { answers } from '../route.js';
import type { Routes } from '../route.js';
import { normChangeShape, normsShape, putNormsBody } from '../schemas/norms.js';

const tags = ['norms'];

export const normRoutes: Routes = (app, api) => {
  app.get(
    '/v1/norms',
    {
      schema: {
        tags,
        summary: 'Read the norms: in force now, with the standard’s own values and bounds, and what comes when',
        response: answers({ 200: normsShape }),
      },
    },
    (request) => presentNorms(api, api.locale(request)),
  );

  app.put(
    '/v1/norms',
    {
      schema: {
        tags,
        summary: 'Change norms from a day on (administrators, PMO); meetings that exist keep theirs',
        body: putNormsBody,
        response: answers({ 200: normsShape }, 400, 403, 409, 413, 422),
      },
    },
    async (request) => {
      await requireNormKeeper(api, request.principal);
      await putNorms(api, request.principal, request.body);
      api.auth.forget();
      return presentNorms(api, api.locale(request));
    },
  );

  app.get(
    '/v1/norms/history',
    {
      schema: {
        tags,
        summary: 'Every change of the norms, the newest first: who, when, why, what',
        response: answers({ 200: z.object({ items: z.array(normChangeShape) }) }),
      },
    },
    async (request) => ({ items: await presentHistory(api, api.locale(request)) }),
  );

  app.delete(
    '/v1/norms/:version',
    {
      schema: {
        tags,
        summary: 'Withdraw a change that is not in force yet',
        params: z.object({ version: z.coerce.number().int().min(1).max(2_000_000_000) }),
        response: answers({ 200: normsShape }, 403, 404, 409, 422),
      },
    },
    async (request) => {
      await requireNormKeeper(api, request.principal);
      await withdrawNorms(api, request.principal, request.params.version);
      api.auth.forget();
      return presentNorms(api, api.locale(request));
    },
  );
};

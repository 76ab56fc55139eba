/** R2: what a quarter's review proposes for series, and the answers. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { presentProposals } from '../proposals/present.js';
import { acceptProposal, answerable, proposalFor, rejectProposal, undoProposal } from '../proposals/service.js';
import { answers } from '../route.js';
import type { Routes } from '../route.js';
import { nothing } from '../schemas/commands.js';
import { proposalShape, proposalStates, rejectBody } from '../schemas/proposals.js';

const tags = ['series'];
const params = z.object({ id: z.string().describe('Proposal id.') });
const refusals = [400, 403, 404, 409, 422] as const;

export const proposalRoutes: Routes = (app, api) => {
  const { proposals } = api.deps.archive;
  const told = async (request: FastifyRequest, id: string) =>
    (await presentProposals(api, [(await proposals.find(id))!], api.locale(request)))[0]!;

  app.get(
    '/v1/proposals',
    {
      schema: {
        tags,
        summary:
          'List what reviews propose for the series that the caller organises; the PMO and administrators see all',
        querystring: z.strictObject({
          state: z.enum(proposalStates).optional(),
          series: z
            .string()
            .regex(/^s[a-z2-7]{16}$/)
            .optional(),
        }),
        response: answers({ 200: z.object({ items: z.array(proposalShape) }) }, 422),
      },
    },
    async (request) => {
      const kept = await proposals.list({ state: request.query.state, seriesId: request.query.series });
      const may = await answerable(
        api,
        request.principal,
        kept.map((k) => k.proposal),
      );
      const mine = kept.filter((k) => may.has(k.id));
      return { items: await presentProposals(api, mine, api.locale(request)) };
    },
  );

  app.post(
    '/v1/proposals/:id/accept',
    {
      schema: {
        tags,
        summary: 'Accept a proposal: the series changes from the next meeting that is made on',
        params,
        body: nothing,
        response: answers({ 200: proposalShape }, ...refusals),
      },
    },
    async (request) => {
      const { id } = request.params;
      await acceptProposal(api, request.principal, await proposalFor(api, request.principal, id));
      return told(request, id);
    },
  );

  app.post(
    '/v1/proposals/:id/reject',
    {
      schema: {
        tags,
        summary: 'Reject a proposal, with the reason',
        params,
        body: rejectBody,
        response: answers({ 200: proposalShape }, ...refusals),
      },
    },
    async (request) => {
      const { id } = request.params;
      const mine = await proposalFor(api, request.principal, id);
      await rejectProposal(api, request.principal, mine, request.body.reason);
      return told(request, id);
    },
  );

  app.post(
    '/v1/proposals/:id/undo',
    {
      schema: {
        tags,
        summary: 'Undo an accepted proposal, until the series has made its next meeting',
        params,
        body: nothing,
        response: answers({ 200: proposalShape }, ...refusals),
      },
    },
    async (request) => {
      const { id } = request.params;
      await undoProposal(api, request.principal, await proposalFor(api, request.principal, id));
      return told(request, id);
    },
  );
};

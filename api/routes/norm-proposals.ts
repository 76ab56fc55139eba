/** Y1: proposals for the norms: made from a year's data, listed, accepted, rejected. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { KeptNormProposal } from '../../archive/norm-proposals.js';
import { acceptNorms, makeNormProposals, presentNormProposals, rejectNorms } from '../norms/proposals.js';
import { requireNormKeeper } from '../norms/service.js';
import { answers } from '../route.js';
import type { Routes } from '../route.js';
import { date } from '../schemas/base.js';
import { iso, personShape } from '../schemas/common.js';
import { rejectBody } from '../schemas/proposals.js';

const count = (what: string) => z.int().describe(what);
const shape = z
  .object({
    id: z.string().meta({ examples: ['2026-participantsCap'] }),
    year: z.int(),
    label: z.string().describe('The norm, by Accept-Language.'),
    changes: z.record(z.string(), z.number()),
    from: z.number(),
    to: z.number(),
    because: z.string().describe('The figures that say so, by Accept-Language.'),
    params: z.record(z.string(), z.number()),
    effect: z
      .object({
        meetings: count('Regular meetings of that year.'),
        refused: count('Of them, refused under the proposed norms.'),
        refusedBefore: count('Refused under the norms as they are.'),
        hinted: count('Created with a hint under the proposed norms.'),
        hintedBefore: count('Created with a hint under the norms as they are.'),
        text: z.string(),
      })
      .describe('The year once more, without reasons given over the cap and without `complex`.'),
    state: z.enum(['open', 'accepted', 'rejected']),
    madeAt: iso('When it was made.'),
    decidedAt: iso('When it was answered.').optional(),
    by: z.object({ person: personShape.optional(), key: z.string().optional() }).optional(),
    reason: z.string().optional(),
    version: z.int().optional().describe('The change of the norms that accepting it made.'),
  })
  .meta({ id: 'NormProposal' });

const tags = ['norms'];
const params = z.object({ id: z.string().describe('Proposal id.') });
const refusals = [400, 403, 404, 409, 422] as const;
const listed = z.object({ items: z.array(shape) });
const year = () => z.int().min(2000).max(2200);

export const normProposalRoutes: Routes = (app, api) => {
  const all = async (request: FastifyRequest, list: KeptNormProposal[]) => ({
    items: await presentNormProposals(api, list, api.locale(request)),
  });
  const one = async (request: FastifyRequest, kept: KeptNormProposal) => (await all(request, [kept])).items[0]!;

  app.get(
    '/v1/norms/proposals',
    {
      schema: {
        tags,
        summary: 'What years’ data propose for the norms, and what became of it (administrators, PMO)',
        querystring: z.strictObject({ year: z.coerce.number().pipe(year()).optional() }),
        response: answers({ 200: listed }, 403, 422),
      },
    },
    async (request) => {
      await requireNormKeeper(api, request.principal);
      return all(request, await api.deps.archive.normProposals.list(request.query.year));
    },
  );

  app.post(
    '/v1/norms/proposals',
    {
      schema: {
        tags,
        summary: 'Make the proposals of a year that is over; made once and mailed once, the same for good',
        body: z.strictObject({ year: year() }).meta({ id: 'MakeNormProposals' }),
        response: answers({ 200: listed }, ...refusals),
      },
    },
    async (request) => {
      await requireNormKeeper(api, request.principal);
      return all(request, await makeNormProposals(api, request.body.year));
    },
  );

  app.post(
    '/v1/norms/proposals/:id/accept',
    {
      schema: {
        tags,
        summary: 'Accept a proposal: it becomes a change of the norms from that day on',
        params,
        body: z.strictObject({ effectiveFrom: date().optional() }).meta({ id: 'AcceptNormProposal' }),
        response: answers({ 200: shape }, ...refusals),
      },
    },
    async (request) => {
      await requireNormKeeper(api, request.principal);
      return one(request, await acceptNorms(api, request.principal, request.params.id, request.body.effectiveFrom));
    },
  );

  app.post(
    '/v1/norms/proposals/:id/reject',
    {
      schema: {
        tags,
        summary: 'Reject a proposal, with the reason',
        params,
        body: rejectBody,
        response: answers({ 200: shape }, ...refusals),
      },
    },
    async (request) => {
      await requireNormKeeper(api, request.principal);
      return one(request, await rejectNorms(api, request.principal, request.params.id, request.body.reason));
    },
  );
};

/** R1, H10: as much of a review as its reader may see, and the rows behind one of its numbers. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ReviewRow, RowFilter } from '../../archive/reviews.js';
import type { Page } from '../../archive/cursor.js';
import type { Locale } from '../../domain/meeting/state.js';
import { reviewFor, type Audience } from '../../domain/review/audience.js';
import type { Quarter, ReviewReport } from '../../domain/review/report.js';
import type { Api } from '../context.js';
import { problem } from '../errors.js';
import { answerable } from '../proposals/service.js';
import { audience } from './audience.js';

export const token = z.string().optional().describe('Instead of a key: the token of the link in the review’s mail.');
export const lang = z.enum(['zh-TW', 'zh-CN', 'en']).optional();

export interface Reading {
  report: ReviewReport;
  who: Audience;
  /** R2: ids of the proposals that the reader may answer. */
  answerable: Set<string>;
}

export async function readReview(api: Api, request: FastifyRequest, quarter: Quarter): Promise<Reading> {
  const who = await audience(api, request.principal);
  const report =
    (await api.deps.archive.reviews.find(quarter)) ?? problem('NotFound', 'R1.noReview', 'quarter', { quarter });
  // R2: who may answer a proposal reads it, whosever the series is.
  const mine = await answerable(api, request.principal, report.proposals);
  const own = report.proposals.filter((p) => mine.has(p.id));
  return { report: reviewFor(report, who, own), who, answerable: mine };
}

/** Who comes by a link reads it in their own language. */
export async function localeOf(api: Api, request: FastifyRequest): Promise<Locale> {
  const { actor } = request.principal;
  if (actor.via !== 'link' || actor.person === undefined) return api.locale(request);
  const [reader] = await api.deps.archive.directory.people([actor.person]);
  return reader?.locale ?? api.locale(request);
}

/** As `rowsQuery` reads it. */
export type RowsAsked = Pick<RowFilter, 'figure' | 'scope'> & { id?: string | undefined };

export async function findRows(
  api: Api,
  quarter: Quarter,
  who: Audience,
  { figure, scope, id }: RowsAsked,
  page: Pick<RowFilter, 'limit' | 'cursor'>,
): Promise<Page<ReviewRow>> {
  if (scope !== 'organisation' && id === undefined) problem('BadInput', 'R1.idNeeded', 'id', { scope });
  // R4: a host's habits are shown to the host alone.
  const isOthers = scope === 'host' && id !== who.person;
  if (isOthers) problem('Forbidden', 'R1.hostOnly', 'id');
  const visibleTo =
    who.departments === 'all'
      ? undefined
      : { departments: who.departments, people: who.person === undefined ? [] : [who.person] };
  return api.deps.archive.reviews.rows(quarter, {
    ...{ figure, scope, ...page },
    ...(id === undefined ? {} : { id }),
    ...(visibleTo === undefined ? {} : { visibleTo }),
  });
}

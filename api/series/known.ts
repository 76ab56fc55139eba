/** S1: a meeting belongs to a series that is there, goes on, and that the caller may see; its topics would wait for ever. */
import type { Principal } from '../auth.js';
import type { ApiArchive } from '../deps.js';
import { problem } from '../errors.js';
import { seesSeries } from './service.js';

export async function knownSeries(
  { series }: Pick<ApiArchive, 'series'>,
  principal: Principal,
  id: string | null | undefined,
): Promise<void> {
  if (id === undefined || id === null) return;
  const row = await series.get(id);
  if (row === null || !seesSeries(principal, row)) problem('BadInput', 'S1.unknown', 'seriesId', { id });
  if (row.endedAt !== undefined) problem('BadInput', 'S1.ended', 'seriesId', { id });
}

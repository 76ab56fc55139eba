/** Y1: a year's proposals on both databases. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Archive } from '../../archive/open.js';
import type { NormProposal } from '../../domain/norms-proposals.js';
import { at } from '../support/meeting.js';
import { describeEachDatabase } from '../support/postgres.js';
import { organisation } from './review/organisation.js';
import { openTestArchive } from './support.js';

const proposal = (year: number, more: Partial<NormProposal> = {}): NormProposal => ({
  id: `${year}-participantsCap`,
  year,
  kind: 'participantsCap',
  changes: { participantsCap: 12 },
  from: 15,
  to: 12,
  params: { above: 12, aboveMean: 2.9, below: 30, belowMean: 4 },
  effect: { meetings: 42, refused: 14, refusedBefore: 0, hinted: 3, hintedBefore: 12 },
  ...more,
});
const looked = (year: number, madeAt = 10) => ({ year, madeAt, dueAt: madeAt + 5, meetings: 42 });

vi.setConfig({ hookTimeout: 180_000 });

describeEachDatabase('proposals for the norms', (database) => {
  let archive: Archive;
  beforeAll(async () => {
    archive = await openTestArchive(database());
  });
  afterAll(() => archive?.close());

  test('Y1 a year is looked at once, one without proposals too, however many look at the same moment', async () => {
    const { normProposals } = archive;
    expect(await normProposals.year(2025)).toBeNull();
    await Promise.all([1, 2, 3].map((n) => normProposals.keep(looked(2025, n), [proposal(2025, { to: n })])));
    const [first] = await normProposals.list(2025);
    expect(await normProposals.year(2025)).toEqual(looked(2025, first!.madeAt));
    expect(first).toEqual({ proposal: proposal(2025, { to: first!.madeAt }), madeAt: first!.madeAt, state: 'open' });
    await normProposals.keep(looked(2025, 99), [proposal(2025, { id: '2025-planDueWd', kind: 'planDueWd' })]);
    expect(await normProposals.list()).toHaveLength(1);

    await normProposals.keep(looked(2026), []);
    await normProposals.keep(looked(2026, 99), [proposal(2026)]);
    expect(await normProposals.list(2026)).toEqual([]);
    expect((await normProposals.years()).map((y) => [y.year, y.meetings])).toEqual([
      [2026, 42],
      [2025, 42],
    ]);
  });

  test('Y1 answered once; an acceptance that was cut off is finished, anything else comes too late', async () => {
    const { normProposals } = archive;
    const plan = proposal(2015, { id: '2015-planDueWd', kind: 'planDueWd' });
    await normProposals.keep(looked(2015), [proposal(2015), plan]);
    const cap = '2015-participantsCap';
    const both = await Promise.all([
      normProposals.decide(cap, 'accepted', { at: 20, person: 'p1' }),
      normProposals.decide(cap, 'accepted', { at: 21, key: 'k1' }, 2),
    ]);
    expect(both).toContain(true);
    await normProposals.decide(cap, 'accepted', { at: 22, person: 'p1' }, 2);
    expect(await normProposals.decide(cap, 'rejected', { at: 23, person: 'p2', reason: 'x' })).toBe(false);
    expect(await normProposals.decide(cap, 'accepted', { at: 24, person: 'p2' }, 3)).toBe(false);
    expect(await normProposals.find(cap)).toMatchObject({ state: 'accepted', version: 2 });

    expect(await normProposals.decide(plan.id, 'rejected', { at: 25, person: 'p2', reason: '五天足夠' })).toBe(true);
    expect(await normProposals.find(plan.id)).toEqual({
      proposal: plan,
      madeAt: 10,
      state: 'rejected',
      decidedAt: 25,
      person: 'p2',
      reason: '五天足夠',
    });
    expect(await normProposals.decide(plan.id, 'accepted', { at: 26 })).toBe(false);
    expect(await normProposals.find('2015-noticeHours')).toBeNull();
  });

  test('Y1, H10 the facts are those of the year’s announced meetings that are over, nothing confidential', async () => {
    const meetings = organisation(120);
    for (const state of meetings) await archive.view.write({ state, audit: [] });
    const year = await archive.normProposals.facts(at('2026-01-01', '00:00'), at('2027-01-01', '00:00'));
    const other = await archive.normProposals.facts(at('2030-01-01', '00:00'), at('2031-01-01', '00:00'));
    expect([year.length > 10, other]).toEqual([true, []]);
    const secret = new Set(meetings.filter((m) => m.confidential === true).map((m) => m.id));
    expect(year.filter((m) => secret.has(m.meetingId))).toEqual([]);
  });
});

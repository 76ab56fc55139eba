import { expect, test } from '@jest/globals';
import type { Proposal } from '../../domain/review/proposals.js';
import { aState } from './states.js';
import { aDepartment, aPerson, describeEachArchive, fresh } from './support.js';

const aProposal = (seriesId: string, more: Partial<Proposal> = {}): Proposal => ({
  id: `2026-Q1-${seriesId}-everySecond`,
  seriesId,
  title: '產銷週會',
  change: { kind: 'everySecond' },
  because: ['m1'],
  params: { meetings: 3 },
  score: 0.4,
  ...more,
});

describeEachArchive('R2 proposals', (archive) => {
  test('R2 series that met in the span come with their held meetings, without confidential ones', async () => {
    const id = `s${fresh()}`;
    const plan = { id, template: { title: 'x' } };
    await archive().series.create({ id, department: aDepartment(), people: [aPerson()], data: plan as never });
    const open = aState({ seriesId: id });
    const secret = aState({ seriesId: id, confidential: true });
    for (const state of [open, secret]) await archive().view.write({ state, audit: [] });
    const { startsAt } = open;
    const [found, ...more] = (await archive().proposals.histories(startsAt, startsAt + 1)).filter(
      (h) => h.plan.id === id,
    );
    expect(more).toEqual([]);
    expect(found!.held.map((h) => h.meetingId)).toEqual([open.id]);
    expect(found!.held[0]).toMatchObject({ startsAt, plannedMinutes: open.durationMinutes, seats: expect.any(Number) });
    const left = open.agenda.filter((t) => !t.confidential && (t.outcome ?? 'deferred') === 'deferred');
    expect(found!.held[0]!.unfinished).toEqual(left.map(({ topicId, title }) => ({ topicId, title })));
    const later = await archive().proposals.histories(startsAt + 1, startsAt + 2);
    expect(later.filter((h) => h.plan.id === id)).toEqual([]);
    expect(await archive().proposals.madeSince(id, open.createdAt - 1)).toBe(true);
    expect(await archive().proposals.madeSince(id, open.createdAt)).toBe(false);
  });

  test('R2 kept once by id; answered once, with what it made of the series', async () => {
    const { proposals } = archive();
    const id = `s${fresh()}`;
    const one = aProposal(id);
    await proposals.keep('2026-Q1', 5, [one]);
    await proposals.keep('2026-Q1', 6, [{ ...one, score: 0.9 }]);
    expect(await proposals.find(one.id)).toEqual({
      id: one.id,
      quarter: '2026-Q1',
      madeAt: 5,
      proposal: one,
      state: 'open',
    });
    const answers = await Promise.all(
      [1, 2].map((n) => proposals.decide(one.id, 'open', 'accepted', { at: n, person: 'p1' })),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
    await proposals.applied(one.id, { template: { title: 'a' } }, { template: { title: 'b' }, second: 's2' });
    const [kept] = await proposals.list({ seriesId: id, state: 'accepted' });
    expect(kept).toMatchObject({ person: 'p1', was: { template: { title: 'a' } }, became: { second: 's2' } });
    expect((await proposals.accepted(10)).filter((a) => a.proposal.seriesId === id)).toEqual([
      { proposal: one, acceptedAt: kept!.decidedAt, held: [] },
    ]);
    expect(await proposals.list({ seriesId: id, state: 'open' })).toEqual([]);
    expect(await proposals.find('x')).toBeNull();
  });
});

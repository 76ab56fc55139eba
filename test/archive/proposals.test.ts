import { expect, test } from 'vitest';
import type { Proposal } from '../../domain/review/proposals.js';
import { makeReview } from '../../activities/review/make-review.js';
import { calendarById, DAY } from '../../domain/calendar/index.js';
import { defaultNorms } from '../../domain/norms.js';
import { quarterOf } from '../../domain/review/quarter.js';
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

  test('R2 a quarter’s review holds what is proposed, and what came of what was accepted', async () => {
    const { proposals, view } = archive();
    const id = `s${fresh()}`;
    const first = aState();
    const template = { ...first, durationMinutes: 60, agenda: [] };
    const rule = { pattern: { every: 'week', interval: 1, weekdays: [1] }, skips: [], moves: [] };
    await archive().series.create({ id, department: aDepartment(), people: [], data: { id, template, rule } as never });
    for (const n of [0, 1, 2]) {
      const startsAt = first.startsAt + n * DAY;
      const plain = { agenda: [], actions: [], votes: [], seriesId: id, startsAt, openedAt: startsAt };
      await view.write({ state: aState({ ...plain, closedAt: startsAt + DAY / 24 }), audit: [] });
    }
    const timeZone = 'Asia/Taipei';
    const planning = {
      norms: () => Promise.resolve(defaultNorms),
      calendar: calendarById('TW'),
      timeZone,
      locale: 'en' as const,
    };
    const quarter = quarterOf(first.startsAt, first.zone);
    await makeReview(archive(), planning, quarter);
    const report = (await archive().reviews.find(quarter))!;
    const mine = report.proposals.filter((p) => p.seriesId === id);
    expect(mine.map((p) => p.change.kind)).toContain('everySecond');
    expect((await proposals.list({ seriesId: id })).map((k) => k.proposal).sort(byId)).toEqual(mine.sort(byId));
    expect(report.results.every((r) => r.acceptedAt < report.to)).toBe(true);
  });
});

const byId = (a: Proposal, b: Proposal): number => (a.id < b.id ? -1 : 1);

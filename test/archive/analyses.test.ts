import { expect, test } from 'vitest';
import { aMeetingId, describeEachArchive } from './support.js';

describeEachArchive('analyses', (archive) => {
  test('E12 the same text is one row under one hash, whatever the order of its parts', async () => {
    const { analyses } = archive();
    const meeting = aMeetingId();
    const hash = await analyses.save(meeting, { what: '模具延誤', riskControl: '每週追蹤\n第二行' });
    expect(await analyses.save(meeting, { riskControl: '每週追蹤\n第二行', what: '模具延誤' })).toBe(hash);
    const other = await analyses.save(meeting, { what: '模具準時' });
    expect(await analyses.load(meeting, [hash, other, 'x'])).toEqual({
      [hash]: { what: '模具延誤', riskControl: '每週追蹤\n第二行' },
      [other]: { what: '模具準時' },
    });
  });

  test('E12 a meeting reads its own only', async () => {
    const { analyses } = archive();
    const hash = await analyses.save(aMeetingId(), { what: '模具延誤' });
    expect(await analyses.load(aMeetingId(), [hash])).toEqual({});
    expect(await analyses.load(aMeetingId(), [])).toEqual({});
  });
});

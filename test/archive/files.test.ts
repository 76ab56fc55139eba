/** P8 versions of materials and P9 success stories, in each database. */
import { expect, test } from 'vitest';
import type { MaterialFile } from '../../domain/meeting/state.js';
import { aMeetingId, aPerson, describeEachArchive } from './support.js';

const file: MaterialFile = { hash: 'ab', size: 26_214_400, type: 'application/pdf', name: '報表.pdf' };

describeEachArchive('P8 versions of a material', (archive) => {
  test('P8 files and links, oldest first; once again is the same', async () => {
    const { files } = archive();
    const [meeting, owner] = [aMeetingId(), aPerson()];
    const about = {
      topicId: 't1',
      materialId: 'm1',
      title: '報表',
      owner,
      by: { person: owner, via: 'link' as const },
    };
    await files.keep(meeting, 2, { ...about, version: 2, link: 'https://example.com/2' });
    for (const at of [1, 1]) await files.keep(meeting, at, { ...about, version: 1, file });
    const kept = { topicId: 't1', materialId: 'm1', title: '報表', owner, by: owner };
    expect(await files.versions(meeting, 'm1')).toEqual([
      { ...kept, version: 1, at: 1, file },
      { ...kept, version: 2, at: 2, link: 'https://example.com/2' },
    ]);
    expect(await files.versions(aMeetingId(), 'm1')).toEqual([]);
  });

  test('P8 what is frozen stays as it is', async () => {
    const { files } = archive();
    const meeting = aMeetingId();
    const about = { topicId: 't1', materialId: 'm1', title: 'a', owner: aPerson(), by: { via: 'api' as const } };
    await files.keep(meeting, 1, { ...about, version: 1, file });
    await files.freeze(meeting, 5);
    await files.freeze(meeting, 9);
    await files.keep(meeting, 7, { ...about, version: 1, file: { ...file, hash: 'cd' } });
    await files.keep(meeting, 8, { ...about, version: 2, file });
    const versions = await files.versions(meeting, 'm1');
    expect(versions.map((v) => [v.version, v.file?.hash, v.frozenAt])).toEqual([
      [1, 'ab', 5],
      [2, 'ab', undefined],
    ]);
  });
});

describeEachArchive('P9 success stories', (archive) => {
  const told = (department: string, at: number) => ({
    meetingId: aMeetingId(),
    author: aPerson(),
    department,
    title: '提早交貨',
    text: '供應商改線。',
    at,
  });

  test('P9 the head, an acting head within the dates, and the head of what a department was merged into lead it', async () => {
    const { directory, stories } = archive();
    const [head, acting, other, nextHead] = [aPerson(), aPerson(), aPerson(), aPerson()];
    const [old, next] = await Promise.all([0, 1].map(() => directory.ensureDepartment(aMeetingId())));
    const days = { person: acting, from: '2026-02-01', to: '2026-02-03' };
    await directory.putDepartment(old!.id, { head, acting: [days], successor: next!.id });
    await directory.putDepartment(next!.id, { head: nextHead, successor: old!.id });
    const leads = (person: string, today = '2026-02-03') => stories.leads(old!.id, person, today);
    expect(await Promise.all([leads(head), leads(acting), leads(nextHead), leads(other)])).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect([await leads(acting, '2026-02-04'), await leads(acting, '2026-01-31')]).toEqual([false, false]);

    const { story } = await stories.add(told(old!.id, 1));
    await stories.add(told('nobodys', 2));
    const waiting = (person: string) =>
      stories.list({ state: 'private', ledBy: { person, today: '2026-02-03' }, limit: 10 });
    expect((await waiting(acting)).items).toEqual([story]);
    expect((await waiting(other)).items).toEqual([]);
    expect(await stories.release(story.id, head)).toEqual({ ...story, state: 'released', releasedBy: head });
    expect(await stories.release(story.id, acting)).toMatchObject({ releasedBy: head });
    expect((await waiting(acting)).items).toEqual([]);
    expect(await stories.release('none', head)).toBeNull();
  });

  test('P9 released ones, newest first, page by page', async () => {
    const { stories } = archive();
    const made = await Promise.all(
      [3, 1, 3, 2].map(async (n) => (await stories.add(told('d', 4_000_000_000_000 + n))).story),
    );
    for (const story of made) await stories.release(story.id, undefined);
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await stories.list({ state: 'released', cursor, limit: 1 });
      seen.push(...page.items.map((s) => s.at - 4_000_000_000_000));
      cursor = page.next;
    } while (cursor !== undefined && seen.length < 4);
    expect(seen).toEqual([3, 3, 2, 1]);
  });

  test('P9 under the same key it is told once', async () => {
    const { stories } = archive();
    const key = aMeetingId();
    const first = await stories.add(told('d', 1), { key, hash: 'h1' });
    expect(await stories.add(told('d', 2), { key, hash: 'h2' })).toEqual({ ...first, requestHash: 'h1' });
    expect(await stories.ofMeeting(first.story.meetingId)).toEqual([first.story]);
  });
});

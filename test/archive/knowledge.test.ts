import { beforeAll, describe, expect, test } from 'vitest';
import type { Archive } from '../../archive/open.js';
import type { MeetingState, Topic } from '../../domain/meeting/state.js';
import { aState } from './states.js';
import { describeEachArchive } from './support.js';

const by = { via: 'api', key: 'k-maker' } as const;

/** A meeting whose minutes have been sent, with one decided topic for each of these. */
async function held(
  archive: Archive,
  topics: Partial<Topic>[],
  overrides: Partial<MeetingState> = {},
): Promise<MeetingState> {
  const base = aState();
  const agenda = topics.map((topic, i): Topic => ({
    ...base.agenda[0]!,
    topicId: `${base.id}-t${i + 1}`,
    status: 'finished',
    outcome: 'decided',
    materials: [],
    ...topic,
  }));
  const hash = await archive.minutes.save(base.id, {
    summary: 'SUMMARY of it',
    topics: agenda.map((t) => ({ topicId: t.topicId, ...(t.conclusion ? { conclusion: t.conclusion } : {}) })),
  });
  const minutes = { version: 1, hash, versions: [], dueAt: 1, sentAt: 2, sentVersion: 1 };
  const state: MeetingState = {
    ...base,
    ...{ agenda, minutes, phase: 'followUp', closedAt: base.startsAt, createdBy: by },
    ...overrides,
  };
  await archive.view.write({ state, audit: [] });
  return state;
}

const page = { limit: 20 };
const titles = (found: { items: { title: string }[] }): string[] => found.items.map((i) => i.title);

describeEachArchive('R5 knowledge base', (archive) => {
  let first: MeetingState;
  beforeAll(async () => {
    first = await held(archive(), [
      { title: '第三季產能缺口', conclusion: '製造部十月底前增加兩條產線' },
      { title: '会议室预约', conclusion: '改用新系统，采购延迟三周' },
      {
        title: 'Supplier delays',
        conclusion: 'Order screws <script>alert(1)</script> from a second supplier; 產能 stays',
      },
    ]);
  });

  test('finds Chinese in either script, and English, the best first', async () => {
    const { knowledge } = archive();
    const find = (q: string) => knowledge.search(q, { kind: ['conclusion'] }, page).then(titles);
    expect(await find('產能')).toEqual(['第三季產能缺口', 'Supplier delays']);
    expect(await find('产能')).toEqual(['第三季產能缺口', 'Supplier delays']);
    expect(await find('採購延遲')).toEqual(['会议室预约']);
    expect(await find('suppliers')).toEqual(['Supplier delays']);
    expect(await find('SUPPLIER 螺絲')).toEqual(['Supplier delays']);
    expect(await find('沒有這個')).toEqual([]);
    expect(await find('!!')).toEqual([]);
    expect(titles(await knowledge.search("zz'); drop table zx; \\ & | ! <-> :*", {}, page))).toEqual([]);
  });

  test('pages a ranked answer without losing or repeating one', async () => {
    const { knowledge } = archive();
    const all = await knowledge.search('產能', {}, page);
    const seen: string[] = [];
    for (let cursor: string | undefined, more = true; more;) {
      const part = await knowledge.search('產能', {}, { limit: 1, cursor });
      seen.push(...part.items.map((i) => i.id));
      cursor = part.next;
      more = cursor !== undefined;
    }
    expect(seen).toEqual(all.items.map((i) => i.id));
  });

  test('similar past conclusions of a title, the likest first', async () => {
    const found = await archive().knowledge.similar('產能缺口（第三季）', { kind: ['conclusion'] }, 5);
    expect(titles(found)[0]).toBe('第三季產能缺口');
    expect(found.items[0]!.likeness).toBeGreaterThan(0.6);
    expect(titles(await archive().knowledge.similar('年度尾牙', {}, 5))).toEqual([]);
  });

  test('the same title of long ago comes before newer ones that share a word or two with it', async () => {
    const { knowledge } = archive();
    const add = (title: string, at: number) => knowledge.add({ kind: 'article', title, text: '', locale: 'zh-TW', at });
    const old = await add('倉儲自動化投資評估會議', 1_000);
    for (let n = 0; n < 305; n++) await add(`投資評估 K${100 + n}`, 2_000 + n);
    const found = await knowledge.similar('倉儲自動化投資評估', { kind: ['article'] }, 3);
    expect(found.items[0]!.id).toBe(old.entry.id);
    expect(titles(found).slice(1)).toEqual(['投資評估 K404', '投資評估 K403']);
  });

  test('a burst again, or an older one, makes nothing twice; a correction changes the words', async () => {
    const { knowledge, view, minutes } = archive();
    await view.write({ state: first, audit: [] });
    const before = (await knowledge.search('產線', { kind: ['conclusion'] }, page)).items;
    expect(before).toHaveLength(1);
    const topicId = first.agenda[0]!.topicId;
    const hash = await minutes.save(first.id, { topics: [{ topicId, conclusion: '外包給協力廠商' }] });
    const state = { ...first, revision: 2, minutes: { ...first.minutes!, hash } };
    await view.write({ state, audit: [] });
    await view.write({ state: first, audit: [] });
    expect(titles(await knowledge.search('產線', { kind: ['conclusion'] }, page))).toEqual([]);
    const [after] = (await knowledge.search('協力廠商', { kind: ['conclusion'] }, page)).items;
    expect([after!.id, after!.title]).toEqual([before[0]!.id, '第三季產能缺口']);
    first = state;
  });

  test('M3: what a reopened meeting left is not found until its minutes are sent again; owner and review date stay', async () => {
    const { knowledge, view } = archive();
    const state = await held(archive(), [{ title: '琥珀', conclusion: '琥珀色' }]);
    const [entry] = (await knowledge.search('琥珀', { kind: ['conclusion'] }, page)).items;
    await knowledge.change(entry!.id, entry!.revision, { reviewOn: '2030-01-01' });
    const reopenings = [{ at: 3, by, reason: 'x', closedAt: 1, versions: [] }];
    const reopened: MeetingState = { ...state, revision: 2, phase: 'execution', reopenings };
    await view.write({ state: { ...reopened, minutes: undefined }, audit: [] });
    expect(titles(await knowledge.search('琥珀', {}, page))).toEqual([]);
    await view.write({ state: { ...state, revision: 3, reopenings }, audit: [] });
    const [again] = (await knowledge.search('琥珀', { kind: ['conclusion'] }, page)).items;
    expect([again!.id, again!.reviewOn]).toEqual([entry!.id, '2030-01-01']);
  });

  test('what was written past the bursts is caught up with, once', async () => {
    const { knowledge } = archive();
    await knowledge.catchUp();
    expect(await knowledge.catchUp()).toBe(0);
  });

  describe('H7, H10: who finds what', () => {
    const caller = (...people: string[]) => ({ people });
    const find = (archive: Archive, q: string, visibleTo?: { people: string[]; all?: { key?: string } }) =>
      archive.knowledge.search(q, { visibleTo }, page).then((f) => f.items.map((i) => i.kind).sort());

    test('conclusions are for the house, minutes for who sees the meeting', async () => {
      const state = await held(archive(), [{ title: '玄武岩', conclusion: '可以' }]);
      expect(await find(archive(), '玄武岩', caller('p-nobody'))).toEqual(['conclusion']);
      expect(await find(archive(), '玄武岩', caller(state.host))).toEqual(['conclusion', 'minutes']);
      expect(await find(archive(), '玄武岩', { people: [], all: {} })).toEqual(['conclusion', 'minutes']);
    });

    test('a confidential meeting is found by who has a part in it and by the key that made it alone', async () => {
      const state = await held(archive(), [{ title: '石榴石', conclusion: '保密' }], { confidential: true });
      expect(await find(archive(), '石榴石', caller('p-nobody'))).toEqual([]);
      expect(await find(archive(), '石榴石', { people: [], all: {} })).toEqual([]);
      expect(await find(archive(), '石榴石', { people: [], all: { key: 'k-maker' } })).toEqual([
        'conclusion',
        'minutes',
      ]);
      expect(await find(archive(), '石榴石', caller(state.host))).toEqual(['conclusion', 'minutes']);
      const similar = await archive().knowledge.similar('石榴石', { visibleTo: caller('p-nobody') }, 5);
      expect(similar.items).toEqual([]);
    });

    test('a confidential topic is found by who has it; the minutes entry says nothing of it', async () => {
      const base = aState();
      const participants = base.participants.map((p) => ({ ...p, topics: [] }));
      const topics = [
        { title: '孔雀石', conclusion: '孔雀石結論', confidential: true, presenter: 'p-presents' },
        { title: '另一題', conclusion: '公開' },
      ];
      const state = await held(archive(), topics, { participants });
      const officers = [state.host, state.coordinator, state.recorder, state.sponsor, state.initiator.person];
      const other = participants.find((p) => !officers.includes(p.person))!.person;
      expect(await find(archive(), '孔雀石', caller(other))).toEqual([]);
      expect(await find(archive(), '孔雀石', { people: [], all: {} })).toEqual([]);
      expect(await find(archive(), '孔雀石', caller('p-presents'))).toEqual(['conclusion']);
      expect(await find(archive(), '孔雀石')).toEqual(['conclusion']);
    });

    test('who comes from outside, and has no other part, is known to', async () => {
      const base = aState();
      const outsider = { ...base.participants[1]!, person: 'p-outside', role: 'external' as const };
      await held(archive(), [{ title: 'x', conclusion: 'y' }], { participants: [...base.participants, outsider] });
      expect(await archive().knowledge.isOutside(['p-outside'])).toBe(true);
      expect(await archive().knowledge.isOutside([base.host])).toBe(false);
      expect(await archive().knowledge.isOutside(['p-never-seen'])).toBe(false);
      expect(await archive().knowledge.isOutside(['p-outside', base.host])).toBe(false);
    });
  });
});

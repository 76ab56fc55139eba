import { expect, test } from 'vitest';
import { aState, anAction } from './states.js';
import { aDepartment, aMeetingId, describeEachArchive, fresh } from './support.js';

const anEmail = (): string => `${fresh(8)}@example.com`;

describeEachArchive('standing', (archive) => {
  const aColleague = async (): Promise<string> => (await archive().directory.ensurePerson({ email: anEmail() })).id;

  test('F2 leave is kept, replaced, and covers its days, both ends included', async () => {
    const { standing } = archive();
    const id = await aColleague();
    await standing.putLeave(id, [
      { from: '2026-03-02', to: '2026-03-04' },
      { from: '2026-03-04', to: '2026-03-10' },
    ]);
    const on = async (date: string) => (await standing.of([id, 'p-nobody'], date)).map((s) => s.leaveUntil);
    expect(await on('2026-03-01')).toEqual([undefined]);
    expect(await on('2026-03-02')).toEqual(['2026-03-04']);
    expect(await on('2026-03-04')).toEqual(['2026-03-10']);
    await standing.putLeave(id, [{ from: '2026-03-02', to: '2026-03-03' }]);
    expect(await standing.leaveOf(id)).toEqual([{ from: '2026-03-02', to: '2026-03-03' }]);
    await standing.putLeave(id, []);
    expect(await standing.leaveOf(id)).toEqual([]);
  });

  test('F3, H5 upward: the acting head in their dates, nobody on leave or gone, the owner where they stand', async () => {
    const { standing, directory } = archive();
    const [low, high, acting, top] = [await aColleague(), await aColleague(), await aColleague(), await aColleague()];
    const [a, b, c] = await directory.ensureDepartments([1, 2, 3].map(() => ({ ref: `部門${fresh(6)}` })));
    await directory.putDepartment(c!.id, { head: top });
    await directory.putDepartment(b!.id, {
      head: high,
      parent: c!.id,
      acting: [{ person: acting, from: '2026-03-02', to: '2026-03-06' }],
    });
    await directory.putDepartment(a!.id, { head: low, parent: b!.id });
    const up = (date: string, keep?: string) => standing.headsUpward(a!.id, { date, keep });
    expect(await up('2026-03-01')).toEqual([low, high, top]);
    expect(await up('2026-03-06')).toEqual([low, acting, top]);
    expect(await up('2026-03-06', high)).toEqual([low, high, top]);
    await standing.putLeave(high, [{ from: '2026-03-09', to: '2026-03-13' }]);
    await standing.setStatus(low, { active: false });
    expect(await up('2026-03-09')).toEqual([top]);
    expect(await up('2026-03-09', low)).toEqual([low, top]);
    expect(await standing.headsUpward(aDepartment(), { date: '2026-03-09' })).toEqual([]);
  });

  test('F3 below somebody: at home in what they lead, or under it, unless they lead something above', async () => {
    const { standing, directory } = archive();
    const [top, boss, low, other, staff, acting] = (await Promise.all([1, 2, 3, 4, 5, 6].map(aColleague))) as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    const [a, b, c, side] = await directory.ensureDepartments([1, 2, 3, 4].map(() => ({ ref: `部門${fresh(6)}` })));
    await directory.putDepartment(c!.id, { head: top });
    await directory.putDepartment(b!.id, { head: boss, parent: c!.id });
    await directory.putDepartment(a!.id, { head: low, parent: b!.id });
    await directory.putDepartment(side!.id, {
      head: other,
      parent: c!.id,
      acting: [{ person: acting, from: '2026-03-02', to: '2026-03-06' }],
    });
    await directory.putPerson(staff, { departments: [a!.id] });
    const all = [top, low, other, staff, acting];
    const below = (who: string, date = '2026-03-03') => standing.below(who, all, date);
    expect(await below(boss)).toEqual([low, staff]);
    expect(await below(top)).toEqual([low, other, staff, acting]);
    expect(await below(top, '2026-03-09')).toEqual([low, other, staff]);
    expect(await below(staff)).toEqual([]);
    // Who heads one of the lower departments, too, stands where they stand highest.
    await directory.putDepartment(a!.id, { head: top });
    expect(await below(boss)).toEqual([staff]);
    expect(await standing.headsUpward(a!.id, { date: '2026-03-09' })).toEqual([top, boss]);
    expect(await standing.headsUpward(a!.id, { date: '2026-03-09', keep: boss })).toEqual([top, boss, top]);
    // A closed department leads nobody; its people are its successor's.
    await directory.putDepartment(a!.id, { head: low, successor: side!.id });
    await standing.setClosed(a!.id, true);
    expect(await below(boss)).toEqual([]);
    expect(await below(other)).toEqual([staff, acting]);
  });

  test('H5 a closed department leads to its successor', async () => {
    const { standing, directory } = archive();
    const [before, after] = [await aColleague(), await aColleague()];
    const [a, b] = await directory.ensureDepartments([1, 2].map(() => ({ ref: `部門${fresh(6)}` })));
    await directory.putDepartment(b!.id, { head: after });
    await directory.putDepartment(a!.id, { head: before, successor: b!.id });
    await standing.setClosed(a!.id, true);
    expect(await standing.isClosed(a!.id)).toBe(true);
    expect(await standing.headsUpward(a!.id, { date: '2026-03-09' })).toEqual([after]);
  });

  test('H4, H5 where the open work of a department and of a person is', async () => {
    const { standing, view } = archive();
    const id = aMeetingId();
    const [owner, department] = [await aColleague(), aDepartment()];
    const action = anAction(id, 1, { owner, department, status: 'open' });
    const state = aState({ id, phase: 'followUp', actions: [action] });
    await view.write({ state, audit: [] });
    expect(await standing.meetingsWithWorkOf(department)).toEqual([id]);
    expect(await standing.meetingsNeeding(owner)).toEqual([id]);
    await standing.setStatus(owner, { active: false, successor: 'p2' });
    expect(await standing.statusOf(owner)).toEqual({ active: false, successor: 'p2' });
    const ended = { ...state, revision: state.revision + 1, actions: [{ ...action, status: 'done' as const }] };
    await view.write({ state: ended, audit: [] });
    expect(await standing.meetingsWithWorkOf(department)).toEqual([]);
    expect(await standing.meetingsNeeding(owner)).toEqual([]);
  });

  test('H4 a meeting needs its host, deputy, recorder and initiator, and a contact of an external owner', async () => {
    const { standing, view } = archive();
    const [host, deputyHost, recorder, initiator, contact] = await Promise.all([1, 2, 3, 4, 5].map(aColleague));
    const id = aMeetingId();
    const action = { ...anAction(id, 1, { owner: 'p2', status: 'open' }), internalContact: contact! };
    const offices = { host: host!, deputyHost: deputyHost!, recorder: recorder! };
    const asked = { ...offices, initiator: { department: aDepartment(), person: initiator! }, actions: [action] };
    await view.write({ state: aState({ id, phase: 'followUp', ...asked }), audit: [] });
    for (const person of [host, deputyHost, recorder, initiator, contact])
      expect(await standing.meetingsNeeding(person!)).toEqual([id]);
  });

  test('H4 the card of who left says so', async () => {
    const { standing, directory } = archive();
    const id = await aColleague();
    expect((await directory.people([id]))[0]).not.toHaveProperty('left');
    await standing.setStatus(id, { active: false });
    expect(await directory.people([id])).toMatchObject([{ id, left: true }]);
  });

  test('F2, H5 what somebody heads, or acts as head of in their dates', async () => {
    const { standing, directory } = archive();
    const [head, acting] = [await aColleague(), await aColleague()];
    const d = await directory.ensureDepartment(`部門${fresh(6)}`);
    await directory.putDepartment(d.id, { head, acting: [{ person: acting, from: '2026-03-02', to: '2026-03-06' }] });
    expect(await standing.ledBy(head, '2026-03-03')).toEqual([d.id]);
    expect(await standing.ledBy(acting, '2026-03-06')).toEqual([d.id]);
    expect(await standing.ledBy(acting, '2026-03-07')).toEqual([]);
  });

  test('F4 other meetings of a topic, their actions, and what was chosen', async () => {
    const { topics, view } = archive();
    const id = aMeetingId();
    const base = aState({ id, phase: 'followUp' });
    const topicId = base.agenda[0]!.topicId + fresh(4);
    const action = { ...anAction(id, 1), topicId };
    const agenda = base.agenda.map((t, i) => (i === 0 ? { ...t, topicId } : t));
    await view.write({ state: { ...base, agenda, actions: [action], openedAt: 5, closedAt: 9 }, audit: [] });
    const found = await topics.of([topicId], aMeetingId(), base.startsAt + 1);
    expect(found.meetings).toEqual([{ topicId, startsAt: base.startsAt, openedAt: 5, closedAt: 9 }]);
    expect(found.actions).toEqual([{ topicId, createdAt: action.createdAt }]);
    expect((await topics.of([topicId], id, base.startsAt + 1)).meetings).toEqual([]);
  });
});

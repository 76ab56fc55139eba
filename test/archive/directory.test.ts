import { describe, expect, test } from 'vitest';
import { aDepartment, aPerson, describeEachArchive, fresh } from './support.js';

const anEmail = (): string => `${fresh(8)}@example.com`;

describeEachArchive('directory', (archive) => {
  describe('people', () => {
    test('H4 a person is made on first mention and then the same, whatever the case of the address', async () => {
      const { directory } = archive();
      const email = anEmail();
      const person = await directory.ensurePerson({ email: email.toUpperCase(), name: '王小明' });
      expect(person).toEqual({ id: expect.stringMatching(/^p[a-z2-7]{16}$/), name: '王小明', email, departments: [] });
      expect(await directory.ensurePerson({ email: ` ${email} ` })).toEqual(person);
      expect(await directory.people([person.id, aPerson()])).toEqual([person]);
    });

    test('a name given later fills an empty one, and only an empty one', async () => {
      const { directory } = archive();
      const email = anEmail();
      const name = `陳${fresh(6)}`;
      const { id } = await directory.ensurePerson({ email });
      expect(await directory.ensurePerson({ email, name })).toMatchObject({ id, name });
      expect(await directory.ensurePerson({ email, name: 'Other' })).toMatchObject({ id, name });
      expect(await directory.findPerson(name)).toMatchObject({ id });
    });

    test('H4 a name in each language goes wherever the person is named', async () => {
      const { directory } = archive();
      const names = { en: 'Mei Lin', 'zh-CN': '林美（简）' };
      const { id } = await directory.putPerson(anEmail(), { name: '林美', names });
      expect(await directory.people([id])).toMatchObject([{ name: '林美', names }]);
    });

    test('departments of a person are added by mention', async () => {
      const { directory } = archive();
      const email = anEmail();
      const [a, b] = await directory.ensureDepartments([{ ref: `研發${fresh(5)}` }, { ref: `品保${fresh(5)}` }]);
      await directory.ensurePerson({ email, departments: [a!.id] });
      const person = await directory.ensurePerson({ email, departments: [b!.id, a!.id] });
      expect(person.departments).toEqual([a!.id, b!.id]);
    });

    test('a person is found by id, e-mail or name, however the name is written', async () => {
      const { directory } = archive();
      const [email, word] = [anEmail(), fresh(8)];
      const { id } = await directory.ensurePerson({ email, name: `Ann  ${word}` });
      for (const ref of [id, email, `ann ${word}`, `ANN ${word.toUpperCase()}`, ` Ann ${word} `]) {
        expect(await directory.findPerson(ref)).toMatchObject({ id });
      }
    });

    test('a name that several have is refused with the candidates, an unknown one too, all faults at once', async () => {
      const { directory } = archive();
      const name = `李${fresh(8)}`;
      const [a, b] = [anEmail(), anEmail()];
      await directory.ensurePeople([
        { email: a, name },
        { email: b, name },
      ]);
      const nobody = aPerson();
      const refused = directory.findPeople([
        { ref: name, path: 'owner' },
        { ref: a, path: 'host' },
        { ref: nobody, path: 'sponsor' },
      ]);
      await expect(refused).rejects.toMatchObject({
        type: 'BadInput',
        faults: [
          { code: 'H4.ambiguous', path: 'owner', params: { person: name, candidates: expect.any(Array) } },
          { code: 'H4.unknown', path: 'sponsor', params: { person: nobody } },
        ],
      });
      const { faults } = (await refused.catch((error: unknown) => error)) as { faults: { params: object }[] };
      const candidates = [`${name} <${a}>`, `${name} <${b}>`];
      expect(faults[0]?.params).toMatchObject({ candidates: expect.arrayContaining(candidates) });
      await expect(directory.ensurePerson({ name, path: 'x' })).rejects.toMatchObject({ type: 'BadInput' });
      await expect(directory.ensurePerson({ id: nobody })).rejects.toMatchObject({ type: 'BadInput' });
      await expect(directory.ensurePerson({ name: ' ' })).rejects.toMatchObject({ type: 'BadInput' });
    });

    test('a person may be made by name alone, once', async () => {
      const { directory } = archive();
      const name = `只有名字${fresh(6)}`;
      const person = await directory.ensurePerson({ name });
      expect(person).not.toHaveProperty('email');
      expect(await directory.ensurePerson({ name })).toEqual(person);
    });

    test('many are resolved together, in order, repeats included', async () => {
      const { directory } = archive();
      const mentions = Array.from({ length: 100 }, (_, i) => ({ email: anEmail(), name: `N${i}` }));
      const people = await directory.ensurePeople([...mentions, mentions[0]!, { ...mentions[1]!, name: '' }]);
      expect(people.map((p) => p.email)).toEqual([...mentions, mentions[0]!, mentions[1]!].map((m) => m.email));
      expect(new Set(people.map((p) => p.id)).size).toBe(100);
      expect(await directory.ensurePeople([])).toEqual([]);
      expect(await directory.people([])).toEqual([]);
    });

    test('many at once, in different orders, make each person once', async () => {
      const { directory } = archive();
      const mentions = Array.from({ length: 20 }, (_, i) => (i % 2 ? { email: anEmail() } : { name: `名${fresh(8)}` }));
      const orders = [mentions, [...mentions].reverse(), mentions, [...mentions].reverse()];
      const made = await Promise.all(orders.map((order) => directory.ensurePeople(order)));
      expect(new Set(made.flat().map((p) => p.id)).size).toBe(20);
    });

    test('H4 what is known of a person may be changed, and what is not named stays', async () => {
      const { directory } = archive();
      const [email, other] = [anEmail(), anEmail()];
      const [dept] = await directory.ensureDepartments([{ ref: `財務${fresh(5)}` }]);
      await directory.ensurePerson({ email: other });
      const made = await directory.putPerson(email, { name: '林美', locale: 'zh-TW', departments: [dept!.id] });
      expect(made).toMatchObject({ name: '林美', email, locale: 'zh-TW', departments: [dept!.id], channels: {} });
      const english = `Mei ${fresh(5)}`;
      const change = { names: { en: english }, timeZone: 'Asia/Taipei', channels: { wecom: 'mei' } };
      expect(await directory.putPerson(made.id, change)).toEqual({ ...made, ...change });
      expect(await directory.findPerson(english)).toMatchObject({ id: made.id });
      expect(await directory.putPerson(made.id, {})).toEqual({ ...made, ...change });
      expect(await directory.putPerson(made.id, { departments: [] })).toMatchObject({ departments: [] });
      const taken = directory.putPerson(made.id, { email: other });
      await expect(taken).rejects.toMatchObject({ type: 'Conflict', faults: [{ code: 'H4.emailTaken' }] });
      await expect(directory.putPerson(aPerson(), {})).rejects.toMatchObject({ type: 'NotFound' });
      expect(await directory.getPerson(aPerson())).toBeNull();
    });
  });

  describe('departments', () => {
    test('H5 a department is made on first mention, found by id or name, and changed by either', async () => {
      const { directory } = archive();
      const name = `業務${fresh(6)}`;
      const made = await directory.ensureDepartment(` ${name} `);
      expect(made).toEqual({ id: expect.stringMatching(/^d[a-z2-7]{16}$/), name });
      expect(await directory.ensureDepartment(made.id)).toEqual(made);
      const head = aPerson();
      const changed = await directory.putDepartment(name, { head, acting: [] });
      expect(changed).toEqual({ ...made, head, acting: [] });
      const renamed = await directory.putDepartment(made.id, { name: `${name}二` });
      expect(renamed).toEqual({ ...changed, name: `${name}二` });
      expect(await directory.getDepartment(name)).toBeNull();
      expect(await directory.getDepartment(`${name}二`)).toEqual(renamed);
      expect(await directory.departments([made.id, aDepartment()])).toEqual([{ id: made.id, name: `${name}二`, head }]);
    });

    test('H5 a department has a name in each language, and is found by any of them', async () => {
      const { directory, imports } = archive();
      const word = fresh(6);
      const [name, english, simple] = [`研發${word}`, `R&D ${word}`, `研发${word}`];
      const { id } = await directory.putDepartment(name, { names: { en: english, 'zh-CN': simple } });
      const known = { id, name, names: { en: english, 'zh-CN': simple } };
      expect(await directory.departments([id])).toEqual([known]);
      for (const ref of [name, english.toLowerCase(), simple])
        expect(await directory.ensureDepartment(ref)).toEqual(known);
      expect((await directory.listDepartments({ q: english, limit: 10 })).items).toMatchObject([{ id }]);
      const rows = [{ row: 2, value: { name: english, names: { en: `Research ${word}` } } }];
      expect(await imports.departments(rows, { dryRun: false })).toMatchObject({ made: [], changed: [name] });
      expect(await imports.departments(rows.slice(0, 0), { dryRun: false })).toMatchObject({ changed: [] });
      const renamed = { id, name, names: { en: `Research ${word}`, 'zh-CN': simple } };
      expect(await directory.getDepartment(`research ${word}`)).toMatchObject(renamed);
      await directory.putDepartment(id, { names: { en: null, 'zh-CN': null } });
      expect(await directory.departments([id])).toEqual([{ id, name }]);
    });

    test('an id that nobody has and a name that is taken are refused', async () => {
      const { directory } = archive();
      const [a, b] = [`A${fresh(6)}`, `B${fresh(6)}`];
      await directory.ensureDepartments([{ ref: a }, { ref: b }]);
      const unknown = directory.ensureDepartments([{ ref: a }, { ref: aDepartment(), path: 'department' }]);
      await expect(unknown).rejects.toMatchObject({ faults: [{ code: 'H5.unknown', path: 'department' }] });
      await expect(directory.findDepartments([{ ref: fresh(9) }])).rejects.toMatchObject({ type: 'BadInput' });
      const taken = directory.putDepartment(a, { name: b });
      await expect(taken).rejects.toMatchObject({ type: 'Conflict', faults: [{ code: 'H5.nameTaken' }] });
    });

    test('made at once by several, it is one', async () => {
      const refs = Array.from({ length: 10 }, () => ({ ref: `同時${fresh(6)}` }));
      const both = [refs, [...refs].reverse(), refs];
      const made = await Promise.all(both.map((order) => archive().directory.ensureDepartments(order)));
      expect(new Set(made.flat().map((d) => d.id)).size).toBe(10);
    });

    test('F3 heads upward: nearest first, each once, gaps skipped, a loop ends', async () => {
      const { directory } = archive();
      const [team, group, division, board] = await directory.ensureDepartments(
        ['team', 'group', 'division', 'board'].map((name) => ({ ref: name + fresh(6) })),
      );
      const [lead, boss] = [aPerson(), aPerson()];
      await directory.putDepartment(team!.id, { head: lead, parent: group!.id });
      await directory.putDepartment(group!.id, { parent: division!.id });
      await directory.putDepartment(division!.id, { head: boss, parent: board!.id });
      await directory.putDepartment(board!.id, { head: lead, parent: team!.id });
      expect(await directory.headsUpward(team!.id)).toEqual([lead, boss]);
      expect(await directory.headsUpward(division!.id)).toEqual([boss, lead]);
      expect(await directory.headsUpward(aDepartment())).toEqual([]);
    });
  });
});

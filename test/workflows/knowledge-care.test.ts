/** R5 on the real server, with a real database: whose entries are due, told once, each by their own clock. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createActivities } from '../../activities/create.js';
import type { OutgoingMail } from '../../activities/ports.js';
import { upsertKnowledgeSchedule } from '../../api/knowledge-schedule.js';
import type { NewEntry } from '../../archive/knowledge.js';
import type { Archive } from '../../archive/open.js';
import { defaultNorms } from '../../domain/norms.js';
import { fastForward } from '../../infra/time-travel.js';
import { createLinks } from '../../render/links.js';
import { knowledgeScheduleId, knowledgeWorkflowType, searchAttributes, taskQueue } from '../../workflows/contracts.js';
import { startWorker } from '../support/engine.js';
import { testTemporal, type TestTemporal } from '../support/temporal.js';
import { openEmptyArchive } from '../support/archive.js';

const hour = 3_600_000;
/** A zone whose clock shows about this hour now. */
function zoneAt(clock: number): string {
  const east = ((clock - new Date().getUTCHours() + 36) % 24) - 12;
  return east === 0 ? 'Etc/GMT' : `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`;
}

describe('R5 the daily round of the knowledge base', () => {
  let archive: Archive;
  let temporal: TestTemporal;
  let worker: { stop(): Promise<void> };
  let mails: OutgoingMail[] = [];
  const who: Record<string, string> = {};
  const timeZone = zoneAt(12);
  const calendar = { id: 'every-day', weekend: [], holidays: [], makeUpDays: [], dayStart: '08:30', dayEnd: '18:00' };

  beforeAll(async () => {
    archive = await openEmptyArchive();
    for (const name of ['owner', 'head', 'pmo', 'away', 'next'])
      who[name] = (await archive.directory.ensurePerson({ email: `${name}@example.com`, name })).id;
    await archive.directory.putPerson(who['away']!, { timeZone: zoneAt(4) });
    temporal = await testTemporal(searchAttributes);
    const transport = { send: (mail: OutgoingMail) => Promise.resolve(void mails.push(mail)) };
    worker = await startWorker(
      temporal,
      createActivities({
        ports: { ...archive, transport },
        planning: {
          norms: () => Promise.resolve({ ...defaultNorms, pmo: { person: who['pmo']! } }),
          ...{ calendar, timeZone, locale: 'zh-TW' },
        },
        links: createLinks({ secrets: ['a secret for the test of care'], publicUrl: 'https://convoke.test' }),
        from: { name: 'Convoke', address: 'convoke@example.com' },
        log: { warn: () => undefined },
      }),
    );
  });
  afterAll(async () => {
    await worker?.stop();
    await temporal?.close();
    await archive?.close();
  });

  const add = async (title: string, more: Partial<NewEntry> = {}) =>
    (
      await archive.knowledge.add({
        ...{ kind: 'article', title, text: title, locale: 'zh-TW', at: Date.now() - 400 * 24 * hour },
        ...{ reviewOn: '2020-01-01', ...more },
      })
    ).entry;
  const told = (): Record<string, string[]> =>
    Object.fromEntries(
      mails.map((m) => [m.to.address.split('@')[0], [...m.text.matchAll(/ENTRY-\w+/g)].map(([title]) => title).sort()]),
    );
  let runs = 0;
  async function round(): Promise<{ deleted: number; sent: number }> {
    mails = [];
    const options = { taskQueue, workflowId: `care-${++runs}`, args: [] };
    return (await temporal.client.workflow.execute(knowledgeWorkflowType, options)) as {
      deleted: number;
      sent: number;
    };
  }

  test('R5 each owner has one mail of what is due, heads their departments’, the PMO what nobody owns; again: nothing', async () => {
    const { id: department } = await archive.directory.ensureDepartment('採購部');
    await archive.directory.putDepartment(department, { head: who['head']! });
    const first = await add('ENTRY-one', { ownerPerson: who['owner']! });
    await add('ENTRY-two', { ownerPerson: who['owner']!, ownerDepartment: department });
    await add('ENTRY-later', { ownerPerson: who['owner']!, reviewOn: '2999-01-01' });
    await add('ENTRY-department', { ownerDepartment: department });
    await add('ENTRY-nobody');
    const old = await add('ENTRY-archived', { ownerPerson: who['owner']! });
    await archive.knowledge.change(old.id, old.revision, {
      state: 'archived',
      stateAt: Date.now() - 3_000 * 24 * hour,
    });

    await upsertKnowledgeSchedule(temporal.client, timeZone, taskQueue);
    const schedule = temporal.client.schedule.getHandle(knowledgeScheduleId);
    const { spec } = await schedule.describe();
    expect(spec.calendars).toMatchObject([{ hour: [{ start: 8 }], minute: [{ start: 40 }] }]);
    mails = [];
    await schedule.trigger();
    const handle = await (async () => {
      for (;;) {
        const [action] = (await schedule.describe()).info.recentActions;
        if (action?.action.type === 'startWorkflow')
          return temporal.client.workflow.getHandle(action.action.workflow.workflowId);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    expect(await handle.result()).toEqual({ deleted: 1, sent: 3 });
    expect(told()).toEqual({
      owner: ['ENTRY-one', 'ENTRY-two'],
      head: ['ENTRY-department'],
      pmo: ['ENTRY-nobody'],
    });
    const [mail] = mails.filter((m) => m.to.address.startsWith('owner'));
    expect(mail?.subject).toMatch(/^【請檢視知識條目】2項/);
    expect(mail?.text).toMatch(/https:\/\/convoke\.test\/k\/\S+/);

    expect(await round()).toEqual({ deleted: 0, sent: 0 });
    expect(mails).toEqual([]);

    // Handed on: the new owner is asked about the same date. Said to hold: nobody is, until its next date.
    await archive.knowledge.change(first.id, first.revision, { ownerPerson: who['next']! });
    await round();
    expect(told()).toEqual({ next: ['ENTRY-one'] });
  });

  test('H1 who is not at work is asked at 08:40 of their own clock', async () => {
    await add('ENTRY-far', { ownerPerson: who['away']! });
    mails = [];
    const workflowId = 'care-far';
    const handle = await temporal.client.workflow.start(knowledgeWorkflowType, { taskQueue, workflowId, args: [] });
    await fastForward(temporal.client, workflowId, 3 * 3_600);
    expect(mails).toEqual([]);
    await fastForward(temporal.client, workflowId, 2 * 3_600);
    expect(await handle.result()).toEqual({ deleted: 0, sent: 1 });
    expect(told()).toEqual({ away: ['ENTRY-far'] });
  });

  test('R5 more than one mail can hold comes on the days after', async () => {
    for (let i = 0; i < 23; i++) await add(`ENTRY-${i}`, { ownerPerson: who['owner']! });
    await round();
    expect(told()['owner']).toHaveLength(20);
    expect(mails[0]?.text).toContain('還有其他條目');
    await round();
    expect(told()['owner']).toHaveLength(3);
    expect(await round()).toEqual({ deleted: 0, sent: 0 });
  });
});

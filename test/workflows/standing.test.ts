/** F2, F3, H5 on the real server with a real database: who is on leave misses nothing, and who stands in is asked. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createActivities } from '../../activities/create.js';
import type { OutgoingMail } from '../../activities/ports.js';
import type { Archive } from '../../archive/open.js';
import { addDays, addWorkingDays, dueAt, toLocal, workingDaysAfter } from '../../domain/calendar/index.js';
import { fastForward, virtualNow } from '../../infra/time-travel.js';
import { createLinks } from '../../render/links.js';
import { searchAttributes } from '../../workflows/contracts.js';
import { created } from '../support/creation.js';
import { EngineMeeting, startWorker } from '../support/engine.js';
import { admin, person } from '../support/meeting.js';
import { testTemporal, type TestTemporal } from '../support/temporal.js';
import { openEmptyArchive } from '../support/archive.js';

describe('F2, F3 leave and acting heads', () => {
  let archive: Archive;
  let temporal: TestTemporal;
  let worker: { stop(): Promise<void> };
  const mails: OutgoingMail[] = [];

  beforeAll(async () => {
    archive = await openEmptyArchive();
    temporal = await testTemporal(searchAttributes);
    const links = createLinks({ secrets: ['a secret for the test of leave'], publicUrl: 'https://convoke.test' });
    const transport = { send: (mail: OutgoingMail) => Promise.resolve(void mails.push(mail)) };
    const from = { name: 'Convoke', address: 'convoke@example.com' };
    const log = { warn: () => undefined };
    worker = await startWorker(temporal, createActivities({ ports: { ...archive, transport }, links, from, log }));
  });
  afterAll(async () => {
    await worker?.stop();
    await archive?.close();
    await temporal?.close();
  });

  async function until(meeting: EngineMeeting, instant: number): Promise<void> {
    const id = meeting.handle.workflowId;
    const now = await virtualNow(temporal.client, id);
    if (instant > now) await fastForward(temporal.client, id, Math.ceil((instant - now) / 1000) + 1);
  }

  test('F2 a date in the owner’s leave moves behind it; F3, H5 the miss that goes up is asked of the acting head', async () => {
    const { directory, standing } = archive;
    const who: Record<string, string> = {};
    for (const p of ['p1', 'p2', 'p3', 'p4', 'p6', 'p8', 'head', 'acting'])
      who[p] = (await directory.ensurePerson({ email: `${p}@example.com`, name: p })).id;
    const id = (p: string): string => who[p]!;
    const [ours, theirs] = await directory.ensureDepartments([{ ref: 'Sales' }, { ref: 'Purchasing' }]);
    const { state } = created({
      initiator: { department: ours!.id, person: id('p1') },
      host: id('p2'),
      coordinator: id('p3'),
      recorder: id('p4'),
      participants: [
        { person: id('p2'), department: ours!.id, role: 'head' },
        { person: id('p8'), department: theirs!.id, role: 'core' },
      ],
      supportDepartments: [],
    });
    const { calendar, zone, startsAt } = state;
    const due = dueAt(zone, toLocal(zone, addWorkingDays(calendar, zone, startsAt, 3)).date);
    const { date: dueDate } = toLocal(zone, due);
    const leaveUntil = addDays(dueDate, 6);
    await standing.putLeave(id('p8'), [{ from: dueDate, to: leaveUntil }]);
    const year = { from: addDays(dueDate, -30), to: addDays(dueDate, 300) };
    await directory.putDepartment(theirs!.id, { head: id('head'), acting: [{ person: id('acting'), ...year }] });

    const norms = { ...state.norms, missesToEscalate: 1 };
    const meeting = await EngineMeeting.start(temporal.client, { state: { ...state, norms } });
    await meeting.send('publish', {}, admin);
    await until(meeting, startsAt);
    await meeting.send('open', {}, person(id('p2')));
    const given = { task: 'Order the part', owner: id('p8'), dueAt: due };
    const { result: action } = await meeting.send('action', given, person(id('p2')));
    await until(meeting, due + 60_000);
    const back = dueAt(zone, workingDaysAfter(calendar, leaveUntil, 1));
    const [moved] = (await meeting.state()).actions;
    expect(moved).toMatchObject({ id: action.id, status: 'open', missed: 0, dueAt: back });
    expect(moved?.dues.map((d) => d.reason)).toEqual([undefined, 'leave']);

    await until(meeting, back + 60_000);
    const late = await meeting.state();
    expect(late.actions[0]).toMatchObject({ status: 'escalated', missed: 1 });
    expect(late.tasks).toMatchObject([{ kind: 'escalation', assignee: id('acting') }]);
    const asked = mails.filter((m) => m.subject.startsWith('[Your decision needed]')).map((m) => m.to.address);
    expect(asked).toEqual(['acting@example.com']);
    await meeting.handle.terminate();
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import proto from '@temporalio/proto';
import { searchAttributes } from '../../workflows/contracts.js';
import { describeOneDatabase } from '../support/postgres.js';
import { testTemporal, type TestTemporal } from '../support/temporal.js';
import { ok } from './caller.js';
import { House } from './house.js';
import { email, Meeting } from './meeting.js';
import { PostOffice, repeated } from './post-office.js';
import { until } from './until.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const { EventType, ResetReapplyExcludeType } = proto.temporal.api.enums.v1;
const { RESET_REAPPLY_EXCLUDE_TYPE_UPDATE: withoutCommands } = ResetReapplyExcludeType;

/** What `temporal workflow reset` does: back to the first task; what people did since comes again, or is left out. */
describeOneDatabase('a workflow that an operator resets', (database) => {
  let temporal: TestTemporal;
  let office: PostOffice;
  let house: House;

  beforeAll(async () => {
    office = await PostOffice.open();
    temporal = await testTemporal(searchAttributes);
    const { url } = database() as { url?: string };
    house = await House.plan({ temporal, smtpUrl: office.url, ...(url === undefined ? {} : { databaseUrl: url }) });
    await house.start();
    await house.untilReady();
  });
  afterAll(async () => {
    await house?.stop();
    await temporal?.close();
    await office?.close();
  });

  async function reset(meeting: Meeting, resetReapplyExcludeTypes: number[] = []): Promise<void> {
    const { workflowService, options } = temporal.client;
    const handle = temporal.client.workflow.getHandle(meeting.workflowId);
    const { events } = await handle.fetchHistory();
    const first = events?.find((e) => e.eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
    await workflowService.resetWorkflowExecution({
      namespace: options.namespace,
      workflowExecution: { workflowId: meeting.workflowId, runId: (await handle.describe()).runId },
      reason: 'an operator wanted it',
      requestId: randomUUID(),
      workflowTaskFinishEventId: first?.eventId,
      resetReapplyExcludeTypes,
    });
    await meeting.quiet();
  }

  const published = async (name: string): Promise<Meeting> => {
    const meeting = await Meeting.create(house.caller(), temporal.client, name, { people: 4 });
    await meeting.post('/publish');
    await until('four notices', () => office.about(meeting.title).length === 4);
    await meeting.quiet();
    return meeting;
  };

  /** A later start, which goes to all four. */
  async function moved(meeting: Meeting): Promise<void> {
    const before = office.about(meeting.title).length;
    const { startsAt } = await meeting.read();
    const later = new Date(Date.parse(startsAt as string) + 3_600_000).toISOString();
    await meeting.post('/reschedule', { startsAt: later, reason: 'The room' });
    // N4: changes within a minute make one mail.
    await meeting.pass(61_000);
    await until('four changes', () => office.about(meeting.title).length === before + 4);
    await meeting.quiet();
    const letters = office.about(meeting.title);
    expect(letters).toHaveLength(before + 4);
    expect(new Set(letters.slice(before).map(({ to }) => to))).toEqual(new Set([0, 1, 2, 3].map(email)));
  }

  test('what people did comes again: no mail is repeated, the state is the same, later mails go out', async () => {
    const meeting = await published('Again');
    await meeting.put(`/rsvps/${email(1)}`, { reply: 'accepted' });
    await reset(meeting);
    const { phase, participants } = await meeting.read();
    expect(phase).toBe('notice');
    expect(JSON.stringify(participants)).toContain('accepted');
    expect(office.about(meeting.title)).toHaveLength(4);
    await moved(meeting);
  });

  test('what people did is left out: done again, it repeats no mail and swallows none', async () => {
    const meeting = await published('Left out');
    await reset(meeting, [withoutCommands]);
    expect((await meeting.read()).phase).toBe('preparation');
    await meeting.post('/publish');
    await meeting.quiet();
    expect(office.about(meeting.title)).toHaveLength(4);
    await moved(meeting);
    const sequences = office.about(meeting.title).map(({ to, sequence }) => `${to} ${sequence}`);
    expect(new Set(sequences).size).toBe(8);
  });

  test('a notice under way at the reset reaches everybody', async () => {
    const meeting = await Meeting.create(house.caller(), temporal.client, 'Under way', { people: 6 });
    office.holdBack(({ subject }) => subject.includes(meeting.title));
    await meeting.post('/publish');
    await office.inFlight(4);
    const resetting = reset(meeting);
    office.release();
    await resetting;
    await until('six have the notice', () => new Set(office.about(meeting.title).map(({ to }) => to)).size === 6);
    await meeting.quiet();
    const twice = repeated(office.about(meeting.title));
    expect(twice.length).toBeLessThanOrEqual(4);
    const { items } = await ok(house.caller().get(meeting.path('/deliveries')));
    expect(items.map(({ status }: { status: string }) => status)).toEqual(Array(6).fill('sent'));
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MeetingState } from '../../domain/meeting/state.js';
import { freshId } from '../support/creation.js';
import { aBody, iso, startApi, type Json, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
}, 180_000);
afterAll(() => api?.close());

const ok = async (method: string, path: string, body?: unknown): Promise<Json> => {
  const { status, json, text } = await api.request(method, path, body);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return json;
};
const state = (id: string): MeetingState => api.temporal.state(id);
const written = (id: string) => api.archive.view.write({ state: state(id), audit: [] });
const anEmail = (): string => `r-${freshId()}@example.com`;

interface House {
  id: string;
  department: string;
  owner: Json;
  action: string;
}

/** A meeting under way in which somebody of a department of their own owns an action. */
async function underWay(
  email = anEmail(),
  department = `部門 ${freshId()}`,
  more: Record<string, Json> = {},
): Promise<House> {
  const participants = [...aBody()['participants'], { email, name: email, department, role: 'core' }];
  const { id } = await ok('POST', '/v1/meetings', aBody({ publish: true, participants, ...more }));
  api.temporal.times.set(id, Date.parse(iso('2026-02-02', '09:30')));
  await ok('POST', `/v1/meetings/${id}/open`);
  const action = await ok('POST', `/v1/meetings/${id}/actions`, { task: 'x', owner: email, dueDate: '2026-02-10' });
  await written(id);
  return { id, department, owner: await ok('GET', `/v1/people/${email}`), action: action.id };
}

const adjourn = async (id: string): Promise<void> => {
  await ok('POST', `/v1/meetings/${id}/adjourn`, { until: iso('2026-02-05', '14:00') });
  await written(id);
};

describe('H4 somebody leaves', () => {
  test('H4 what they own in meetings under way and interrupted ones is their successor’s; again, nothing is left', async () => {
    const [one, successor] = [await underWay(), anEmail()];
    const other = await underWay(one.owner.email);
    await adjourn(other.id);
    await ok('PUT', `/v1/people/${successor}`, { name: successor });
    const leave = { active: false, successor };
    const { handedOver } = await ok('PUT', `/v1/people/${one.owner.id}`, leave);
    expect(handedOver).toEqual({ meetings: 2, moved: 2, failed: [] });
    const follows = (await ok('GET', `/v1/people/${successor}`)).id;
    for (const { id } of [one, other]) {
      expect(state(id).actions).toMatchObject([{ owner: follows, status: 'open' }]);
      await written(id);
    }
    expect((await ok('PUT', `/v1/people/${one.owner.id}`, leave)).handedOver).toEqual({
      meetings: 0,
      moved: 0,
      failed: [],
    });
  });

  test('H4 without a successor the head of the department decides', async () => {
    const { id, owner } = await underWay();
    const { handedOver } = await ok('PUT', `/v1/people/${owner.id}`, { active: false });
    expect(handedOver).toMatchObject({ meetings: 1, moved: 1 });
    expect(state(id)).toMatchObject({
      actions: [{ owner: owner.id, status: 'escalated' }],
      tasks: [{ kind: 'escalation', cause: 'ownerLeft', status: 'open' }],
    });
  });

  test('H4 a meeting that does not answer is named, and the same request goes on; one that ended meanwhile holds nothing', async () => {
    const email = anEmail();
    const [over, away] = [await underWay(email), await underWay(email)];
    const path = `/v1/people/${away.owner.id}`;
    api.temporal.away = new Error('nobody is there');
    expect((await ok('PUT', path, { active: false })).handedOver.failed.sort()).toEqual([over.id, away.id].sort());
    api.temporal.away = undefined;
    const { standing } = api.archive;
    const { meetingsNeeding } = standing;
    standing.meetingsNeeding = async (person) => {
      const found = await meetingsNeeding(person);
      api.temporal.put({ ...state(over.id), phase: 'closed', revision: state(over.id).revision + 1 });
      await written(over.id);
      return found;
    };
    const { handedOver } = await ok('PUT', path, { active: false });
    standing.meetingsNeeding = meetingsNeeding;
    expect(handedOver).toEqual({ meetings: 1, moved: 1, failed: [] });
  });

  test('H4 one that cannot do it now is named, too: only what is over is passed over', async () => {
    const { id, owner } = await underWay();
    // The archive says it is under way; the meeting itself is not there yet.
    api.temporal.put({ ...state(id), phase: 'notice' });
    expect((await ok('PUT', `/v1/people/${owner.id}`, { active: false })).handedOver).toEqual({
      meetings: 0,
      moved: 0,
      failed: [id],
    });
  });
});

describe('H5 a department closes', () => {
  test('H5 its open work moves to the successor, in interrupted meetings too; the old name stays on record', async () => {
    const one = await underWay();
    const other = await underWay(anEmail(), one.department);
    await adjourn(other.id);
    const successor = `新部門 ${freshId()}`;
    const path = `/v1/departments/${encodeURIComponent(one.department)}`;
    const closed = await ok('PUT', path, { closed: true, successor });
    expect(closed).toMatchObject({ closed: true, handedOver: { meetings: 2, moved: 2, failed: [] } });
    for (const { id } of [one, other])
      expect(state(id).actions).toMatchObject([
        { department: closed.successor.id, formerDepartments: [{ department: closed.id }] },
      ]);
  });

  test('H5 a meeting that does not answer is named, and the same request moves what is left', async () => {
    const { id, department } = await underWay();
    const path = `/v1/departments/${encodeURIComponent(department)}`;
    const body = { closed: true, successor: `新部門 ${freshId()}` };
    api.temporal.away = new Error('nobody is there');
    expect((await ok('PUT', path, body)).handedOver).toEqual({ meetings: 0, moved: 0, failed: [id] });
    api.temporal.away = undefined;
    expect((await ok('PUT', path, body)).handedOver).toEqual({ meetings: 1, moved: 1, failed: [] });
  });

  test('H5 closing needs a successor, and not itself', async () => {
    const { department } = await underWay();
    const path = `/v1/departments/${encodeURIComponent(department)}`;
    const refused = async (body: Json) => (await api.request('PUT', path, body)).json.errors[0].code;
    expect(await refused({ closed: true })).toBe('H5.successorNeeded');
    expect(await refused({ closed: true, successor: department })).toBe('H5.successorSelf');
  });
});

describe('F2, F3 departments of the directory', () => {
  test('F3 an owner without a seat has the department of the directory; its head, acting or not, moves the date (F2)', async () => {
    const { id } = await underWay();
    const [owner, head, stranger] = [anEmail(), anEmail(), anEmail()];
    const { departments } = await ok('PUT', `/v1/people/${owner}`, { name: owner, departments: [`家 ${freshId()}`] });
    await ok('PUT', `/v1/departments/${departments[0].id}`, { head });
    const { id: action } = await ok('POST', `/v1/meetings/${id}/actions`, { task: 'y', owner, dueDate: '2026-02-10' });
    expect(state(id).actions.at(-1)).toMatchObject({ id: action, department: departments[0].id });
    const extend = async (person: string) => {
      const { key } = await ok('POST', '/v1/keys', { name: 'k', role: 'member', person });
      const headers = { authorization: `Bearer ${key}` };
      return (
        await api.request('POST', `/v1/actions/${action}/extend`, { dueDate: '2026-02-12', reason: 'x' }, headers)
      ).status;
    };
    expect(await extend(stranger)).toBe(403);
    expect(await extend(head)).toBe(200);
  });
});

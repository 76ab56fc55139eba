import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshId } from '../support/creation.js';
import { startApi, type Reply, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

const code = (reply: Reply): string | undefined => reply.json.errors?.[0]?.code;

/** A box with two electors, each with a member key of their own. */
async function box(secret: boolean) {
  const meetingId = freshId();
  const voteId = `${meetingId}-v1`;
  const voters = await Promise.all(
    [1, 2].map(async (n) => {
      const { json } = await api.request('POST', '/v1/keys', {
        name: 'voter',
        role: 'member',
        person: `voter${n}-${meetingId}@example.com`,
      });
      return { person: json.person as string, headers: { authorization: `Bearer ${json.key}` } };
    }),
  );
  await api.archive.ballots.open({ voteId, meetingId, secret, electorate: voters.map((v) => v.person) });
  const vote = (person: string, choice: string, headers = {}) =>
    api.request('PUT', `/v1/meetings/${meetingId}/votes/${voteId}/ballots/${person}`, { choice }, headers);
  return { meetingId, voteId, first: voters[0]!, second: voters[1]!, vote };
}

describe('E8 ballots go straight into their box', () => {
  test('an open one can be changed until the vote is closed', async () => {
    const { voteId, first, vote } = await box(false);
    expect((await vote(first.person, 'agree', first.headers)).json).toEqual({ outcome: 'counted' });
    expect((await vote(first.person, 'against', first.headers)).json).toEqual({ outcome: 'changed' });
    await api.archive.ballots.close(voteId);
    const late = await vote(first.person, 'agree', first.headers);
    expect({ status: late.status, code: code(late) }).toEqual({ status: 409, code: 'E8.voteClosed' });
  });

  test('a secret one is final, and leaves no line in the log', async () => {
    const before = api.log().length;
    const { first, vote } = await box(true);
    expect((await vote(first.person, 'agree', first.headers)).status).toBe(200);
    const again = await vote(first.person, 'agree', first.headers);
    expect({ status: again.status, code: code(again) }).toEqual({ status: 409, code: 'E8.voted' });
    expect(api.log().slice(before)).not.toMatch(/ballots|agree/);
  });

  test('oneself only; a service key not, a key with scope act-as for others, marked without a time', async () => {
    const { meetingId, voteId, first, second, vote } = await box(true);
    const other = await vote(second.person, 'agree', first.headers);
    expect({ status: other.status, code: code(other) }).toEqual({ status: 403, code: 'auth.notAllowed' });
    const service = await api.request('POST', '/v1/keys', { name: 's', role: 'service' });
    const asService = { authorization: `Bearer ${service.json.key}` };
    expect((await vote(second.person, 'agree', asService)).status).toBe(403);
    const panel = await api.request('POST', '/v1/keys', { name: 'panel', role: 'service', scopes: ['act-as'] });
    expect((await vote(second.person, 'agree', { authorization: `Bearer ${panel.json.key}` })).status).toBe(200);
    await api.archive.ballots.close(voteId);
    expect(await api.archive.ballots.marks(meetingId)).toEqual([
      { voteId, person: second.person, enteredBy: panel.json.id },
    ]);
  });

  test('who has no vote here, and a vote that is not there, are told so', async () => {
    const { first, vote, meetingId } = await box(false);
    const stranger = await vote(`p${'a'.repeat(16)}`, 'agree');
    expect({ status: stranger.status, code: code(stranger) }).toEqual({ status: 403, code: 'E8.notElector' });
    const paths = [`${meetingId}/votes/${meetingId}-v9`, `${freshId()}/votes/${meetingId}-v1`, `${meetingId}/votes/x`];
    for (const path of paths) {
      const reply = await api.request('PUT', `/v1/meetings/${path}/ballots/${first.person}`, { choice: 'agree' });
      expect({ path, status: reply.status, code: code(reply) }).toEqual({ path, status: 404, code: 'E8.noSuchVote' });
    }
    expect((await vote(first.person, 'abstain', first.headers)).json.errors[0]).toMatchObject({ path: 'choice' });
  });

  test('the last ballot tells the meeting, once the box is complete', async () => {
    const { voteId, first, second, vote } = await box(false);
    await vote(first.person, 'agree', first.headers);
    expect(api.temporal.signals).not.toContain(voteId);
    await vote(second.person, 'neutral', second.headers);
    expect(api.temporal.signals).toContain(voteId);
  });
});

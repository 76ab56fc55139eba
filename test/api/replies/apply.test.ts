import { expect, test } from 'vitest';
import type { Api } from '../../../api/context.js';
import { takeReply } from '../../../api/replies/apply.js';
import { aMeeting, at, meetingId } from '../../support/meeting.js';
import { letter } from './clients.js';

const utc = (t: number): string => new Date(t).toISOString().replace(/[-:]|\.\d+/g, '');

/** The meeting, where everybody who writes is p6; what was held and run is kept. */
function house() {
  const ran: [string, object][] = [];
  const held: object[] = [];
  const state = aMeeting({ phase: 'notice' });
  const archive = {
    directory: { getPerson: async () => ({ id: 'p6' }) },
    calendarReplies: { hold: async (given: object) => void held.push(given) },
  };
  const commands = { run: async (name: string, { input }: { input: object }) => void ran.push([name, input]) };
  const api = { meetings: { live: async () => ({ state }) }, deps: { archive }, commands } as unknown as Api;
  return { api, ran, held, state };
}

test('N2 where no front server vouches for senders nobody’s word is taken: the host looks at it', async () => {
  const { api, ran, held } = house();
  const source = letter('gmail', { uid: `${meetingId}@example.org`, attendee: 'an@example.org' });
  const outcome = await takeReply(api, { ourAddress: 'convoke@example.org' }, source);
  expect(outcome).toMatchObject({ did: 'held' });
  expect(ran).toMatchObject([['holdReply', { reply: 'accepted', person: 'p6' }]]);
  expect(held).toHaveLength(1);
});

test('N2 an answer that waits keeps the time that it proposes, and whom it delegates to', async () => {
  const { api, ran, held } = house();
  const [start, end] = [at('2026-02-03', '14:00'), at('2026-02-03', '14:45')];
  const uid = `${meetingId}@example.org`;
  const counter = letter('outlook', {
    uid,
    attendee: 'an@example.org',
    status: 'TENTATIVE',
    proposed: [utc(start), utc(end)],
  });
  await takeReply(api, { ourAddress: 'convoke@example.org' }, counter);
  expect(ran).toMatchObject([['holdReply', { proposed: { startsAt: start, durationMinutes: 45 } }]]);
  const sent = letter('gmail', {
    uid,
    attendee: 'an@example.org',
    status: 'DELEGATED',
    delegatedTo: 'lee@example.org',
  });
  await takeReply(api, { ourAddress: 'convoke@example.org' }, sent);
  expect(held).toMatchObject([{ delegate: '' }, { delegate: 'lee@example.org' }]);
});

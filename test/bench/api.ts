import { randomUUID } from 'node:crypto';
import type { Contestant } from './contestants.js';
import { measure } from './figures.js';
import { Http } from './http.js';
import type { Stage } from './stage.js';

interface Meeting {
  id: string;
  revision: number;
  agenda: { topicId: string }[];
  participants: { person: string }[];
}

/** (c): the public API, with all that hangs on it. */
export interface Product extends Contestant {
  http: Http;
  /** One that is published. */
  meeting: Meeting;
  databaseUrl: string | undefined;
  /** Says how far the archive's list is behind the meetings, right after a burst of commands. */
  behind(): Promise<void>;
}

const people = Array.from({ length: 12 }, (_, i) => `person${i}@example.org`);

/** Each in an hour of its own: a thousand meetings of the same people at once would measure how double bookings are told. */
let made = 0;
const hour = 3_600_000;

const body = (): object => ({
  title: `Bench ${randomUUID()}`,
  goal: 'Measure',
  kind: 'regular',
  issueKind: 'process',
  startsAt: new Date(Date.now() + (240 + 2 * made++) * hour).toISOString(),
  timeZone: 'Asia/Taipei',
  durationMinutes: 60,
  place: 'Room 1',
  initiator: { department: 'PMO', email: people[0] },
  host: people[0],
  participants: people.map((email, i) => ({ email, name: `Person ${i}`, department: `Department ${i}`, role: 'core' })),
  supportDepartments: [],
  agenda: [{ title: 'Topic', minutes: 30, priority: 1 }],
});

/**
 * Starts are drafts of twelve people: a notice is twelve mails besides, which are work of another kind and have their own
 * line. Commands are replies to meetings whose notice is out.
 */
export async function productContestant(stage: Stage, meetings: number, say: (line: string) => void): Promise<Product> {
  const databaseUrl = process.env['TEST_DATABASE_URL'];
  const { url, adminKey } = await stage.product(databaseUrl);
  const http = new Http(url, adminKey);
  say(
    `(c) on ${databaseUrl === undefined ? 'PGlite, one process' : 'PostgreSQL, API and worker in processes of their own'}`,
  );
  const start = (): Promise<Meeting> => http.call<Meeting>('POST', '/v1/meetings', body());
  const targets = await Promise.all(Array.from({ length: meetings }, start));
  await measure(meetings, 4, (n) => http.call('POST', `/v1/meetings/${targets[n]!.id}/publish`, {}));
  const mailed = await untilMailed(http, targets);
  say(
    `(c) notices: ${(meetings * people.length) / mailed} mails/s, claimed, rendered and handed over`.replace(
      /\.\d+/,
      '',
    ),
  );
  return {
    name: '(c) API',
    http,
    meeting: targets[0]!,
    databaseUrl,
    start,
    command: (n) => {
      const meeting = targets[n % meetings]!;
      const person = meeting.participants[n % 12]!.person;
      const reply = n % 2 === 0 ? 'accepted' : 'tentative';
      return http.call('PUT', `/v1/meetings/${meeting.id}/rsvps/${person}`, { reply });
    },
    behind: () => behind(http, targets, say),
    stop: () => Promise.resolve(),
  };
}

/** Seconds until every notice has been handed over. */
async function untilMailed(http: Http, targets: Meeting[]): Promise<number> {
  const began = performance.now();
  for (const { id } of targets) {
    for (;;) {
      const { items } = await http.call<{ items: { status: string }[] }>('GET', `/v1/meetings/${id}/deliveries`);
      if (items.filter(({ status }) => status === 'sent').length >= people.length) break;
    }
  }
  return (performance.now() - began) / 1000;
}

async function behind(http: Http, targets: Meeting[], say: (line: string) => void): Promise<void> {
  const lags = await Promise.all(
    targets.map(async ({ id, participants }) => {
      const person = participants[1]!.person;
      const { revision } = await http.call<Meeting>('PUT', `/v1/meetings/${id}/rsvps/${person}`, { reply: 'declined' });
      const began = performance.now();
      for (;;) {
        const list = await http.call<{ items: Meeting[] }>('GET', '/v1/meetings?phase=notice&limit=100');
        if ((list.items.find((m) => m.id === id)?.revision ?? 0) >= revision) return performance.now() - began;
      }
    }),
  );
  say(
    `archive behind after a burst: at most ${Math.max(...lags).toFixed(0)} ms, the question itself included (target 5 s)`,
  );
}

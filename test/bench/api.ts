import { randomUUID } from 'node:crypto';
import { fastForward } from '../../infra/time-travel.js';
import { meetingWorkflowId } from '../../workflows/contracts.js';
import { measure, row } from './figures.js';
import { Http } from './http.js';
import type { Stage } from './stage.js';

export interface Plan {
  starts: number;
  commands: number;
  meetings: number;
  say(line: string): void;
}

interface Meeting {
  id: string;
  agenda: { topicId: string }[];
  participants: { person: string }[];
}

const people = Array.from({ length: 12 }, (_, i) => `person${i}@example.org`);

function body(): object {
  return {
    title: `Bench ${randomUUID()}`,
    goal: 'Measure',
    kind: 'regular',
    issueKind: 'process',
    startsAt: new Date(Date.now() + 10 * 24 * 3_600_000).toISOString(),
    timeZone: 'Asia/Taipei',
    durationMinutes: 60,
    place: 'Room 1',
    initiator: { department: 'PMO', email: people[0] },
    host: people[0],
    participants: people.map((email, i) => ({
      email,
      name: `Person ${i}`,
      department: `Department ${i}`,
      role: 'core',
    })),
    supportDepartments: [],
    agenda: [{ title: 'Topic', minutes: 30, priority: 1 }],
    publish: true,
  };
}

/** (c): starts, commands and ballots through the public API. Mails go out meanwhile, as they would. */
export async function figuresOfApi(
  stage: Stage,
  plan: Plan,
): Promise<{ starts: number; commands: number; ballots: number }> {
  const database = process.env['TEST_DATABASE_URL'];
  const { url, adminKey } = await stage.product(database);
  const http = new Http(url, adminKey);
  plan.say(
    `(c) on ${database === undefined ? 'PGlite, one process' : 'PostgreSQL, API and worker in processes of their own'}`,
  );
  const made: Meeting[] = [];
  const start = async (): Promise<void> => void made.push(await http.call<Meeting>('POST', '/v1/meetings', body()));
  await measure(30, 8, start);
  const starts = await measure(plan.starts, 8, start);
  plan.say(row('(c) API: starts', starts));

  const targets = made.slice(0, plan.meetings);
  const reply = (n: number): Promise<unknown> => {
    const meeting = targets[n % targets.length]!;
    const person = meeting.participants[n % 12]!.person;
    const answer = n % 2 === 0 ? 'accepted' : 'tentative';
    return http.call('PUT', `/v1/meetings/${meeting.id}/rsvps/${person}`, { reply: answer });
  };
  await measure(100, plan.meetings, reply);
  const commands = await measure(plan.commands, plan.meetings, reply);
  plan.say(row('(c) API: commands', commands));
  const ballots = await ballotFigures(stage, http, targets[0]!);
  plan.say(row('(c) API: ballots', ballots));
  return { starts: starts.perSecond, commands: commands.perSecond, ballots: ballots.perSecond };
}

async function ballotFigures(stage: Stage, http: Http, meeting: Meeting): ReturnType<typeof measure> {
  const at = `/v1/meetings/${meeting.id}`;
  await fastForward(stage.client, meetingWorkflowId(meeting.id), 10 * 86_400 + 30);
  await http.call('POST', `${at}/open`, {});
  const electors = meeting.participants.map((p) => p.person);
  for (const person of electors) await http.call('PUT', `${at}/attendance/${person}`, { present: true });
  const topicId = meeting.agenda[0]!.topicId;
  await http.call('POST', `${at}/topics/${topicId}/start`, {});
  const vote = await http.call<{ id: string }>('POST', `${at}/votes`, { topicId, motion: 'Measure' });
  const choices = ['agree', 'against', 'neutral'];
  const cast = (n: number): Promise<unknown> =>
    http.call('PUT', `${at}/votes/${vote.id}/ballots/${electors[n % electors.length]!}`, { choice: choices[n % 3] });
  await measure(500, 32, cast);
  return measure(10_000, 32, cast);
}

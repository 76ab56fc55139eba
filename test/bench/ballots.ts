import { once } from 'node:events';
import { fastForward } from '../../infra/time-travel.js';
import { meetingWorkflowId } from '../../workflows/contracts.js';
import type { Product } from './api.js';
import { measure, row, sum, type Figures } from './figures.js';
import { Http } from './http.js';
import type { Stage } from './stage.js';

const perRound = 3_000;
const inFlight = 32;

/** Ballots through the whole product, beside a bare Fastify route with one statement on the same database (PostgreSQL only). */
export async function ballots(
  stage: Stage,
  product: Product,
  rounds: number,
  say: (line: string) => void,
): Promise<void> {
  const cast = await openBallot(stage, product);
  const bare = product.databaseUrl === undefined ? undefined : await stage.bareRoute(product.databaseUrl);
  const http = bare && new Http(bare.url, '');
  const one = (n: number): Promise<unknown> | undefined => http?.call('PUT', `/ballots/${n % 12}`, { choice: 'agree' });
  await measure(500, inFlight, cast);
  await measure(500, inFlight, async (n) => one(n));
  const ours: Figures[] = [];
  const theirs: Figures[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await measure(perRound, inFlight, cast));
    if (http) theirs.push(await measure(perRound, inFlight, async (n) => one(n)));
  }
  say(row('(c) API: ballots', sum(ours)));
  if (!bare) return;
  say(row('(d) bare Fastify route with one statement', sum(theirs)));
  say(
    `ballots: ${(sum(ours).perSecond / sum(theirs).perSecond).toFixed(2)} of (d); target 2,500/s where (d) makes 5,400/s: 0.46`,
  );
  bare.child.kill('SIGTERM');
  await once(bare.child, 'exit');
}

/** A meeting of twelve that votes; each of them changes their mind as often as is measured. */
async function openBallot(stage: Stage, { http, meeting }: Product): Promise<(n: number) => Promise<unknown>> {
  const { id, agenda, participants } = meeting;
  const at = `/v1/meetings/${id}`;
  await fastForward(stage.client, meetingWorkflowId(id), 10 * 86_400 + 30);
  await http.call('POST', `${at}/open`, {});
  const electors = participants.map((p) => p.person);
  for (const person of electors) await http.call('PUT', `${at}/attendance/${person}`, { present: true });
  const topicId = agenda[0]!.topicId;
  await http.call('POST', `${at}/topics/${topicId}/start`, {});
  const vote = await http.call<{ id: string }>('POST', `${at}/votes`, { topicId, motion: 'Measure' });
  const choices = ['agree', 'against', 'neutral'];
  return (n) =>
    http.call('PUT', `${at}/votes/${vote.id}/ballots/${electors[n % electors.length]!}`, { choice: choices[n % 3] });
}

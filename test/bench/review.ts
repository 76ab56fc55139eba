/**
 * `npm run bench:review`: the figures of a quarter (R1) over a generated organisation of three years, beside bare aggregates
 * over the same tables, on the database of TEST_DATABASE_URL, else on PGlite. Figures only; nothing passes or fails.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { openArchive } from '../../archive/open.js';
import { reviewInput } from '../../archive/review-input.js';
import { sums } from '../../archive/review-sql.js';
import { calendarById } from '../../domain/calendar/index.js';
import { generate } from '../../infra/seed/generate.js';
import { readSeedOptions } from '../../infra/seed/options.js';
import { seed } from '../../infra/seed/seed.js';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 9);
const quarter = '2026-Q2';
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const server = process.env['TEST_DATABASE_URL'];
const name = `convoke_bench_${randomUUID().replaceAll('-', '')}`;
const place = { timeZone: 'Asia/Taipei', calendar: calendarById('TW'), now: 0 };

async function asAdmin(statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** Milliseconds: the middle one of the rounds. */
async function middle(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)]!;
}

/** The same tables, the same quarters, the same scopes, and nothing but counting. */
const scopes = 'group by grouping sets ((), (f.department), (f.series_id), (f.host))';
const bare = (from: number, to: number): Record<string, string> => ({
  meetings: `select f.department, f.series_id, f.host, count(*), sum(f.held::int), sum(f.lapsed::int),
      sum(f.emergency::int), sum(f.notice_on_time::int), sum(f.replied), sum(f.invited), sum(f.over_cap::int),
      sum(f.over_time::int), sum(f.minutes_on_time::int), sum(f.minutes_due::int), sum(f.survey), count(f.survey),
      sum(f.effectiveness), count(f.effectiveness), sum(f.plans_raised), sum(f.plans_done), sum(f.balanced::int)
    from view.facts f where f.starts_at >= ${from} and f.starts_at < ${to} ${scopes}`,
  actions: `select f.department, f.series_id, f.host, count(*), sum((a.status = 'done')::int)
    from view.actions a join view.facts f on f.meeting_id = a.meeting_id
    where f.starts_at >= ${from} and f.starts_at < ${to} ${scopes}`,
  topics: `select f.department, f.series_id, f.host, count(*), count(distinct t.topic_id)
    from view.topics t join view.facts f on f.meeting_id = t.meeting_id
    where f.starts_at >= ${from} and f.starts_at < ${to} ${scopes}`,
});

if (server !== undefined) await asAdmin(`create database ${name}`);
const databaseUrl = server === undefined ? undefined : Object.assign(new URL(server), { pathname: `/${name}` }).href;
const archive = await openArchive(databaseUrl === undefined ? { dataDir: 'memory://' } : { databaseUrl });
try {
  const options = { ...readSeedOptions(process.argv.slice(2)), until: '2026-07-31' };
  await seed(archive, generate(options, place), { options, progress: say });
  const input = reviewInput({ calendar: place.calendar, timeZone: place.timeZone }, quarter);
  const run = (text: string) => archive.db.execute(sql.raw(text));
  const statements = bare(input.spans[0]!.from, input.spans.at(-1)!.to);
  const arrays = [
    input.spans.map((s) => `'${s.quarter}'`),
    input.spans.map((s) => s.from),
    input.spans.map((s) => s.to),
    [`'${quarter}'`],
  ].map((list, i) => `array[${list.join(',')}]::${i === 1 || i === 2 ? 'bigint' : 'text'}[]`);
  const figures = sums.text.replace(/\$(\d)(::[a-z]+\[\])/g, (_, n: string) => arrays[Number(n) - 1]!);
  const whole = await middle(() => archive.reviews.soFar(input));
  const summed = await middle(() => run(figures));
  let all = 0;
  for (const [what, text] of Object.entries(statements)) {
    const ms = await middle(() => run(text));
    all += ms;
    say(`bare aggregate over ${what}: ${ms.toFixed(0)} ms`);
  }
  say(
    `all figures of 8 quarters, every scope: ${summed.toFixed(0)} ms, ${(summed / all).toFixed(2)} of the bare aggregates, target 2`,
  );
  say(`the review of a quarter, whole: ${(whole / 1_000).toFixed(2)} s, target 5`);
} finally {
  await archive.close();
  if (server !== undefined) await asAdmin(`drop database ${name} with (force)`);
}
process.exit(0);

/**
 * `npm run bench:review`: the figures of a quarter (R1) over a generated organisation of three years, beside the same
 * numbers asked by hand, on the database of TEST_DATABASE_URL, else on PGlite. Figures only; nothing passes or fails.
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

/** The same numbers of the same quarters and scopes as columns, by hand: what a report of this alone would ask. */
const scopes = 'group by grouping sets ((q), (q, department), (q, series_id), (q, host))';
const bare = (starts: number[], end: number): Record<string, string> => {
  const quarterOf = (at: string): string => `width_bucket(${at}, array[${starts.join(',')}]::bigint[])`;
  const within = (at: string): string => `${at} >= ${starts[0]!} and ${at} < ${end}`;
  const open = (alias: string): string => `coalesce((${alias}.data->>'confidential')::boolean, false) = false`;
  return {
    meetings: `select q, department, series_id, host, count(*), sum(held::int), sum(lapsed::int), sum((held and emergency)::int),
        sum((notice_on_time and not emergency)::int), sum(replied), sum(invited), sum((held and over_cap)::int),
        sum(over_time::int), count(ended_at), sum(minutes_on_time::int), sum(minutes_due::int), sum(survey), count(survey),
        sum(effectiveness), count(effectiveness), sum(plans_raised), sum(plans_done), sum(balanced::int), sum(speaking_rated::int)
      from (select *, ${quarterOf('starts_at')} as q from view.facts where counted and not confidential
        and ${within('starts_at')}) f ${scopes}`,
    actions: `select q, department, series_id, host, count(*), sum(done::int)
      from (select ${quarterOf('x.due')} as q, coalesce(a.department, f.department) as department, f.series_id, f.host,
          a.status = 'done' and coalesce((a.data->>'reportedAt')::bigint, (a.data->>'endedAt')::bigint) <= x.due as done
        from view.actions a cross join lateral (select (a.data->>'firstDueAt')::bigint as due) x
        join view.facts f on f.meeting_id = a.meeting_id
        left join view.topics t on t.meeting_id = a.meeting_id and t.topic_id = a.topic_id
        where not f.confidential and ${within('x.due')} and a.data->>'cancelledByDecision' is null
          and (t.topic_id is null or ${open('t')})) a ${scopes}`,
    topics: `select q, department, series_id, host, count(*), sum(again::int)
      from (select ${quarterOf('f.starts_at')} as q, f.starts_at, f.department, f.series_id, f.host,
          row_number() over (partition by t.topic_id order by f.starts_at, f.meeting_id) > 1 as again
        from view.topics t join view.facts f on f.meeting_id = t.meeting_id
        where f.held and not f.confidential and ${open('t')}) t
      where ${within('starts_at')} ${scopes}`,
  };
};

if (server !== undefined) await asAdmin(`create database ${name}`);
const databaseUrl = server === undefined ? undefined : Object.assign(new URL(server), { pathname: `/${name}` }).href;
const archive = await openArchive(databaseUrl === undefined ? { dataDir: 'memory://' } : { databaseUrl });
try {
  const options = { ...readSeedOptions(process.argv.slice(2)), until: '2026-07-31' };
  await seed(archive, generate(options, place), { options, progress: say });
  const input = reviewInput({ calendar: place.calendar, timeZone: place.timeZone }, quarter);
  const run = (text: string) => archive.db.execute(sql.raw(text));
  const statements = bare(
    input.spans.map((span) => span.from),
    input.spans.at(-1)!.to,
  );
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

/** (d): a Fastify route with one statement, in a process of its own: what a ballot costs at the least. */
import Fastify from 'fastify';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.argv[2], max: 10 });
await pool.query('drop table if exists bench_ballots');
await pool.query('create table bench_ballots (person text primary key, choice text not null)');
const app = Fastify();
app.put<{ Params: { person: string }; Body: { choice: string } }>('/ballots/:person', async (request) => {
  await pool.query(
    `insert into bench_ballots values ($1, $2) on conflict (person) do update set choice = excluded.choice`,
    [request.params.person, request.body.choice],
  );
  return { ok: true };
});
process.send?.(await app.listen({ host: '127.0.0.1', port: 0 }));
process.on('SIGTERM', () => process.exit(0));

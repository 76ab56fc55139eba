/**
 * `npm run bench:knowledge`: search in the knowledge base (R5) over 100,000 generated entries in both Chinese scripts and
 * English, with filters and highlights, on the database of TEST_DATABASE_URL, else on PGlite. Figures only; nothing passes or
 * fails. BENCH_ENTRIES and BENCH_ROUNDS make it smaller or longer.
 */
import { randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import type { Filter } from '../../archive/knowledge-filter.js';
import type { Found } from '../../archive/knowledge.js';
import { foundBy } from '../../archive/knowledge-words.js';
import { openArchive } from '../../archive/open.js';
import { excerptOf, marksOf } from '../../domain/knowledge/highlights.js';
import { toSimplified } from '../../domain/knowledge/scripts.js';
import type { Locale } from '../../domain/meeting/state.js';
import { randomOf } from '../../infra/seed/random.js';
import { about, departmentNames, vocabulary } from '../../infra/seed/words.js';

const count = Number(process.env['BENCH_ENTRIES'] ?? 100_000);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const callsInRound = 40;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const server = process.env['TEST_DATABASE_URL'];
const name = `convoke_bench_${randomUUID().replaceAll('-', '')}`;
const day = 86_400_000;
const first = Date.UTC(2016, 0, 4);
const span = 10 * 365 * day;

async function asAdmin(statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** So many different texts; the rest are like them at another time, in another place, of another product. */
const texts = 5_000;

interface Written {
  title: string;
  text: string;
  locale: Locale;
  found: ReturnType<typeof foundBy>;
}

/** Common subjects, as in any house. */
function written(n: number): Written {
  const random = randomOf(`text ${n}`);
  const chance = random.next();
  const locale: Locale = chance < 0.6 ? 'zh-TW' : chance < 0.8 ? 'zh-CN' : 'en';
  const words = vocabulary[locale];
  const subject = random.pick(words.subjects);
  const title = about(random.pick(words.topics), subject);
  const kinds = [words.conclusions, words.points, words.tasks, words.goals, words.questions, words.obstacles];
  const sentences = Array.from({ length: random.int(3, 9) }, () =>
    about(random.pick(random.pick(kinds)), random.chance(0.6) ? subject : random.pick(words.subjects)),
  );
  const text = sentences.join(locale === 'en' ? '. ' : '。');
  return { title, text, locale, found: foundBy(title, text) };
}

/** One of three names a product, which few others do. */
function entry(n: number, { title, text, locale, found }: Written): object {
  const random = randomOf(`entry ${n}`);
  const product = random.chance(1 / 3) ? `K${random.int(1000, 9999)}` : '';
  const own = foundBy(product, '');
  return {
    ...{
      id: `n${n}`,
      title: `${title} ${product}`.trim(),
      text,
      locale,
      at: first + Math.floor(random.next() * span),
    },
    kind: random.pick(['conclusion', 'conclusion', 'conclusion', 'analysis', 'minutes', 'material', 'article']),
    ...{ department: `d${random.int(1, departmentNames.length)}`, seriesId: `s${random.int(1, 200)}` },
    ...(random.chance(0.1) ? { readers: [`p${random.int(1, 300)}`, `p${random.int(1, 300)}`] } : {}),
    words: `${found.words} ${own.words}`,
    titleWords: `${found.titleWords} ${own.titleWords}`,
    grams: `${found.grams} ${own.grams}`,
  };
}

type Archive = Awaited<ReturnType<typeof openArchive>>;

async function fill({ db }: Archive): Promise<void> {
  const batch = 1_000;
  const pool = Array.from({ length: texts }, (_, n) => written(n));
  for (let n = 0; n < count; n += batch) {
    const entries = Array.from({ length: Math.min(batch, count - n) }, (_, i) => entry(n + i, pool[(n + i) % texts]!));
    await db.execute(
      sql`select record.write_knowledge(e) from jsonb_array_elements(${JSON.stringify(entries)}::jsonb) e`,
    );
  }
  await db.execute(sql`analyze record.knowledge`);
}

interface Figure {
  p50: number;
  p99: number;
}

/** Milliseconds; the round with the least p50, since whatever else the machine does only adds. */
async function measured(calls: (() => Promise<Found>)[]): Promise<Figure & { found: number }> {
  let best: Figure = { p50: Infinity, p99: Infinity };
  let found = 0;
  for (let round = 0; round <= rounds; round++) {
    const times: number[] = [];
    for (let i = 0; i < callsInRound; i++) {
      const began = performance.now();
      const { items, words } = await calls[i % calls.length]!();
      for (const { title, text } of items) marksOf(title, words).concat(excerptOf(text, words).marks);
      times.push(performance.now() - began);
      found += items.length;
    }
    times.sort((a, b) => a - b);
    const at = (q: number): number => times[Math.min(times.length - 1, Math.floor(times.length * q))]!;
    // The first one warms up.
    if (round > 0 && at(0.5) < best.p50) best = { p50: at(0.5), p99: at(0.99) };
  }
  return { ...best, found: found / ((rounds + 1) * callsInRound) };
}

const chinese = [
  '供應商評鑑',
  '新產線 交期',
  '客訴處理的驗收標準',
  '雲端移轉有什麼風險',
  '電池模組 預算',
  'ERP 升級 進度',
  '碳盤查',
];
const english = [
  'supplier audits',
  'budget of the battery module',
  'new production line risk',
  'delivery schedule',
  'cloud',
];
const rare = ['K1234', 'K5678 品質異常', 'K4321 budget'];
const titles = ['供應商評鑑交期調整', '雲端移轉風險評估', 'Budget review: ERP upgrade', '電池模組品質異常檢討 K2222'];

if (server !== undefined) await asAdmin(`create database ${name}`);
const databaseUrl = server === undefined ? undefined : Object.assign(new URL(server), { pathname: `/${name}` }).href;
const archive = await openArchive(databaseUrl === undefined ? { dataDir: 'memory://' } : { databaseUrl });
try {
  const began = performance.now();
  await fill(archive);
  say(`${count} entries on ${archive.kind} written in ${Math.round((performance.now() - began) / 1_000)} s`);
  const { knowledge } = archive;
  const member = { people: ['p7'] };
  const filter: Filter = {
    ...{ kind: ['conclusion'], department: 'd7', visibleTo: member },
    ...{ from: first + span / 2, to: first + span },
  };
  const search = (questions: string[], by: Filter) =>
    questions.map((q) => () => knowledge.search(q, by, { limit: 20 }));
  const groups: Record<string, (() => Promise<Found>)[]> = {
    Chinese: search(chinese, { visibleTo: member }),
    'Chinese, the other script': search(chinese.map(toSimplified), { visibleTo: member }),
    'Chinese, with filters': search(chinese, filter),
    English: search(english, { visibleTo: member }),
    'English, with filters': search(english, filter),
    'a word that few have': search(rare, { visibleTo: member }),
    'no question, with filters': [() => knowledge.search(undefined, filter, { limit: 20 })],
    similar: titles.map((t) => () => knowledge.similar(t, { kind: ['conclusion', 'analysis'], visibleTo: member }, 20)),
    'similar, the other script': titles.map(
      (t) => () => knowledge.similar(toSimplified(t), { kind: ['conclusion', 'analysis'], visibleTo: member }, 20),
    ),
  };
  for (const [what, calls] of Object.entries(groups)) {
    const { p50, p99, found } = await measured(calls);
    say(
      `${what}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${found.toFixed(0)} found, load ${loadavg()[0]!.toFixed(1)}`,
    );
  }
} finally {
  await archive.close();
  if (server !== undefined) await asAdmin(`drop database ${name} with (force)`);
}
process.exit(0);

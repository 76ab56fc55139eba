import type { Instant } from '../domain/calendar/index.js';
import { gramsOf, likelyTheSame, likeness, worthALook } from '../domain/knowledge/similar.js';
import { variantsOf } from '../domain/knowledge/scripts.js';
import type { MeetingId, PersonId, TopicId } from '../domain/meeting/state.js';
import type { Driver } from './driver.js';
import { unnamed, Values } from './knowledge-filter.js';
import type { Caller } from './view-read.js';

/** A topic, at the last of its meetings. */
export interface LikeTopic {
  topicId: TopicId;
  title: string;
  meetingId: MeetingId;
  meetingTitle: string;
  startsAt: Instant;
}

export interface Pair {
  topics: [LikeTopic, LikeTopic];
  likeness: number;
}

/** Whether two topics are one, as somebody said. `a` < `b`. */
export interface TopicLink {
  a: TopicId;
  b: TopicId;
  same: boolean;
  person?: PersonId;
  key?: string;
  at: Instant;
}

/** R2: topics that repeat under another id. Identity comes by carry-over; beyond it a person says so, and can take it back. */
export interface Repeats {
  /** The topic with its people; null: unknown, confidential, or nothing that this caller sees. */
  topic(id: TopicId, visibleTo: Caller | undefined): Promise<(LikeTopic & { organisers: PersonId[] }) | null>;
  /** Topics of other ids with a title like this, the likest first. */
  like(
    topic: LikeTopic,
    visibleTo: Caller | undefined,
    limit: number,
  ): Promise<{ topic: LikeTopic; likeness: number }[]>;
  /** Likely repeats among the newest topics that nobody has said anything about. */
  suggestions(visibleTo: Caller | undefined, since: Instant, limit: number): Promise<Pair[]>;
  say(link: TopicLink): Promise<void>;
  /** False: there was nothing. */
  takeBack(a: TopicId, b: TopicId): Promise<boolean>;
  links(ids: TopicId[]): Promise<TopicLink[]>;
  /** Each of these with all that it is one with, itself included, however many steps away. */
  linkedTopics(ids: TopicId[]): Promise<Record<TopicId, TopicId[]>>;
}

/** More titles are not compared with each other at once. */
const mostCompared = 3_000;

/** H7, H10: never what is confidential; else the meetings that the caller is in as one of the house, or oversees. */
function seen(values: Values, caller: Caller | undefined): string {
  const open = `m.confidential_by is null and coalesce(t.data->>'confidential', 'false') <> 'true'`;
  if (caller === undefined || caller.all !== undefined) return open;
  const own = values.add(caller.people);
  return `${open} and m.people && array(select unnest(${own}::text[]) except select unnest(coalesce(m.outsiders, '{}')))`;
}

const newestOf = (where: string): string => `select distinct on (t.topic_id) t.topic_id as "topicId", t.title,
    m.id as "meetingId", m.title as "meetingTitle", m.starts_at as "startsAt"
  from view.topics t join view.meetings m on m.id = t.meeting_id
  where ${where} order by t.topic_id, m.starts_at desc`;

const linksOf = {
  name: 'topic_links',
  text: 'select a, b, same, by_person, by_key, at from record.topic_links where a = any ($1) or b = any ($1)',
};
const closure = {
  name: 'linked_topics',
  text: `with recursive edges as (
      select a, b from record.topic_links where same union all select b, a from record.topic_links where same),
    linked as (select i as root, i as id from unnest($1::text[]) i
      union select l.root, e.b from linked l join edges e on e.a = l.id)
    select root, id from linked order by root, id`,
};
const say = {
  name: 'say_topic_link',
  text: `insert into record.topic_links (a, b, same, by_person, by_key, at) values ($1, $2, $3, $4, $5, $6)
    on conflict (a, b) do update set same = excluded.same, by_person = excluded.by_person, by_key = excluded.by_key,
      at = excluded.at`,
};
const takeBack = {
  name: 'take_back_topic_link',
  text: 'delete from record.topic_links where a = $1 and b = $2 returning a',
};

const inOrder = (a: TopicId, b: TopicId): [TopicId, TopicId] => (a < b ? [a, b] : [b, a]);

export function createRepeats(driver: Driver): Repeats {
  const topics = async (text: string, values: Values): Promise<LikeTopic[]> =>
    (await driver.run(unnamed(text), values.list)).map((row) => ({
      topicId: String(row['topicId']),
      title: String(row['title']),
      meetingId: String(row['meetingId']),
      meetingTitle: String(row['meetingTitle']),
      startsAt: Number(row['startsAt']),
    }));
  const plain = `"topicId", title, "meetingId", "meetingTitle", "startsAt"`;

  const links = async (ids: TopicId[]): Promise<TopicLink[]> =>
    (await driver.run(linksOf, [ids])).map((row) => ({
      ...{ a: String(row['a']), b: String(row['b']), same: row['same'] === true, at: Number(row['at']) },
      ...(row['by_person'] === null ? {} : { person: row['by_person'] as string }),
      ...(row['by_key'] === null ? {} : { key: row['by_key'] as string }),
    }));

  return {
    links,
    async topic(id, visibleTo) {
      const values = new Values();
      const where = `t.topic_id = ${values.add(id)} and ${seen(values, visibleTo)}`;
      const [found] = await topics(`select ${plain} from (${newestOf(where)}) x`, values);
      if (found === undefined) return null;
      const [row] = await driver.run(
        unnamed(`select m.host, m.state->>'coordinator' as coordinator, m.state->'initiator'->>'person' as initiator
          from view.meetings m where m.id = $1`),
        [found.meetingId],
      );
      const people = [row?.['host'], row?.['coordinator'], row?.['initiator']];
      return { ...found, organisers: people.filter((p): p is string => typeof p === 'string') };
    },

    async like(topic, visibleTo, limit) {
      const grams = gramsOf(topic.title);
      const values = new Values();
      const near = values.add(patterns(topic.title));
      const where = `t.topic_id <> ${values.add(topic.topicId)} and t.title ilike any (${near}::text[]) and ${seen(values, visibleTo)}`;
      const found = await topics(
        `select ${plain} from (${newestOf(where)}) x order by "startsAt" desc limit ${mostCompared}`,
        values,
      );
      return found
        .map((other) => ({ topic: other, likeness: likeness(grams, gramsOf(other.title)) }))
        .filter((x) => x.likeness >= worthALook)
        .sort((a, b) => b.likeness - a.likeness)
        .slice(0, limit);
    },

    async suggestions(visibleTo, since, limit) {
      const values = new Values();
      const where = `m.starts_at >= ${values.add(since)} and ${seen(values, visibleTo)}`;
      const found = await topics(
        `select ${plain} from (${newestOf(where)}) x order by "startsAt" desc, "topicId" limit ${mostCompared}`,
        values,
      );
      const said = new Set((await links(found.map((t) => t.topicId))).map(({ a, b }) => `${a} ${b}`));
      return pairsOf(found)
        .filter(({ topics: [x, y] }) => !said.has(inOrder(x.topicId, y.topicId).join(' ')))
        .sort((x, y) => y.likeness - x.likeness || y.topics[0].startsAt - x.topics[0].startsAt)
        .slice(0, limit);
    },

    async say({ a, b, same, person, key, at }) {
      await driver.run(say, [...inOrder(a, b), same, person ?? null, key ?? null, at]);
    },
    takeBack: async (a, b) => (await driver.run(takeBack, inOrder(a, b))).length > 0,

    async linkedTopics(ids) {
      const rows = await driver.run(closure, [ids]);
      const linked: Record<TopicId, TopicId[]> = {};
      for (const row of rows) (linked[String(row['root'])] ??= []).push(String(row['id']));
      return linked;
    },
  };
}

/** Any two neighbouring characters, in whichever script, any three letters: what has none of them is not alike. */
function patterns(title: string): string[] {
  const folded = title.normalize('NFKC').toLowerCase();
  const chinese = [...folded.matchAll(/(?=(\p{sc=Han}{2}))/gu)].map((m) => m[1]!);
  const letters = [...folded.matchAll(/(?=([\p{L}\p{N}]{3}))/gu)]
    .map((m) => m[1]!)
    .filter((g) => !/\p{sc=Han}/u.test(g));
  const pairs = [...new Set(chinese)].slice(0, mostGrams).flatMap(inEitherScript);
  const all = [...pairs, ...new Set(letters.slice(0, mostGrams))];
  return (all.length > 0 ? all : [folded.replace(/[%_\\]/g, '')]).map((gram) => `%${gram}%`);
}

const mostGrams = 60;

function inEitherScript(pair: string): string[] {
  const [first = '', second = ''] = pair;
  return variantsOf(first).flatMap((a) => variantsOf(second).map((b) => a + b));
}

/** All pairs alike, found by what they share: a title meets only titles with a gram of its own. */
function pairsOf(topics: LikeTopic[]): Pair[] {
  const grams = topics.map((topic) => gramsOf(topic.title));
  const having = new Map<string, number[]>();
  const pairs: Pair[] = [];
  grams.forEach((own, i) => {
    const shared = new Map<number, number>();
    for (const gram of own) for (const j of having.get(gram) ?? []) shared.set(j, (shared.get(j) ?? 0) + 1);
    for (const [j, count] of shared) {
      const like = (2 * count) / (own.length + grams[j]!.length);
      const [x, y] = [topics[j]!, topics[i]!];
      if (like >= likelyTheSame && x.meetingId !== y.meetingId) pairs.push({ topics: [x, y], likeness: like });
    }
    for (const gram of own) having.set(gram, [...(having.get(gram) ?? []), i]);
  });
  return pairs;
}

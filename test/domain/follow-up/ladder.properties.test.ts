import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { addDays, HOUR, insideHours, isWorkingDay, toLocal } from '../../../domain/calendar/index.js';
import { Refusal } from '../../../domain/errors.js';
import type { Actor, CommandInput, CommandName } from '../../../domain/meeting/commands.js';
import { itemsOf } from '../../../domain/meeting/follow-up/items.js';
import type { Item } from '../../../domain/meeting/follow-up/items.js';
import { decisionChain } from '../../../domain/meeting/follow-up/people.js';
import { admin, aMeeting, at, person, taipei } from '../../support/meeting.js';
import { Run } from '../../support/run.js';

/** Its clocks change on 8 March 2026, in the middle of these ladders. */
const newYork = {
  name: 'America/New_York',
  offsets: [
    { from: 0, minutes: -300 },
    { from: Date.UTC(2026, 2, 8, 7), minutes: -240 },
    { from: Date.UTC(2026, 10, 1, 6), minutes: -300 },
  ],
};

/** Who is who in a simulated meeting: sometimes nobody coordinates, the owner hosts, or nobody can decide. */
const casts = fc.record({
  owner: fc.constantFrom('p7', 'p7', 'p3', 'p2', 'p1', 'p5', 'p6', 'p20'),
  coordinator: fc.constantFrom<(string | undefined)[]>('p3', undefined),
  sponsor: fc.constantFrom<(string | undefined)[]>('p5', undefined),
  pmo: fc.constantFrom<(string | undefined)[]>('p30', 'p7', undefined),
  levels: fc.constantFrom<Level[][]>(
    [{ head: 'p6' }, { head: 'p20' }],
    [{ head: 'p20' }],
    [{ head: 'p6' }, { head: 'p7' }, { head: 'p20' }],
    [{ head: 'p5' }, { head: 'p2' }],
    [
      { head: 'p6', acting: 'p7' },
      { head: 'p20', acting: 'p6' },
    ],
    [
      { head: 'p7', acting: 'p6' },
      { head: 'p20', acting: 'p3' },
    ],
    [{ head: 'p6', acting: 'p20' }, { head: 'p20', acting: 'p7' }, { head: 'p5' }],
    [],
  ),
  /** F2: registered leave of some, days from the beginning on. */
  leave: fc.array(
    fc.record({
      person: fc.constantFrom('p7', 'p7', 'p3', 'p6', 'p20', 'p5'),
      from: fc.integer({ min: 0, max: 60 }),
      days: fc.integer({ min: 0, max: 25 }),
    }),
    { maxLength: 3 },
  ),
  dueInDays: fc.integer({ min: 1, max: 40 }),
  zone: fc.constantFrom(taipei, newYork),
});
/** H5: who heads a department, and who stands in for them. */
interface Level {
  head: string;
  acting?: string;
}
type Cast = typeof casts extends fc.Arbitrary<infer T> ? T : never;

/** One thing that happens: mostly time passes; else somebody acts part of the way to the next timer. */
const steps = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('fire' as const), times: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'reply' as const }) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'archive' as const }, { kind: 'leaves' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      part: fc.double({ min: 0, max: 0.999, noNaN: true }),
      /** Mostly what is possible, by who may; else anything by anybody. */
      fitting: fc.constantFrom(true, true, true, false),
      pick: fc.nat(11),
      who: fc.constantFrom('owner', 'coordinator', 'host', 'sponsor', 'assignee', 'p6', 'p20', 'admin'),
      item: fc.nat(3),
      days: fc.option(fc.integer({ min: -1, max: 16 }), { nil: undefined }),
      yes: fc.boolean(),
      decision: fc.constantFrom('reassign' as const, 'simplify' as const, 'cancel' as const, 'extend' as const),
      newOwner: fc.constantFrom('p9', 'p7', 'p3', 'p20'),
    }),
  },
);
type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never;
type Act = Extract<Step, { kind: 'act' }>;

/** A run that remembers what its checks need. */
class Life extends Run {
  /** Third misses of an item so far, and how many it had missed when last looked at. */
  thirds: Record<string, { seen: number; missed: number }> = {};
  /** What the archive said when a decision got its chain. */
  found: Record<string, Found> = {};
}
type Found = { heads: string[]; sponsor?: string; pmo?: string };

function start(cast: Cast): Life {
  const { owner, coordinator, sponsor, pmo } = cast;
  const base = aMeeting();
  const norms = { ...base.norms, ...(pmo === undefined ? {} : { pmo: { person: pmo } }) };
  const run = new Life({ ...base, zone: cast.zone, coordinator, sponsor, norms }, at('2026-02-05', '10:00'));
  run.leave = cast.leave.map(({ person: away, from, days }) => ({
    person: away,
    from: addDays('2026-02-05', from),
    to: addDays('2026-02-05', from + days),
  }));
  const dueAt = run.now + cast.dueInDays * 24 * HOUR;
  run.command('action', { task: '任務', owner, dueAt, department: 'd2' }, admin);
  return run;
}

const commands = [
  'progress',
  'complete',
  'confirm',
  'extendAction',
  'decide',
  'completeTask',
  'blocked',
  'unblock',
] as const;
type Name = (typeof commands)[number];

const fitting: Record<Item['status'], readonly Name[]> = {
  open: ['progress', 'complete', 'extendAction', 'blocked', 'unblock'],
  overdue: ['progress', 'complete', 'extendAction', 'completeTask', 'blocked'],
  escalated: ['complete', 'decide', 'complete', 'progress'],
  reported: ['confirm'],
  done: commands,
  cancelled: commands,
};

const fittingActor: Record<Name, Act['who']> = {
  progress: 'owner',
  complete: 'owner',
  confirm: 'coordinator',
  extendAction: 'coordinator',
  decide: 'assignee',
  completeTask: 'assignee',
  blocked: 'coordinator',
  unblock: 'owner',
};

function actor(run: Run, who: Act['who'], item: Item): Actor {
  const { state } = run;
  const asked = state.tasks.find((t) => t.about === item.id && t.status === 'open')?.assignee;
  const people = {
    owner: item.owner,
    coordinator: state.coordinator ?? 'p2',
    host: state.host,
    sponsor: state.sponsor ?? 'p5',
    assignee: asked ?? 'p2',
    p6: 'p6',
    p20: 'p20',
  };
  return who === 'admin' ? admin : person(people[who]);
}

function input(run: Run, act: Act, name: Name, item: Item): CommandInput<CommandName> {
  const { id } = item;
  const dueAt = act.days === undefined ? undefined : run.now + act.days * 24 * HOUR;
  const talk = run.state.tasks.find((t) => t.about === id && t.status === 'open')?.id ?? id;
  const inputs = {
    progress: act.yes
      ? { id, note: '等料', blockedBy: `d${3 + (act.pick % 2)}` }
      : { id, obstacle: '缺料', newDueAt: dueAt },
    complete: { id, note: '完成' },
    confirm: { id, accepted: act.yes, newDueAt: act.pick % 3 === 0 ? dueAt : undefined },
    extendAction: { id, dueAt: dueAt ?? run.now + 72 * HOUR, reason: '改期' },
    decide: { id, decision: act.decision, dueAt, owner: act.newOwner, task: '簡化後' },
    completeTask: { id: talk, text: '已溝通', newDueAt: dueAt },
    blocked: { id, accepted: act.yes, ...(act.pick % 2 ? { until: dueAt } : { dueAt }) },
    unblock: { id, dueAt: dueAt ?? run.now + 72 * HOUR },
  };
  return inputs[name];
}

function perform(run: Life, step: Step, cast: Cast): void {
  if (step.kind === 'fire') return fire(run, step.times);
  if (step.kind === 'reply') return answer(run, cast);
  if (step.kind === 'archive') return void (run.standingAnswers = !run.standingAnswers);
  if (step.kind === 'leaves') return leave(run, cast);
  const timer = run.next();
  if (timer) run.now += Math.floor((timer.at - run.now) * step.part);
  const items = itemsOf(run.state);
  const item = items[step.item % items.length]!;
  const names = step.fitting ? fitting[item.status] : commands;
  const name = names[step.pick % names.length]!;
  const who = step.fitting ? fittingActor[name] : step.who;
  try {
    run.command(name, input(run, step, name, item) as never, actor(run, who, item));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/** H4: whoever owns the first of it leaves, with somebody to follow them or nobody. */
function leave(run: Life, cast: Cast): void {
  const left = itemsOf(run.state)[0]!.owner;
  run.gone.push(left);
  const successor = ['p9', undefined, 'p3'][cast.dueInDays % 3];
  const input = { left, ...(successor === undefined || successor === left ? {} : { successor }) };
  run.command('personLeft', input, admin);
}

function fire(run: Life, times: number): void {
  for (let i = 0; i < times; i += 1) {
    run.fire();
    check(run);
  }
}

/** Every question about a chain or a head is answered, old ones again; by whom of them is there today. */
function answer(run: Life, cast: Cast): void {
  for (const { effect } of run.effects) {
    if (effect.type === 'findHead') {
      const { about, department } = effect;
      run.reply({ type: 'headFound', about, department, person: cast.levels[0]?.head ?? 'p8' });
    }
    if (effect.type !== 'findChain') continue;
    const task = run.state.tasks.find(
      (t) => t.about === effect.about && t.kind === 'escalation' && t.status === 'open',
    );
    const asked = whoIsThere(run, cast, effect.owner);
    run.reply({ type: 'chainFound', about: effect.about, ...asked });
    if (task !== undefined && task.chain === undefined) run.found[task.id] = asked;
  }
}

/** As the archive says it: the acting head, else the head, of each level, and nobody who is away; `owner` where they stand. */
function whoIsThere(run: Life, { levels, sponsor, pmo }: Cast, owner: string): Found {
  const { date } = toLocal(run.state.zone, run.now);
  const away = (p: string): boolean =>
    run.gone.includes(p) || run.leave.some((l) => l.person === p && l.from <= date && date <= l.to);
  const heads = levels.map(({ acting, head }) => {
    const pair = [acting, head].filter((p) => p !== undefined);
    return pair.includes(owner) ? owner : pair.find((p) => !away(p));
  });
  const there = (p: string | undefined): string | undefined => (p === undefined || away(p) ? undefined : p);
  return {
    heads: [...new Set(heads.filter((p) => p !== undefined))],
    sponsor: there(sponsor),
    pmo: there(pmo),
  };
}

/** What each status waits for; the reminder may or may not be ahead. */
const waitsFor: Record<Item['status'], string[]> = {
  open: ['missed', 'blockCheck'],
  overdue: ['ownerSilent', 'coordinatorSilent'],
  escalated: ['decisionSilent'],
  reported: ['acceptSilence'],
  done: [],
  cancelled: [],
};

function checkItem(run: Life, item: Item): void {
  const { state } = run;
  const tasks = state.tasks.filter((t) => t.about === item.id);
  const open = tasks.filter((t) => t.status === 'open');
  const refs = [item.id, ...tasks.map((t) => t.id)];
  const timers = state.timers.filter((t) => refs.includes(t.ref ?? '') && t.kind !== 'reminder').map((t) => t.kind);
  expect(timers).toHaveLength(waitsFor[item.status].length === 0 ? 0 : 1);
  expect(waitsFor[item.status]).toEqual(expect.arrayContaining(timers));
  const blocked = item.block?.acceptedAt !== undefined;
  if (item.status === 'open') expect(timers).toEqual([blocked ? 'blockCheck' : 'missed']);
  // Asked again later while the archive does not say who is on leave.
  if (item.status === 'open' && !blocked && item.dueAt > run.now)
    expect(state.timers.find((t) => t.kind === 'missed' && t.ref === item.id)?.at).toBe(item.dueAt);
  if (item.status !== 'open') expect(blocked).toBe(false);
  if (item.status !== 'open')
    expect(open.length).toBeLessThanOrEqual(item.status === 'overdue' || item.status === 'escalated' ? 1 : 0);
  expect(open.filter((t) => t.kind === 'escalation')).toHaveLength(item.status === 'escalated' ? 1 : 0);
  expect(open.filter((t) => t.kind === 'talk' && item.status !== 'overdue')).toEqual([]);
  expect(item.missed).toBeLessThanOrEqual(3);
  expect(tasks.filter((t) => t.kind === 'escalation' && t.cause === undefined)).toHaveLength(thirdsOf(run, item));
  expect(item.dues.at(-1)?.dueAt).toBe(item.dueAt);
  expect(item.dues.filter((d) => d.missed).length).toBe(item.missedTotal);
  for (const due of item.dues) {
    const { date, time } = toLocal(state.zone, due.dueAt);
    expect(time).toBe('18:00');
    if (due.by.via === 'clock') expect(isWorkingDay(state.calendar, date)).toBe(true);
  }
}

/** F3: a third miss is one however often it is looked at; a decision starts the count again. */
function thirdsOf(run: Life, item: Item): number {
  const { seen, missed } = run.thirds[item.id] ?? { seen: 0, missed: 0 };
  const now = { seen: seen + (item.missed >= 3 && missed < 3 ? 1 : 0), missed: item.missed };
  run.thirds[item.id] = now;
  return now.seen;
}

function checkPeople({ state, found: said }: Life): void {
  for (const task of state.tasks) {
    const item = itemsOf(state).find((x) => x.id === task.about)!;
    if (task.status !== 'open' || task.assignee === undefined) continue;
    expect(task.assignee).not.toBe(item.owner);
    if (task.kind !== 'escalation') continue;
    const found = said[task.id]!;
    const below = found.heads.slice(0, found.heads.lastIndexOf(item.owner) + 1);
    expect(below).not.toContain(task.assignee);
    expect(task.chain).toEqual(decisionChain(item.owner, found));
  }
}

function checkMails(run: Run): void {
  const { state } = run;
  const claims = run.mails().flatMap((m) => m.to.map((to) => `${m.mail} ${to} ${m.occasion}`));
  expect(new Set(claims).size).toBe(claims.length);
  const reminders = run.mails().filter((m) => ['actionReminder', 'missed', 'talk'].includes(m.mail));
  for (const { digestAt = 0 } of reminders)
    expect([run.clock(digestAt), insideHours(state.calendar, state.zone, digestAt)]).toEqual([
      run.clock(digestAt),
      true,
    ]);
}

/** What came up at all, so that the property is not about nothing. */
const cameUp = new Set<string>();
function remember({ state }: Life): void {
  for (const item of itemsOf(state)) {
    if (item.block !== undefined) cameUp.add(item.block.acceptedAt === undefined ? 'said' : 'blocked');
    if (item.block?.head !== undefined) cameUp.add('head');
    for (const { reason, by } of item.dues) if (by.via === 'clock') cameUp.add(reason ?? '');
  }
  for (const { kind, cause } of state.tasks) cameUp.add(cause ?? kind);
}

function check(run: Life): void {
  const { state } = run;
  remember(run);
  itemsOf(state).forEach((item) => checkItem(run, item));
  checkPeople(run);
  for (const timer of state.timers) expect(timer.at).toBeGreaterThanOrEqual(run.now);
  expect(new Set(state.timers.map((t) => t.key)).size).toBe(state.timers.length);
  const allEnded = itemsOf(state).every((x) => x.status === 'done' || x.status === 'cancelled');
  if (state.phase === 'closed') expect([allEnded, run.agenda()]).toEqual([true, []]);
}

describe('F1–F3 the ladder under any behaviour', () => {
  test('F1–F3, H4, H5 it never stalls, never escalates twice, never asks the owner or those below; with leave, blocks and acting heads', () => {
    fc.assert(
      fc.property(casts, fc.array(steps, { minLength: 15, maxLength: 60 }), (cast, happening) => {
        const run = start(cast);
        check(run);
        for (const step of happening) {
          perform(run, step, cast);
          check(run);
          if (run.state.phase === 'closed') break;
        }
        checkMails(run);
      }),
      { numRuns: 150 },
    );
    const all = ['said', 'blocked', 'head', 'leave', 'silence', 'talk', 'escalation', 'ownerLeft'];
    expect([...cameUp]).toEqual(expect.arrayContaining(all));
  });

  test('F3 left alone, every action ends up with somebody who can decide, and one decision ends it', () => {
    fc.assert(
      fc.property(casts, (cast) => {
        const run = start(cast);
        // Who is on leave, or may be, makes it longer (waiting.test.ts).
        run.leave = [];
        for (let i = 0; i < 40 && run.state.actions[0]?.status !== 'escalated'; i += 1) run.fire();
        answer(run, cast);
        const { id } = run.state.actions[0]!;
        expect(run.state.actions[0]).toMatchObject({ status: 'escalated', missed: 3 });
        expect(run.command('decide', { id, decision: 'cancel' }, admin).status).toBe('cancelled');
        expect(run.state.phase).toBe('closed');
      }),
    );
  });
});

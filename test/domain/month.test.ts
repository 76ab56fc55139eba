/** H1–H3: one organisation's month in pure code: how many mails one person gets on one day. */
import { describe, expect, test } from 'vitest';
import {
  addDays,
  fromLocal,
  insideHours,
  isWorkingDay,
  nextAllowed,
  toLocal,
  zoneData,
} from '../../domain/calendar/index.js';
import type { Instant, ZoneData } from '../../domain/calendar/index.js';
import type { CreateMeetingInput } from '../../domain/meeting/commands.js';
import { createMeeting } from '../../domain/meeting/create.js';
import type { MailEffect } from '../../domain/meeting/effects.js';
import { urgencyOf } from '../../domain/meeting/urgency.js';
import { isStillWanted } from '../../domain/meeting/wanted.js';
import { defaultNorms } from '../../domain/norms.js';
import { admin, person, taipei, taiwan } from '../support/meeting.js';
import { advance, send, simulate } from '../support/simulate.js';
import type { Outside, Simulation } from '../support/simulate.js';

const departments = 20;
const people = 120;
const meetings = 60;
/** March 2026: 22 working days in Taiwan. */
const days = Array.from({ length: 31 }, (_, i) => addDays('2026-03-01', i)).filter((d) => isWorkingDay(taiwan, d));

/** The same month on every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
let random = seeded(20_260_301);
const below = (n: number): number => Math.floor(random() * n);
const chance = (p: number): boolean => random() < p;
function some<T>(list: readonly T[], n: number): T[] {
  const rest = [...list];
  return Array.from({ length: Math.min(n, rest.length) }, () => rest.splice(below(rest.length), 1)[0]!);
}

const away: ZoneData[] = ['Europe/London', 'America/Los_Angeles', 'Asia/Tokyo'].map((name) =>
  zoneData(name, Date.UTC(2026, 0, 1), Date.UTC(2028, 0, 1)),
);
const staff = Array.from({ length: people }, (_, i) => ({
  id: `p${i + 1}`,
  department: `d${(i % departments) + 1}`,
  isHead: i < departments,
  zone: i % 12 === 11 ? away[i % away.length] : undefined,
}));
const everybody = staff.map((p) => p.id);
const head = (department: string): string => staff.find((p) => p.isHead && p.department === department)!.id;
const zoneOf = (id: string): ZoneData => staff.find((p) => p.id === id)?.zone ?? taipei;

const id = (n: number): string =>
  `meeting${String(n).padStart(9, '0')}`.replace(/[^a-z]/g, (c) => 'abcdefghij'[Number(c)]!);

interface Sent {
  at: Instant;
  person: string;
  what: string;
  urgency: ReturnType<typeof urgencyOf> | 'digest mail';
}

function request(n: number, startsAt: Instant): CreateMeetingInput {
  const involved = some(
    Array.from({ length: departments }, (_, i) => `d${i + 1}`),
    2 + below(4),
  );
  const [own = 'd1'] = involved;
  const seats = involved.flatMap((department) => {
    const colleagues = staff.filter((p) => p.department === department && !p.isHead);
    const led = department === own || chance(0.5) ? [head(department)] : [];
    return [...led, ...some(colleagues, 1 + below(2)).map((p) => p.id)].map((p, i) => ({
      person: p,
      department,
      role: i === 0 ? ('head' as const) : ('core' as const),
      key: i === 0,
    }));
  });
  const [coordinator, recorder] = some(
    seats.map((s) => s.person),
    2,
  );
  return {
    id: id(n),
    kind: 'regular',
    title: `會議 ${n}`,
    goal: '協調',
    issueKind: 'progress',
    startsAt,
    durationMinutes: 60,
    place: '3F',
    initiator: { department: own, person: head(own) },
    host: head(own),
    coordinator,
    recorder,
    participants: seats.slice(0, 15),
    supportDepartments: [],
    agenda: [
      { title: '交期', minutes: 20, priority: 1 },
      { title: '人力', minutes: 20, priority: 2 },
    ],
    locale: 'zh-TW',
    publish: true,
  };
}

/** F2: who is on leave when; a tenth of the house for a week or two. */
const leave = everybody
  .filter((_, i) => i % 10 === 3)
  .map((who, i) => {
    const from = addDays('2026-03-01', i * 2);
    return { person: who, from, to: addDays(from, 4 + (i % 8)) };
  });
const isAway = (who: string, date: string): boolean =>
  leave.some((l) => l.person === who && l.from <= date && date <= l.to);
/** What the directory says of it, and who leads a department that somebody waits for. */
const standing: Pick<Outside, 'leaveUntil' | 'headOf'> = {
  leaveUntil: (who, date) => leave.find((l) => l.person === who && l.from <= date && date <= l.to)?.to,
  headOf: (department) => head(department),
};

const cameUp = { delegates: 0, written: 0, onLeave: 0, blocked: 0 };

/** N3: a key person who cannot come sends a colleague, writes what they have to say, or leaves it open. */
function absent(sim: Simulation, who: string, world: Outside): Simulation {
  const said = send(sim, 'rsvp', { person: who, reply: 'declined' }, person(who), world);
  const task = said.state.alternates?.find((a) => a.person === who && a.status === 'open');
  if (task === undefined || chance(0.3)) return said;
  const { department } = said.state.participants.find((p) => p.person === who)!;
  const seated = new Set(said.state.participants.map((p) => p.person));
  const free = staff.filter((p) => p.department === department && !seated.has(p.id) && p.id !== said.state.host);
  const [delegate] = some(free, 1);
  if (delegate === undefined || chance(0.5)) {
    cameUp.written += 1;
    const topicId = said.state.agenda[0]!.topicId;
    return send(said, 'alternate', { id: task.id, way: 'written', topicId, hash: 'w' }, person(who), world);
  }
  cameUp.delegates += 1;
  return send(said, 'alternate', { id: task.id, way: 'delegate', delegate: delegate.id }, person(who), world);
}

/** F2: waits for another department; accepted mostly, and some days later it is there. */
function waits(sim: Simulation, id: string, owner: string, world: Outside): Simulation {
  const { coordinator, host, actions } = sim.state;
  const other = `d${1 + below(departments)}`;
  if (actions.find((a) => a.id === id)?.department === other) return sim;
  cameUp.blocked += 1;
  let next: Simulation = send(sim, 'progress', { id, blockedBy: other, note: '等料' }, person(owner), world);
  next = advance(next, next.now + (2 + below(30)) * 3_600_000, world);
  if (next.state.actions.find((a) => a.id === id)?.block === undefined) return next;
  const tracker = coordinator === owner || coordinator === undefined ? host : coordinator;
  if (tracker === owner) return next;
  return send(next, 'blocked', { id, accepted: chance(0.7) }, person(tracker), world);
}

/** Who answers and who does not, as in any office: most reply, a third of the actions are late, some minutes too. */
function played(n: number, whole: boolean): Simulation {
  const day = days[3 + (n % (days.length - 3))]!;
  const startsAt = fromLocal(taipei, day, ['09:30', '11:00', '14:00', '16:00'][below(4)]!);
  const before = days[Math.max(0, days.indexOf(day) - 3 - below(2))]!;
  const now = fromLocal(taipei, before, '11:00') + below(60) * 60_000;
  const input = request(n, startsAt);
  const world: Outside = {
    ...(whole ? standing : {}),
    hash: 'h',
    survey: { answers: 4, mean: chance(0.1) ? 2.6 : 3.8 },
    chain: { heads: [head(`d${1 + below(departments)}`)] },
    tally: { agree: 3, against: 0, neutral: 0 },
  };
  const by = { via: 'api' as const };
  let sim = simulate(
    createMeeting(input, { now, norms: defaultNorms, calendar: taiwan, zone: taipei, by }),
    now,
    world,
  );
  const clocks = Object.fromEntries(staff.flatMap((p) => (p.zone === undefined ? [] : [[p.id, p.zone]])));
  const known = { ...sim.state.clocks, asked: everybody, away: clocks };
  sim = { ...sim, state: { ...sim.state, clocks: known } };
  const invited = [...new Set(sim.mails[0]?.effect.to ?? [])].filter((p) => p !== input.host);
  for (const p of invited)
    if (whole && (isAway(p, day) || chance(0.06))) sim = absent(sim, p, world);
    else if (chance(0.75))
      sim = send(sim, 'rsvp', { person: p, reply: chance(0.9) ? 'accepted' : 'tentative' }, person(p), world);
  if (chance(0.15)) sim = send(advance(sim, now + 3_600_000, world), 'patch', { place: '5F' }, admin, world);
  sim = send(advance(sim, startsAt, world), 'open', {}, person(input.host), world);
  const seated = whole ? sim.state.participants.map((x) => x.person) : [...invited, input.host];
  for (const p of seated.filter((x) => x !== input.host && !(whole && isAway(x, day))))
    if (chance(0.85)) sim = send(sim, 'attendance', { person: p, present: true }, person(input.host), world);
  const owners = some(
    input.participants.map((p) => p.person),
    1 + below(4),
  );
  for (const owner of owners) {
    const dueAt = fromLocal(taipei, addDays(day, 3 + below(12)), '18:00');
    sim = send(sim, 'action', { task: `任務 ${owner}`, owner, dueAt }, admin, world);
  }
  sim = send(advance(sim, startsAt + 3_600_000, world), 'close', {}, person(input.host), world);
  if (chance(0.7)) sim = send(advance(sim, startsAt + 5 * 3_600_000, world), 'confirmMinutes', {}, admin, world);
  for (const action of sim.state.actions) {
    if (whole && action.dueAt - sim.now > 72 * 3_600_000 && chance(0.2))
      sim = waits(sim, action.id, action.owner, world);
    if (!chance(0.66)) continue;
    sim = advance(sim, Math.max(sim.now, action.dueAt - (1 + below(30)) * 3_600_000), world);
    if (sim.state.actions.find((a) => a.id === action.id)?.status !== 'open') continue;
    sim = send(sim, 'complete', { id: action.id }, person(action.owner), world);
  }
  sim = advance(sim, fromLocal(taipei, '2026-04-30', '18:00'), world);
  cameUp.onLeave += sim.mails.filter((m) => m.effect.mail === 'onLeave').length;
  return sim;
}

/** What reaches people: mails of their own, and one digest per person and day of what is in it. */
function sentIn(sims: Simulation[]): Sent[] {
  const sent: Sent[] = [];
  const digests = new Map<string, Sent>();
  for (const { mails, state } of sims)
    for (const { at, effect } of mails)
      for (const to of effect.to) {
        if (effect.digestAt === undefined) sent.push({ at, person: to, what: effect.mail, urgency: urgencyOf(effect) });
        else if (wanted(state, effect, to))
          digests.set(`${to} ${effect.digestAt}`, {
            at: effect.digestAt,
            person: to,
            what: 'digest',
            urgency: 'digest mail',
          });
      }
  return [...sent, ...digests.values()];
}

/** At the end nearly everything is settled; what would have been sent is a little more than this, never less than this. */
const wanted = (state: Simulation['state'], effect: MailEffect, to: string): boolean =>
  effect.mail !== 'replyReminder' || isStillWanted({ ...state, phase: 'notice' }, effect, to, 0);

/** F7, H1: every third has a chat account, and gets there what comes by mail; what goes at once waits there for the morning. */
const chatters = new Set(staff.filter((_, i) => i % 3 === 0).map((p) => p.id));
const byChat = (sent: Sent[]): Sent[] =>
  sent.filter((m) => chatters.has(m.person)).map((m) => ({ ...m, at: nextAllowed(taiwan, zoneOf(m.person), m.at) }));

function perDay(sent: Sent[]): number[] {
  const counts = new Map<string, number>();
  for (const { person: to, at } of sent) {
    const key = `${to} ${toLocal(zoneOf(to), at).date}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts.values()];
}

describe('H1–H3 a month of 60 meetings for 120 people', () => {
  const sims = Array.from({ length: meetings }, (_, n) => played(n, false));
  const sent = sentIn(sims);

  test('H2 nobody gets more than six mails in a day', () => {
    const counts = perDay(sent);
    const spread = new Map<number, number>();
    for (const n of counts) spread.set(n, (spread.get(n) ?? 0) + 1);
    const mean = counts.reduce((sum, n) => sum + n, 0) / (people * days.length);
    const busiest = Math.max(...counts);
    process.stdout.write(
      `mails per person and day: most ${busiest}, mean ${mean.toFixed(2)} of all working days; ` +
        `days with n mails: ${[...spread]
          .sort(([a], [b]) => a - b)
          .map(([n, times]) => `${n}: ${times}`)
          .join(', ')}\n`,
    );
    expect(sent.length).toBeGreaterThan(1_000);
    expect(busiest).toBeLessThanOrEqual(6);
  });

  test('H1 no reminder, and no digest, in anybody’s quiet hours', () => {
    const late = sent.filter((m) => m.urgency !== 'atOnce' && !insideHours(taiwan, zoneOf(m.person), m.at));
    expect(late).toEqual([]);
    expect(sent.filter((m) => m.urgency === 'clock' && zoneOf(m.person) !== taipei).length).toBeGreaterThan(0);
  });

  test('H2 at most three single reminders per person and meeting before the start', () => {
    for (const { mails, state } of sims) {
      const counts = new Map<string, number>();
      for (const { at, effect } of mails)
        if (at < state.startsAt && effect.digestAt === undefined && urgencyOf(effect) === 'clock')
          for (const to of effect.to) counts.set(to, (counts.get(to) ?? 0) + 1);
      expect(Math.max(0, ...counts.values())).toBeLessThanOrEqual(3);
    }
  });
});

/** The same month with what goes wrong in it. */
describe('N3, F2, F7 the month with delegates, leave, actions that wait for others, and chats', () => {
  random = seeded(7);
  const sims = Array.from({ length: meetings }, (_, n) => played(n, true));
  const sent = sentIn(sims);
  const chats = byChat(sent);

  test('N3, F2 all of it comes up', () => {
    for (const n of Object.values(cameUp)) expect(n).toBeGreaterThan(2);
    const kinds = new Set(sims.flatMap((sim) => sim.mails.map((m) => m.effect.mail)));
    expect([...kinds]).toEqual(expect.arrayContaining(['alternate', 'onLeave', 'blockAsked', 'blocker']));
  });

  test('H2 reminders and digests are few on any day, whatever else people send each other', () => {
    const reminders = sent.filter((m) => m.urgency !== 'atOnce');
    process.stdout.write(
      `with what goes wrong: most ${Math.max(...perDay(sent))} a day, of them reminders ${Math.max(...perDay(reminders))}\n`,
    );
    expect(Math.max(...perDay(reminders))).toBeLessThanOrEqual(4);
  });

  test('H1 nothing but what goes at once in anybody’s quiet hours; by chat nothing at all', () => {
    const outside = (m: Sent): boolean => !insideHours(taiwan, zoneOf(m.person), m.at);
    expect(sent.filter((m) => m.urgency !== 'atOnce' && outside(m))).toEqual([]);
    expect(chats.length).toBeGreaterThan(300);
    expect(chats.filter(outside)).toEqual([]);
  });
});

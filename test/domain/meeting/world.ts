/** Meetings of one series, one after the other or side by side, and what lies around them: clock, directory, backlog, digests. */
import { addDays, toLocal, zoneData } from '../../../domain/calendar/index.js';
import { Refusal } from '../../../domain/errors.js';
import { digestWaitMs } from '../../../domain/meeting/hours.js';
import { isEnded } from '../../../domain/meeting/phases.js';
import { isStillWanted } from '../../../domain/meeting/wanted.js';
import type { CommandInput, CommandName } from '../../../domain/meeting/commands.js';
import type { Change, Effect, EffectReply, MailEffect } from '../../../domain/meeting/effects.js';
import type { MeetingState, PersonId, Phase } from '../../../domain/meeting/state.js';
import { draftMinutes } from '../../../render/minutes-draft.js';
import { Backlog } from '../../support/backlog.js';
import { Directory } from '../../support/directory.js';
import { nextTimer } from '../../support/simulate.js';
import { must } from './invariants.js';
import { Life } from './life.js';
import type { Surroundings } from './life.js';
import { earlier, timeOf } from './moves.js';
import type { Move } from './moves.js';

const mostMeetings = 4;
const backlogEffects: Effect['type'][] = ['putBacklog', 'takeBacklog', 'withdrawBacklog'];
const away = { p11: 'America/New_York', p12: 'Europe/London' };
const clocks = Object.fromEntries(
  Object.entries(away).map(([person, zone]) => [person, zoneData(zone, Date.UTC(2026, 0, 1), Date.UTC(2028, 0, 1))]),
);

interface Entry {
  life: Life;
  effect: MailEffect;
  person: PersonId;
  at: number;
}

export class World implements Surroundings {
  readonly lives: Life[] = [];
  readonly done = new Set<CommandName>();
  readonly phases = new Set<Phase>();
  /** Which of the dangerous situations came up, so that the checks are about something. */
  readonly cameUp = new Set<string>();
  private readonly backlog = new Backlog();
  /** Topics that ever waited for a later meeting; and those that somebody put on another agenda by their id. */
  private readonly carried = new Set<string>();
  private readonly named = new Set<string>();
  /** F3: who may decide about the owner's work, as the directory said when it was asked; by task. */
  private readonly deciders = new Map<string, PersonId[]>();
  private digest: Entry[] = [];

  constructor(
    first: Change,
    public now: number,
    private readonly directory: Directory,
    private readonly begin: (n: number, id: string, now: number) => Change,
  ) {
    const old = [1, 2, 3].map((n) => ({
      topicId: `${earlier[0] ?? ''}-t${n}`,
      title: 'T',
      reason: 'facts',
      department: 'd1',
    }));
    this.backlog.put(earlier[0] ?? '', 0, old);
    this.lives.push(new Life(first, this));
  }

  play(move: Move): void {
    const life = this.chosen(move);
    // Two commands are never at the same millisecond: by it the archive tells a late call from a new one.
    this.goTo(timeOf(move, life.state, this.now + 1));
    if (move.what === 'next') this.next(move);
    else life.attempt(move);
    // What is armed for a moment that is past acts at once.
    this.goTo(this.now);
    for (const each of this.lives) each.answer(move);
    this.phases.add(life.state.phase);
    this.check();
  }

  /** Nobody does anything any more: the clock alone, up to third misses and decisions that nobody takes. */
  runOn(steps: number): void {
    for (let i = 0; i < steps; i += 1) {
      const next = this.nextLife();
      if (next === undefined) break;
      this.goTo(Math.max(this.now, next.at));
      for (const each of this.lives) each.answer({ n: 1, m: i });
    }
    this.check();
  }

  /** Everything on its way arrives. */
  settle(): void {
    for (let i = 0; i < 5; i += 1) for (const each of this.lives) each.answer({ n: 0, m: i });
    this.goTo(this.now);
    this.check();
    for (const { life, at } of this.digest)
      must(at + digestWaitMs >= this.now || isEnded(life.state.phase), 'H2 what waits for a digest leaves with it');
  }

  perform(life: Life, effect: Effect, m: number): EffectReply | undefined {
    const { state } = life;
    const date = toLocal(state.zone, this.now).date;
    switch (effect.type) {
      case 'closeSurvey':
        return { type: 'surveyClosed', answers: m % 6, ...(m % 6 > 2 ? { mean: 1 + (m % 5) } : {}) };
      case 'countVote':
        return { type: 'voteCounted', voteId: effect.voteId, tally: { agree: m % 9, against: 0, neutral: 0 } };
      case 'draftMinutes':
        checkDraft(state);
        return { type: 'minutesDrafted', hash: 'h', version: effect.version };
      case 'findClocks':
        return {
          type: 'clocksFound',
          clocks: Object.fromEntries(Object.entries(clocks).filter(([p]) => effect.people.includes(p))),
        };
      case 'findChain':
        return this.chain(state, effect, date);
      case 'findHead': {
        const heads = this.directory.upward(effect.department).map((d) => this.directory.leader(d, date));
        return {
          type: 'headFound',
          about: effect.about,
          department: effect.department,
          person: heads.find((p) => p !== effect.owner),
        };
      }
      case 'findStanding': {
        const { about, rung, dueAt, person } = effect;
        const leaveUntil = this.directory.leaveUntil(person, date);
        const left = this.directory.gone.has(person);
        return { type: 'standingFound', about, rung, dueAt, ...(leaveUntil ? { leaveUntil } : {}), left };
      }
      case 'countTopics':
        return {
          type: 'topicsCounted',
          held: effect.held !== undefined,
          topics: effect.topics.map((topicId) => ({ topicId, timesCarried: m % 5 })),
        };
      case 'sendDigest':
        this.sendDigest(effect.slot);
        return undefined;
      default:
        return this.move(state, effect);
    }
  }

  /** S1: out of the backlog and into it. */
  private move({ id, seriesId }: MeetingState, effect: Effect): EffectReply | undefined {
    if (effect.type === 'putBacklog') {
      for (const t of effect.topics) this.carried.add(t.topicId);
      this.backlog.put(id, this.now, effect.topics, effect.final ? { done: effect.done ?? [] } : undefined);
    }
    if (effect.type === 'withdrawBacklog') {
      const topics = this.backlog.withdraw(id, effect.topics);
      return topics.length === 0 ? undefined : { type: 'backlogKept', topics };
    }
    if (effect.type !== 'takeBacklog') return undefined;
    const topics = this.backlog.take(id, this.now, { seriesId, ...effect });
    for (const t of topics) this.carried.add(t.topicId);
    return { type: 'backlogTaken', topics, ...(effect.announce ? { announce: true } : {}) };
  }

  private chain(state: MeetingState, asked: Extract<Effect, { type: 'findChain' }>, date: string): EffectReply {
    const who = { ...asked, pmo: asked.pmo?.person, date };
    const task = state.tasks.find((t) => t.about === asked.about && t.kind === 'escalation' && t.status === 'open');
    if (task && task.chain === undefined) this.deciders.set(task.id, this.directory.deciders(who));
    return { type: 'chainFound', about: asked.about, ...this.directory.chain(who) };
  }

  mailed(life: Life, effect: MailEffect): void {
    const { digestAt, to } = effect;
    if (digestAt !== undefined) this.digest.push(...to.map((person) => ({ life, effect, person, at: digestAt })));
  }

  /** H2: of all meetings of that day, what is still wanted; H1: whose clock was not known yet gets it in their own hours. */
  private sendDigest(slot: number): void {
    const due = this.digest.filter((e) => e.at === slot);
    this.digest = this.digest.filter((e) => e.at !== slot);
    for (const { life, effect, person } of due) {
      if (!isStillWanted(life.state, effect, person, this.now)) continue;
      const { phase } = life.state;
      must(!['cancelled', 'lapsed'].includes(phase), `N4 ${effect.mail} after the end without a meeting`);
      this.cameUp.add('digest');
    }
  }

  /** S1: a topic that another meeting has, by its id. */
  refuses(name: CommandName, life: Life, input: object): boolean {
    const agenda = (name === 'patch' ? (input as CommandInput<'patch'>).agenda : undefined) ?? [];
    return agenda.some(({ topicId = '' }) => {
      const takenBy = this.backlog.rows.get(topicId)?.takenBy;
      const elsewhere = (l: Life): boolean =>
        l !== life && isOpen(l.state) && l.state.agenda.some((t) => t.topicId === topicId);
      return (takenBy !== undefined && takenBy !== life.state.id) || this.lives.some(elsewhere);
    });
  }

  did(name: CommandName, life: Life, input: object): void {
    this.done.add(name);
    if (name === 'unpark') this.carried.delete((input as CommandInput<'unpark'>).topicId);
    if (name === 'patch')
      for (const { topicId } of (input as CommandInput<'patch'>).agenda ?? [])
        if (topicId !== undefined && !topicId.startsWith(life.state.id)) this.named.add(topicId);
    if (name === 'moveDepartment') {
      const { from, to } = input as CommandInput<'moveDepartment'>;
      this.directory.close(from, to);
      this.everywhere(life, (l) => l.command('moveDepartment', { from, to }));
    }
    if (name === 'personLeft') {
      const { left, successor } = input as CommandInput<'personLeft'>;
      this.directory.gone.add(left);
      this.everywhere(life, (l) => l.command('personLeft', { left, ...(successor ? { successor } : {}) }));
    }
  }

  private spreading = false;
  /** H4, H5: what the directory learns, every meeting with open work is told. */
  private everywhere(from: Life, tell: (life: Life) => void): void {
    if (this.spreading) return;
    this.spreading = true;
    for (const life of this.lives) if (life !== from) tell(life);
    this.spreading = false;
  }

  private chosen({ k }: Move): Life {
    const back = k % 5 === 4 ? k % this.lives.length : 0;
    return this.lives[this.lives.length - 1 - back] as Life;
  }

  private next({ n }: Move): void {
    if (this.lives.length >= mostMeetings) return;
    try {
      const id = `next${'abcd'[this.lives.length] ?? ''}`.padEnd(16, 'x');
      this.lives.push(new Life(this.begin(n, id, this.now), this));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  private nextLife(): { life: Life; at: number } | undefined {
    let found: { life: Life; at: number } | undefined;
    for (const life of this.lives) {
      const at = nextTimer(life.state)?.at;
      if (at !== undefined && (found === undefined || at < found.at)) found = { life, at };
    }
    return found;
  }

  private goTo(until: number): void {
    for (let next = this.nextLife(); next && next.at <= until; next = this.nextLife()) {
      this.now = Math.max(this.now, next.at);
      next.life.fire();
    }
    this.now = until;
  }

  private check(): void {
    this.checkDeciders();
    if (this.lives.every((l) => l.isSettled(backlogEffects))) this.checkCarried();
  }

  /** F3: never the owner, nobody below them, nobody who was away; and the nearest first. */
  private checkDeciders(): void {
    for (const { state } of this.lives)
      for (const { id, kind, status, assignee, chain, step, about } of state.tasks) {
        if (kind !== 'escalation' || status !== 'open' || chain === undefined) continue;
        const may = this.deciders.get(id) ?? [];
        must(
          assignee === undefined || may.includes(assignee),
          `F3 ${assignee} decides about ${about}: the owner, or below them`,
        );
        must(assignee !== undefined || may.length === 0, 'F3 somebody could decide, and nobody is asked');
        must(step !== 0 || assignee === may[0], 'F3 the nearest is asked first');
        this.cameUp.add(assignee === undefined ? 'nobody decides' : 'somebody decides');
      }
  }

  /** S1: what was left open is in one place: on one agenda, waiting, or settled. */
  private checkCarried(): void {
    for (const id of this.carried) {
      const waits = this.backlog.isWaiting(id) ? 1 : 0;
      let [open, settled, left] = [0, 0, 0];
      for (const { state } of this.lives) {
        const topic = state.agenda.find((t) => t.topicId === id);
        const parked = state.floor?.parked.some((p) => p.topicId === id) === true;
        if (isOpen(state)) {
          if (topic?.outcome === 'deferred') left += 1;
          else if (topic !== undefined || parked) open += 1;
        } else if (!['cancelled', 'lapsed'].includes(state.phase) && topic && topic.outcome !== 'deferred')
          settled += 1;
        if (state.cancelling && this.backlog.rows.get(id)?.takenBy === state.id) left += 1;
      }
      if (open > 0) this.cameUp.add('carried');
      must(open + waits <= 1, `S1 ${id} is doubled: on ${open} agendas, waiting ${waits}`);
      must(
        this.named.has(id) || settled + waits + open <= 1,
        `S1 ${id} is doubled: settled ${settled}, waiting ${waits}, on ${open} agendas`,
      );
      must(open + waits + settled + left > 0, `S1 ${id} is lost`);
    }
  }
}

const isOpen = ({ phase, cancelling }: MeetingState): boolean =>
  cancelling !== undefined || ['preparation', 'notice', 'execution'].includes(phase);

/** M1: every decided topic stands in the minutes with its conclusion. */
function checkDraft(state: MeetingState): void {
  const { topics } = draftMinutes(state);
  for (const { topicId, outcome, conclusion } of state.agenda)
    if (outcome === 'decided')
      must(
        (conclusion ?? '').trim() !== '' && topics.find((t) => t.topicId === topicId)?.conclusion === conclusion,
        'M1 minutes without the conclusion of a decided topic',
      );
}

/** Twelve people and their departments; which tree, who heads what, and who is away, as drawn. */
export function directoryOf(
  { tree, heads, acting, leave }: { tree: number; heads: (number | null)[]; acting: number; leave: number },
  day: string,
): Directory {
  const person = (n: number): PersonId => `p${1 + (n % 12)}`;
  const departments = heads.map((head, i) => {
    const parent = i === 0 ? undefined : tree === 0 ? `d${Math.floor((i + 1) / 2)}` : tree === 1 ? 'd1' : `d${i}`;
    const given = head === null ? undefined : person(head % 5 === 0 ? head : i);
    return [`d${i + 1}`, { parent, head: given, acting: i === acting ? person(acting + 3) : undefined }] as const;
  });
  const directory = new Directory(new Map(departments));
  const from = addDays(day, leave % 40);
  directory.leave = leave % 3 === 0 ? [{ person: person(leave), from, to: addDays(from, leave % 17) }] : [];
  return directory;
}

/** N3, N4: whatever is changed before the start, people know what is so, and each of it was told them once. */
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { Refusal } from '../../../domain/errors.js';
import { announcedOf } from '../../../domain/meeting/announce.js';
import type { CommandInput, CommandName } from '../../../domain/meeting/commands.js';
import type { Change, MailEffect } from '../../../domain/meeting/effects.js';
import { hasVote, invitees } from '../../../domain/meeting/people.js';
import { preparers } from '../../../domain/meeting/preparers.js';
import type { MeetingState, Participant, PersonId } from '../../../domain/meeting/state.js';
import { applyCommand, applyTimer } from '../../../domain/meeting/step.js';
import { admin } from '../../support/meeting.js';
import { nextTimer } from '../../support/simulate.js';
import { checkState, checkStep, freeze, must } from './invariants.js';
import { inputOf } from './moves.js';
import type { Move } from './moves.js';
import { create, people, topic, wednesday } from './support.js';

const second = 1_000;

/** What somebody sees of a meeting: what is so for all, and their own part. */
function viewOf(state: MeetingState, person: PersonId): string {
  const { roles, asked: _, ...forAll } = announcedOf(state);
  return JSON.stringify({ ...forAll, role: roles[person] });
}

/** A meeting before its start, and what each person has been told of it. */
class Announced {
  readonly known = new Map<PersonId, string>();
  /** P8: what those who prepare something without being invited were asked for. */
  readonly asked = new Map<PersonId, string | undefined>();
  readonly done = new Set<string>();
  bundled = 0;
  state: MeetingState;

  constructor(
    { state, effects }: Change,
    private now: number,
  ) {
    this.state = freeze(state);
    this.hear(effects.filter((e) => e.type === 'mail'));
  }

  attempt(name: CommandName, move: Move): void {
    const { state, now } = this;
    try {
      const change = applyCommand(state, name, this.inputOf(name, move), { now, actor: admin });
      this.take(change);
      this.done.add(name);
      if (name === 'rsvp' || name === 'alternate' || name === 'undoReply') sameSeats(state, this.state);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  /** Reversals are rare enough to be looked for. */
  private inputOf(name: CommandName, move: Move): CommandInput<CommandName> {
    const reversed = Object.entries(this.state.rsvps).find(([, { former }]) => former !== undefined);
    if (name === 'undoReply' && reversed) return { person: reversed[0] };
    return inputOf(name, move, this.state, this.now);
  }

  /** To where it may be opened. */
  toStart(): void {
    this.pass(Math.max(0, this.state.startsAt - 600 * second - this.now));
  }

  /** Time passes; what is due fires. */
  pass(ms: number): void {
    const until = this.now + ms;
    for (let timer = nextTimer(this.state); timer && timer.at <= until; timer = nextTimer(this.state)) {
      this.now = Math.max(this.now, timer.at);
      this.take(applyTimer(this.state, timer, this.now));
    }
    this.now = until;
  }

  private take(change: Change<unknown>): void {
    const before = this.state;
    if (change.state === before) return;
    this.state = freeze(change.state);
    checkStep(before, change);
    checkState(change.state);
    this.hear(change.effects.filter((e) => e.type === 'mail'));
    this.allKnow();
  }

  /** Each mail tells somebody what they did not know. */
  private hear(mails: MailEffect[]): void {
    const { state, known } = this;
    const heard = new Set<PersonId>();
    for (const { mail, to, params } of mails) {
      must(this.hasNoEnd() || ['cancellation', 'notHeld', 'prepareOff'].includes(mail), `${mail} after the end`);
      if (mail === 'prepare' || mail === 'prepareOff') to.forEach((p) => this.hearAsked(mail, p, params));
      if (!['notice', 'emergency', 'change', 'cancellation'].includes(mail)) continue;
      for (const person of to) {
        must(!heard.has(person), `N4 ${person} hears of one change twice`);
        heard.add(person);
        const view = viewOf(state, person);
        if (mail === 'cancellation') {
          must(known.has(person), `N4 a CANCEL for ${person}, who had no notice`);
          must(!this.hasNoEnd() || !invitees(state).includes(person), `N4 a CANCEL for ${person}, who is invited`);
          known.delete(person);
          continue;
        }
        this.asked.delete(person);
        must(known.has(person) === (mail === 'change'), `N4 ${mail} for ${person}`);
        must(known.get(person) !== view, `N4 ${person} is told what they know`);
        known.set(person, view);
        if (String(params['whatChanged']).includes(',')) this.bundled++;
      }
    }
  }

  /** P8, N4: each of them is asked once, told of what is another now, and freed once. */
  private hearAsked(mail: 'prepare' | 'prepareOff', person: PersonId, params: MailEffect['params']): void {
    const { state, asked } = this;
    this.done.add(mail);
    if (mail === 'prepareOff') {
      must(asked.delete(person), `P8 ${person} is freed of what nobody asked for`);
      must(!this.hasNoEnd() || !preparers(state).includes(person), `P8 ${person} is freed and still prepares`);
      return;
    }
    const text = announcedOf(state).asked?.[person];
    must(preparers(state).includes(person) && text !== undefined, `P8 ${person} is asked for nothing`);
    must(asked.has(person) === (params['changed'] === true), `P8 ${person} is asked anew`);
    must(asked.get(person) !== text, `P8 ${person} is told what they know`);
    asked.set(person, text);
  }

  private hasNoEnd(): boolean {
    return this.state.phase !== 'cancelled' && this.state.phase !== 'lapsed';
  }

  /** Unless a change waits for its minute, or a cancellation for its ten seconds. */
  private allKnow(): void {
    const { state, known } = this;
    if (state.pendingChange !== undefined || state.cancelling !== undefined) return;
    if (state.phase === 'cancelled') {
      must(known.size === 0, 'N4 whoever had the notice has the CANCEL');
      must(this.asked.size === 0, 'P8 whoever prepares something knows that it is cancelled');
      return;
    }
    if (state.phase !== 'notice' && state.phase !== 'execution') return;
    for (const person of invitees(state))
      must(known.get(person) === viewOf(state, person), `N4 ${person} knows what is so`);
    for (const person of preparers(state).filter((p) => state.preparing?.includes(p)))
      must(this.asked.has(person), `P8 ${person} knows what is asked for`);
    for (const person of known.keys())
      must(invitees(state).includes(person), `N4 ${person} knows that they are not invited any more`);
  }
}

/** N3: whoever sits on them, the seats and their votes are the same. */
function sameSeats(before: MeetingState, after: MeetingState): void {
  const plain = ({ person, standsFor, ...seat }: Participant): string =>
    JSON.stringify([standsFor ?? person, seat, hasVote({ person, ...seat })]);
  must(
    JSON.stringify(before.participants.map(plain)) === JSON.stringify(after.participants.map(plain)),
    'N3 a delegate takes a seat over as it is',
  );
}

const names: CommandName[] = [
  ...(['patch', 'patch', 'patch', 'rsvp', 'rsvp', 'rsvp', 'reschedule', 'alternate', 'alternate'] as const),
  ...(['undoReply', 'undoCancel', 'undoCancel'] as const),
];
const small = fc.nat(97);
const step = fc.record({
  name: fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: fc.constantFrom<CommandName[]>('cancel', 'open') },
  ),
  /** Seconds until the next: within a minute, beyond it, long. */
  wait: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 9 }) },
    { weight: 4, arbitrary: fc.integer({ min: 10, max: 90 }) },
    { weight: 1, arbitrary: fc.integer({ min: 90, max: 90_000 }) },
  ),
  n: small,
  m: small,
  k: small,
});

test('N3 N4 every change is told once to whom it concerns and to nobody else, and nothing after a cancellation', () => {
  const done = new Set<string>();
  let bundled = 0;
  fc.assert(
    fc.property(
      fc.constantFrom('regular' as const, 'emergency' as const),
      fc.integer({ min: 2, max: 9 }),
      fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }),
      (kind, size, steps) => {
        const participants = people(size).map((p, i) => ({ ...p, key: i % 2 === 0 }));
        const agenda = [topic('A', 15, 2), topic('B', 15, 1)];
        const request = { kind, emergencyReason: 'x', publish: true, participants, agenda };
        const meeting = new Announced(create(request), wednesday);
        for (const { name, wait, ...numbers } of steps) {
          if (name === 'open') meeting.toStart();
          meeting.attempt(name, { what: name, which: 0, who: 0, ...numbers });
          meeting.pass(wait * second);
        }
        meeting.pass(120 * second);
        meeting.done.forEach((x) => done.add(x));
        bundled += meeting.bundled;
      },
    ),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 1_000) },
  );
  expect([...done].sort()).toEqual([...new Set([...names, 'cancel', 'open', 'prepare', 'prepareOff'])].sort());
  expect(bundled).toBeGreaterThan(0);
}, 300_000);

/** The mail activity on ports in memory. */
import { noChat } from '../../../activities/chat/create.js';
import type { MailJob } from '../../../activities/index.js';
import type { MailDeps } from '../../../activities/mail/send-mails.js';
import type { OutgoingMail, Person } from '../../../activities/ports.js';
import type { MailEffect } from '../../../domain/meeting/effects.js';
import type { MeetingState } from '../../../domain/meeting/state.js';
import { renderMail } from '../../../render/mail/index.js';
import { departments, from, links, people as cards, planned } from '../../render/fixture.js';
import { at } from '../../support/meeting.js';
import { MemoryPorts } from '../../support/memory-ports.js';

export const people: Person[] = cards.map((p) => ({ ...p, departments: [] }));
export const everyone = planned().participants.map((p) => p.person);
export const hour = 3_600_000;
export const start = at('2026-01-28', '11:00');

export interface Bench {
  ports: MemoryPorts;
  deps: MailDeps;
  logged: string[];
  beats: number[];
  /** Milliseconds since the activity was first tried. */
  elapsed: number;
}

export function bench(more: Partial<MailDeps> = {}, directory: Person[] = people): Bench {
  const ports = new MemoryPorts(directory, departments);
  const b: Bench = { ports, logged: [], beats: [], elapsed: 0, deps: undefined as unknown as MailDeps };
  b.deps = {
    ports,
    render: renderMail,
    links,
    chat: noChat,
    from,
    log: { warn: (details, message) => b.logged.push(`${message} ${JSON.stringify(details)}`) },
    heartbeat: (n) => b.beats.push(n),
    sinceScheduledMs: () => b.elapsed,
    sleep: () => Promise.resolve(),
    ...more,
  };
  return b;
}

export function job(effect: Partial<MailEffect>, state: MeetingState = planned(), now = start): MailJob {
  const whole: MailEffect = { type: 'mail', mail: 'notice', occasion: 'notice', to: everyone, params: {}, ...effect };
  return { effect: whole, state, now };
}

export const sequenceOf = (mail: OutgoingMail | undefined): number =>
  Number(/SEQUENCE:(\d+)/.exec(mail?.calendar?.content ?? '')?.[1]);

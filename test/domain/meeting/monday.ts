import type { CommandInput, CommandName } from '../../../domain/meeting/commands.js';
import { advance, refusal, send, simulate } from '../../support/simulate.js';
import type { Simulation } from '../../support/simulate.js';
import { at, meetingId, person } from '../../support/meeting.js';
import { create, topic, wednesday } from './support.js';

export const minute = 60_000;
export const host = person('p2');
export const t1 = `${meetingId}-t1`;
export const t2 = `${meetingId}-t2`;
export const t3 = `${meetingId}-t3`;

/** Announced, at a moment of Monday 2 February 2026, nothing but time having passed. */
export function onMonday(time: string, overrides: Parameters<typeof create>[0] = {}): Simulation {
  const agenda = [topic('交期', 15, 1), topic('人力', 15, 2), topic('預算', 15, 3)];
  return advance(simulate(create({ publish: true, agenda, ...overrides }), wednesday), at('2026-02-02', time));
}

/** Opened by the host at that moment. */
export const opened = (time = '09:30', overrides: Parameters<typeof create>[0] = {}): Simulation =>
  send(onMonday(time, overrides), 'open', {}, host);

export const later = (sim: Simulation, minutes: number): Simulation => advance(sim, sim.now + minutes * minute);

export const refused = <N extends CommandName>(sim: Simulation, name: N, input: CommandInput<N>, actor = host) =>
  refusal(() => send(sim, name, input, actor)).faults[0];

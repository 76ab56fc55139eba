import { describe, expect, test } from 'vitest';
import { advance, codes, send, simulate } from '../../support/simulate.js';
import type { Simulation } from '../../support/simulate.js';
import { at, person, service } from '../../support/meeting.js';
import { create, wednesday } from './support.js';

const host = person('p2');
const tuesday = at('2026-02-03', '14:00');

function held(given: { reply: 'tentative' | 'declined'; proposed?: { startsAt: number; durationMinutes?: number } }) {
  const sim: Simulation = simulate(create({ publish: true }), wednesday);
  return send(sim, 'holdReply', { letter: 'l1', ...given }, service);
}
const idOf = (sim: Simulation): string => sim.state.heldReplies![0]!.id;

describe('N2 what a held answer says counts with it', () => {
  test('N2 the time that it proposes is proposed to the host', () => {
    const sim = held({ reply: 'tentative', proposed: { startsAt: tuesday, durationMinutes: 45 } });
    const settled = send(sim, 'settleReply', { id: idOf(sim), person: 'p6' }, host);
    expect(settled.state.rsvps['p6']?.reply).toBe('tentative');
    expect(settled.state.proposals).toMatchObject([{ person: 'p6', startsAt: tuesday, durationMinutes: 45 }]);
    expect(settled.mails.at(-1)?.effect).toMatchObject({ mail: 'timeProposed', to: ['p2'] });
  });

  test('N2 a time that has passed meanwhile is none', () => {
    const soon = at('2026-01-29', '09:00');
    const sim = advance(held({ reply: 'tentative', proposed: { startsAt: soon } }), soon + 1);
    const settled = send(sim, 'settleReply', { id: idOf(sim), person: 'p6' }, host);
    expect([settled.state.rsvps['p6']?.reply, settled.state.proposals]).toEqual(['tentative', undefined]);
  });

  test('N2, N3 whom it delegates to takes the seat', () => {
    const sim = held({ reply: 'declined' });
    const settled = send(sim, 'settleReply', { id: idOf(sim), person: 'p6', delegate: 'p77' }, host);
    expect(settled.state.rsvps['p6']).toMatchObject({ reply: 'declined', delegate: 'p77' });
    expect(settled.state.participants.find((p) => p.person === 'p77')).toMatchObject({ standsFor: 'p6' });
    expect(codes(() => send(settled, 'settleReply', { id: idOf(sim), person: 'p6' }, host))).toEqual([
      'N2.heldSettled',
    ]);
  });
});

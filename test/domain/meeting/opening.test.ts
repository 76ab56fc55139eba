import { describe, expect, test } from 'vitest';
import { fault } from '../../../domain/errors.js';
import { refusal, send, story, waits } from '../../support/simulate.js';
import { admin, at, person, service } from '../../support/meeting.js';
import { monday } from './support.js';

import { later, onMonday, opened, refused } from './monday.js';

describe('H11 opening', () => {
  test('H11 from 15 minutes before the start', () => {
    expect(refused(onMonday('09:14'), 'open', {})).toEqual(
      fault('H11.tooEarly', '', { from: at('2026-02-02', '09:15') }),
    );
    const { state } = opened('09:15');
    expect(state).toMatchObject({ phase: 'execution', openedAt: at('2026-02-02', '09:15') });
    expect(state.actingHost).toBeUndefined();
  });

  test('H11 the host is there who opens; nobody else is yet', () => {
    expect(Object.keys(opened().state.attendance)).toEqual(['p2']);
    expect(opened().state.attendance['p2']?.log).toEqual([{ at: monday, present: true, by: { via: 'engine' } }]);
  });

  test('H11 nothing of the notice waits any more; the planned end and the end by itself do', () => {
    expect(waits(opened().state)).toEqual(['2026-02-02 10:30 plannedEnd', '2026-02-02 14:30 autoClose']);
  });
});

describe('E15 a forgotten beginning', () => {
  test('E15 before 10 minutes have passed nobody takes the host’s place', () => {
    for (const p of ['p3', 'p1', 'p6'])
      expect(refused(onMonday('09:39', { deputyHost: 'p6' }), 'open', {}, person(p))).toEqual(
        fault('E15.waitForHost', '', { from: at('2026-02-02', '09:40') }),
      );
  });

  test.each(['p6', 'p3', 'p1'])('E15 from +10 on %s (deputy, coordinator, initiator) opens as acting host', (who) => {
    const { state } = send(onMonday('09:40', { deputyHost: 'p6' }), 'open', {}, person(who));
    expect(state.actingHost).toBe(who);
    expect(Object.keys(state.attendance)).toEqual([who]);
  });

  test('E15 nobody else opens', () => {
    expect(refusal(() => send(onMonday('09:50'), 'open', {}, person('p7'))).type).toBe('Forbidden');
  });

  test('E15 the host, late, is no acting host; nor is who opens with a key', () => {
    expect(opened('09:55').state.actingHost).toBeUndefined();
    const administrator = { ...person('p1'), roles: ['admin' as const] };
    for (const key of [admin, service, administrator]) {
      const { state } = send(onMonday('09:55'), 'open', {}, key);
      expect(state.actingHost).toBeUndefined();
      expect(Object.keys(state.attendance)).toEqual(['p2']);
    }
  });

  test('E15 at +10 host, deputy, coordinator and initiator are told, at +30 the initiator, each once', () => {
    const sim = onMonday('13:00', { deputyHost: 'p6' });
    expect(story(sim).slice(-2)).toEqual([
      '2026-02-02 09:40 notOpened → p2 p6 p3 p1',
      '2026-02-02 10:00 notOpened → p1',
    ]);
    expect(sim.mails.slice(-2).map((m) => m.effect.params)).toEqual([{ stage: 1 }, { stage: 2 }]);
  });

  test('E15 opened in time, nobody is told anything', () => {
    expect(story(later(opened('09:39'), 60)).filter((line) => line.includes('notOpened'))).toEqual([]);
  });
});

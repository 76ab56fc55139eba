import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { decisionChain } from '../../../domain/meeting/follow-up/people.js';
import { aMeeting, at, meetingId, person } from '../../support/meeting.js';
import { Run } from '../../support/run.js';

const a1 = `${meetingId}-a1`;

describe('F1, F2 who tracks', () => {
  const tracked = (overrides: Parameters<typeof aMeeting>[0], itemOwner: string): string | undefined => {
    const run = new Run(aMeeting({ phase: 'execution', ...overrides }), at('2026-02-02', '10:00'));
    run.command('action', { task: '回報', owner: itemOwner, dueAt: at('2026-02-06', '18:00') }, person('p2'));
    run.until(at('2026-02-06', '18:00'));
    return run.state.tasks[0]?.assignee;
  };

  test('F1 the coordinator; without one the host; of one’s own the next of host, initiator, sponsor', () => {
    expect(tracked({}, 'p7')).toBe('p3');
    expect(tracked({ coordinator: undefined }, 'p7')).toBe('p2');
    expect(tracked({}, 'p3')).toBe('p2');
    expect(tracked({ coordinator: undefined }, 'p2')).toBe('p1');
    expect(tracked({ coordinator: undefined, initiator: { department: 'd1', person: 'p2' } }, 'p2')).toBe('p5');
  });

  test('F2 an owner who would track themself alone gets no talk task; the ladder still goes on', () => {
    const alone = { coordinator: undefined, sponsor: undefined, initiator: { department: 'd1', person: 'p2' } };
    const run = new Run(aMeeting({ phase: 'execution', ...alone }), at('2026-02-02', '10:00'));
    run.command('action', { task: '回報', owner: 'p2', dueAt: at('2026-02-06', '18:00') }, person('p2'));
    run.until(at('2026-02-11', '08:40'));
    expect(run.state.tasks).toEqual([]);
    expect(run.action(a1)).toMatchObject({ status: 'open', dueAt: at('2026-02-23', '18:00') });
  });
});

describe('F3 the chain', () => {
  test('F3 heads upward, sponsor, PMO, each once', () => {
    expect(decisionChain('p7', { heads: ['p6', 'p20'], sponsor: 'p5', pmo: 'p30' })).toEqual([
      'p6',
      'p20',
      'p5',
      'p30',
    ]);
    expect(decisionChain('p7', { heads: ['p6', 'p5'], sponsor: 'p5', pmo: 'p6' })).toEqual(['p6', 'p5']);
  });

  test('F3 an owner among the heads: only who is above', () => {
    expect(decisionChain('p6', { heads: ['p8', 'p6', 'p20'], sponsor: 'p5', pmo: 'p8' })).toEqual(['p20', 'p5']);
    expect(decisionChain('p20', { heads: ['p6', 'p20'] })).toEqual([]);
  });

  test('F3 who heads something below the owner and something above them stands above', () => {
    expect(decisionChain('p6', { heads: ['p20', 'p6', 'p20'], sponsor: 'p5' })).toEqual(['p20', 'p5']);
  });

  test('F3 an owner who is sponsor stands above the heads; one who is PMO does not', () => {
    expect(decisionChain('p5', { heads: ['p6', 'p20'], sponsor: 'p5', pmo: 'p30' })).toEqual(['p30']);
    expect(decisionChain('p30', { heads: ['p6'], sponsor: 'p5', pmo: 'p30' })).toEqual(['p6', 'p5']);
  });

  test('F3 an owner who is both head and sponsor: whoever heads above them', () => {
    expect(decisionChain('p6', { heads: ['p6', 'p20'], sponsor: 'p6' })).toEqual(['p20']);
  });

  test('F3 never the owner, never a head below, nobody twice', () => {
    const people = fc.constantFrom('p1', 'p2', 'p3', 'p4');
    const some = fc.option(people, { nil: undefined });
    fc.assert(
      fc.property(people, fc.array(people), some, some, (owner, heads, sponsor, pmo) => {
        const chain = decisionChain(owner, { heads, sponsor, pmo });
        expect(chain).not.toContain(owner);
        expect(new Set(chain).size).toBe(chain.length);
        const own = heads.lastIndexOf(owner) + 1;
        const below = heads.slice(0, own).filter((p) => !heads.slice(own).includes(p));
        for (const head of below) expect(chain).not.toContain(head);
      }),
    );
  });
});

import { describe, expect, test } from 'vitest';
import type { MailJob } from '../../../activities/index.js';
import { sendMails, TryAgain } from '../../../activities/mail/send-mails.js';
import type { MailEffect } from '../../../domain/meeting/effects.js';
import type { MeetingState } from '../../../domain/meeting/state.js';
import { planned } from '../../render/fixture.js';
import { at } from '../../support/meeting.js';
import { bench, everyone, hour, job, sequenceOf, start } from './bench.js';

describe('invitations: same content → nothing, another → the next SEQUENCE (N4)', () => {
  const p7 = (effect: Partial<MailEffect>, state: MeetingState, now: number): MailJob =>
    job({ to: ['p7'], ...effect }, state, now);

  test('notice 0, change 1, cancellation 2, with the same UID', async () => {
    const { deps, ports } = bench();
    await sendMails(deps, p7({}, planned(), start));
    await sendMails(deps, p7({ mail: 'change', occasion: 'r2' }, planned({ place: '4F' }), start + hour));
    await sendMails(
      deps,
      p7({ mail: 'cancellation', occasion: 'c' }, planned({ phase: 'cancelled' }), start + 2 * hour),
    );
    expect(ports.outbox.map(sequenceOf)).toEqual([0, 1, 2]);
    expect(ports.outbox.map((m) => m.calendar?.method)).toEqual(['REQUEST', 'REQUEST', 'CANCEL']);
    expect(new Set(ports.outbox.map((m) => /UID:(.*)\r/.exec(m.calendar?.content ?? '')?.[1])).size).toBe(1);
    expect(ports.of('p7')).toEqual(['notice invite:0 sent', 'change invite:1 sent', 'cancellation invite:2 sent']);
  });

  test('a change that shows this person nothing new sends nothing', async () => {
    const { deps, ports } = bench();
    await sendMails(deps, p7({}, planned(), start));
    const rsvps = { p7: { reply: 'accepted' as const, at: start, by: { via: 'link' as const } } };
    const summary = await sendMails(deps, p7({ mail: 'change', occasion: 'r2' }, planned({ rsvps }), start + hour));
    expect(summary).toEqual({ sent: 0, failed: 0, skipped: 1 });
    expect(ports.outbox).toHaveLength(1);
  });

  test('a reset of the workflow repeats nothing and swallows nothing', async () => {
    const { deps, ports } = bench();
    const other = planned({ place: '4F' });
    await sendMails(deps, p7({}, planned(), start));
    await sendMails(deps, p7({ mail: 'change', occasion: 'r2' }, other, start + hour));
    // Reset before the change, which comes again: nothing. Then another one: the next number.
    await sendMails(deps, p7({ mail: 'change', occasion: 'r2' }, other, start + 2 * hour));
    expect(ports.outbox).toHaveLength(2);
    await sendMails(deps, p7({ mail: 'change', occasion: 'r2' }, planned({ place: '5F' }), start + 3 * hour));
    expect(ports.outbox.map(sequenceOf)).toEqual([0, 1, 2]);
    // And back to what was: that is news again.
    await sendMails(deps, p7({ mail: 'change', occasion: 'r3' }, other, start + 4 * hour));
    expect(ports.outbox.map(sequenceOf)).toEqual([0, 1, 2, 3]);
  });

  test('the notice of a slow mailbox does not bring back what a change has replaced', async () => {
    const b = bench();
    b.ports.onSend = () => {
      throw Object.assign(new Error('greylisted'), { responseCode: 451 });
    };
    await expect(sendMails(b.deps, p7({}, planned(), start))).rejects.toThrow(TryAgain);
    b.ports.onSend = () => undefined;
    await sendMails(b.deps, p7({ mail: 'change', occasion: 'r2' }, planned({ place: '4F' }), start + hour));
    b.elapsed = 2 * hour;
    expect(await sendMails(b.deps, p7({}, planned(), start))).toEqual({ sent: 0, failed: 0, skipped: 1 });
    expect(b.ports.outbox.map(sequenceOf)).toEqual([1]);
    expect(b.ports.outbox[0]?.calendar?.content).toContain('LOCATION:4F');
  });

  test('somebody taken off the list gets a CANCEL, and a REQUEST when they are back', async () => {
    const { deps, ports } = bench();
    const without = planned({ participants: planned().participants.filter((p) => p.person !== 'p7') });
    await sendMails(deps, p7({}, planned(), start));
    await sendMails(deps, p7({ mail: 'cancellation', occasion: 'r2', params: { removed: true } }, without, start + 1));
    await sendMails(deps, p7({ occasion: 'r3' }, planned(), start + 2));
    expect(ports.outbox.map((m) => m.calendar?.method)).toEqual(['REQUEST', 'CANCEL', 'REQUEST']);
    expect(ports.outbox.map(sequenceOf)).toEqual([0, 1, 2]);
  });

  test('other mails carry no calendar', async () => {
    const { deps, ports } = bench();
    await sendMails(deps, p7({ mail: 'replyReminder', occasion: 'x' }, planned(), start));
    expect(ports.outbox[0]).not.toHaveProperty('calendar');
  });
});

describe('what is over is not asked for', () => {
  test('N4 a meeting cancelled before its notice was handed over sends no notice', async () => {
    const { deps, ports } = bench();
    for (const mail of ['notice', 'change', 'replyReminder'] as const)
      expect(await sendMails(deps, job({ mail }, planned({ phase: 'cancelled' })))).toEqual({
        sent: 0,
        failed: 0,
        skipped: everyone.length,
      });
    expect(ports.rows.size).toBe(0);
  });

  test('a reminder that could not go out before the start is dropped, and shown', async () => {
    const b = bench();
    const late = job({ mail: 'replyReminder', occasion: 'x', to: ['p7'] }, planned(), at('2026-02-02', '08:00'));
    b.elapsed = 2 * hour;
    expect(await sendMails(b.deps, late)).toEqual({ sent: 0, failed: 1, skipped: 0 });
    expect(b.ports.of('p7')).toEqual(['replyReminder x failed tooLate']);
    b.elapsed = 0;
    expect((await sendMails(b.deps, { ...late, effect: { ...late.effect, occasion: 'y' } })).sent).toBe(1);
  });
});

/** P8, N4: mails to who prepares something without being invited, through the sending itself. */
import { expect, test } from 'vitest';
import { sendMails } from '../../../activities/mail/send-mails.js';
import { planned, prepared } from '../../render/fixture.js';
import { bench, job } from './bench.js';

const asked = { mail: 'prepare', occasion: 'notice', to: ['p12'] } as const;

test('P8 asked once, with no calendar object; again after a kill nothing goes twice', async () => {
  const b = bench();
  const whole = job({ ...asked, to: ['p12'] }, planned({ agenda: prepared }));
  expect(await sendMails(b.deps, whole)).toEqual({ sent: 1, failed: 0, skipped: 0 });
  expect(await sendMails(b.deps, whole)).toEqual({ sent: 0, failed: 0, skipped: 1 });
  expect(b.ports.outbox).toHaveLength(1);
  expect(b.ports.outbox[0]?.calendar).toBeUndefined();
  expect(b.ports.of('p12')).toEqual(['prepare notice sent']);
});

test('N4 P8 cancelled before the mails were handed over, only the cancellation goes', async () => {
  const b = bench();
  const cancelled = planned({ agenda: prepared, phase: 'cancelled', cancelReason: 'x' });
  expect(await sendMails(b.deps, job({ ...asked, to: ['p12'] }, cancelled))).toMatchObject({ sent: 0, skipped: 1 });
  const off = job({ mail: 'prepareOff', occasion: 'cancelled', to: ['p12'], params: { reason: 'x' } }, cancelled);
  expect(await sendMails(b.deps, off)).toMatchObject({ sent: 1 });
  expect(b.ports.outbox.map((m) => m.subject)).toEqual([expect.stringContaining('會議取消')]);
});

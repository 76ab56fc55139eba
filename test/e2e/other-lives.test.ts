/** The lives of a meeting that is not held as it was planned, through HTTP, mail and archive. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../faults/until.js';
import { agreed, invited, mail, wednesday } from './agreed.js';
import { Meeting, plusDays, taipeiTime } from './meeting.js';
import { Product } from './product.js';
import { understood } from './understood.js';

const thursday = plusDays(wednesday, 1);

describe('other lives', () => {
  let product: Product;
  beforeAll(async () => {
    product = await Product.start({ kind: 'pglite' });
  }, 120_000);
  afterAll(() => product?.stop(), 60_000);

  test('phases: a draft at its start lapses; only the initiator is told', async () => {
    const meeting = await Meeting.create(product, agreed('沒人發布的會'));
    await meeting.goTo(wednesday, '09:31');
    expect((await meeting.read()).phase).toBe('lapsed');
    expect((await meeting.sent('notHeld')).map((line) => line.split(' ')[0])).toEqual([mail('mei')]);
    expect(new Set(meeting.letters().map(({ to }) => to))).toEqual(new Set([mail('mei')]));
    expect(await meeting.refused('/publish')).toMatchObject({ status: 409, code: 'phase.ended' });
  });

  test('E15, phases: nobody opens: at +10 the others may, at +30 the initiator decides, 4 h after the end it lapses', async () => {
    const meeting = await Meeting.create(product, agreed('沒人開的會', { publish: true }));
    await meeting.goTo(wednesday, '14:31');
    expect(await meeting.sent('notOpened')).toEqual([
      `${mail('an')} ${wednesday} 09:40`,
      `${mail('mei')} ${wednesday} 09:40`,
      `${mail('mei')} ${wednesday} 10:00`,
    ]);
    expect((await meeting.read()).phase).toBe('lapsed');
    expect(await meeting.sent('survey')).toEqual([]);
    expect(await meeting.sent('confirmMinutes')).toEqual([]);
  });

  test('N4 cancelled: a CANCEL of the same UID to all invited, final', async () => {
    const meeting = await Meeting.create(product, agreed('取消的會', { publish: true }));
    const moved = { startsAt: taipeiTime(thursday, '14:00'), reason: '主持人出差' };
    await meeting.post('/reschedule', moved);
    await meeting.pass(61);
    await meeting.post('/cancel', { reason: '供應商延期' });
    await meeting.pass(11);
    const [notice, change, cancellation] = [
      await meeting.letter(mail('li'), '【開會通知】'),
      await meeting.letter(mail('li'), '【會議異動】'),
      await meeting.letter(mail('li'), '【會議取消】'),
    ].map(({ calendar }) => understood(calendar));
    expect([notice, change, cancellation].map((c) => [c?.method, c?.sequence])).toEqual([
      ['REQUEST', 0],
      ['REQUEST', 1],
      ['CANCEL', 2],
    ]);
    expect(new Set([notice?.uid, change?.uid, cancellation?.uid]).size).toBe(1);
    expect(change?.startsAt).toBe(Date.parse(taipeiTime(thursday, '14:00')));
    const told = await meeting.sent('cancellation');
    expect(told.map((line) => line.split(' ')[0])).toEqual([...invited].sort());
    expect((await meeting.letter(mail('li'), '【會議取消】')).text).toContain('供應商延期');
    await until('its workflow has ended', async () => {
      const handle = product.temporal.client.workflow.getHandle(`meeting-${meeting.id}`);
      return (await handle.describe()).status.name === 'COMPLETED';
    });
    expect(await meeting.sent('replyReminder')).toEqual([]);
    expect(await meeting.refused('/open')).toMatchObject({ status: 409, code: 'phase.ended' });
  });

  test('X1 an emergency: a reason, published at its creation, urgent', async () => {
    const startsAt = new Date(Date.now() + 30 * 60_000).toISOString();
    const emergency = { ...agreed('緊急會'), kind: 'emergency', startsAt };
    expect((await product.api.post('/v1/meetings', emergency)).body).toMatchObject({
      errors: [{ code: 'X1.reason', path: 'emergencyReason' }],
    });
    const meeting = await Meeting.create(product, { ...emergency, emergencyReason: '供應商停產' });
    expect((await meeting.read()).phase).toBe('notice');
    const letter = await meeting.letter(mail('li'), '【緊急開會通知】');
    expect(letter.text).toContain('供應商停產');
    expect(understood(letter.calendar)).toMatchObject({ method: 'REQUEST', sequence: 0 });
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agreed, invited } from './agreed.js';
import { Meeting } from './meeting.js';
import { Product } from './product.js';

describe('trial mode', () => {
  let product: Product;
  beforeAll(async () => {
    product = await Product.start({ kind: 'pglite' }, { MAIL_TRIAL_TO: 'trial@example.net' });
  }, 120_000);
  afterAll(() => product?.stop(), 60_000);

  test('H9 every mail goes to one address only, marked with whom it was for, and no calendar asks the real people', async () => {
    const meeting = await Meeting.create(product, agreed('試用的會', { publish: true }));
    await meeting.quiet();
    const letters = meeting.letters();
    expect(letters.map(({ to }) => to)).toEqual(invited.map(() => 'trial@example.net'));
    const marked = letters.map(({ subject, text }) => invited.find((to) => `${subject}\n${text}`.includes(to)));
    expect(marked.sort()).toEqual([...invited].sort());
    for (const { source } of letters) {
      const head = source.slice(0, source.indexOf('\r\n\r\n'));
      expect(head.match(/^(To|Cc|Bcc):.*$/gim)?.join()).not.toMatch(/example\.com/);
    }
  });
});

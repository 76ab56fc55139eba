import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTransport } from 'nodemailer';
import { clients, letter } from '../api/replies/clients.js';
import type { Client, Told } from '../api/replies/clients.js';
import { email, Meeting } from '../faults/meeting.js';
import { until } from '../faults/until.js';
import { describeOneDatabase } from '../support/postgres.js';
import { quietPort } from '../support/quiet-port.js';
import { linksIn } from './mailroom.js';
import type { Letter } from './mailroom.js';
import { Product } from './product.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const authserv = 'mx.office.example';
const passed = [`Authentication-Results: ${authserv}; dmarc=pass header.from=example.org`];

describeOneDatabase('N2 by the calendar program’s own button, over SMTP', (database) => {
  let product: Product;
  let meeting: Meeting;
  let port: number;

  beforeAll(async () => {
    port = await quietPort();
    const env = { REPLIES_SMTP: `127.0.0.1:${port}`, REPLIES_AUTHSERV: authserv, CONVOKE_LOCALE: 'en' };
    product = await Product.start(database(), env);
    meeting = await Meeting.create(product.api, product.temporal.client, 'Buttons', { people: 6, publish: true });
    await until('six notices', () => product.mailroom.letters.length >= 6);
  });
  afterAll(() => product?.stop());

  const uid = (): string => `${meeting.id}@example.org`;
  /** As the mail server in front hands it over. */
  const send = async (client: Client, n: number, told: Partial<Told> = {}): Promise<void> => {
    const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
    const raw = letter(client, { uid: uid(), attendee: email(n), headers: passed, ...told });
    await transport.sendMail({ envelope: { from: told.from ?? email(n), to: 'convoke@example.org' }, raw });
    transport.close();
  };
  const seat = async (n: number): Promise<{ reply?: string; comment?: string }> =>
    (await meeting.read()).participants[n];
  const hostMail = (subject: string): Promise<Letter> =>
    until(subject, () => product.mailroom.letters.find((l) => l.to === email(0) && l.subject.includes(subject)));

  test.each(clients.map((client, i) => [client, i + 1] as const))('%s: a reply counts', async (client, n) => {
    await send(client, n, { status: n % 2 ? 'ACCEPTED' : 'DECLINED', comment: 'By button' });
    expect(await seat(n)).toMatchObject({ reply: n % 2 ? 'accepted' : 'declined', comment: 'By button' });
  });

  test('the same message again, and an older one, change nothing; a newer one does', async () => {
    await send('gmail', 1, { status: 'TENTATIVE', stamp: '20260129T030000Z' });
    await send('gmail', 1, { status: 'TENTATIVE', stamp: '20260129T030000Z' });
    await send('gmail', 1, { status: 'DECLINED', stamp: '20260129T023000Z' });
    expect((await seat(1)).reply).toBe('tentative');
    const events = (await meeting.timeline()).filter(({ event }) => event === 'rsvp');
    expect(events).toHaveLength(clients.length + 1);
  });

  test('forged, of another meeting, junk: nothing happens and nobody is written to', async () => {
    const before = product.mailroom.letters.length;
    const { revision } = await meeting.read();
    await send('outlook', 5, { headers: [`Authentication-Results: ${authserv}; dmarc=fail`] });
    await send('outlook', 5, { uid: 'aaaaaaaaaaaaaaaa@example.org' });
    await send('outlook', 5, { uid: 'nonsense' });
    const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
    await transport.sendMail({ from: email(5), to: 'convoke@example.org', subject: 'Hello', text: 'Hello' });
    transport.close();
    expect((await meeting.read()).revision).toBe(revision);
    expect(product.mailroom.letters).toHaveLength(before);
  });

  test('another time is proposed: the host is told, with the way to move the meeting', async () => {
    const { startsAt } = await meeting.read();
    const later = new Date(Date.parse(startsAt as string) + 86_400_000);
    const utc = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');
    await send('outlook', 2, {
      status: 'TENTATIVE',
      stamp: '20260129T040000Z',
      proposed: [utc(later.getTime()), utc(later.getTime() + 5_400_000)],
    });
    const { proposals } = await meeting.read();
    expect(proposals).toMatchObject([{ person: { email: email(2) }, durationMinutes: 90 }]);
    expect(Date.parse(proposals[0].startsAt as string)).toBe(Math.floor(later.getTime() / 1000) * 1000);
    const mail = await hostMail('[Another time proposed]');
    expect(linksIn(mail)).toHaveLength(1);
  });

  test('an address that is not on the list waits for the host, who says whose it is', async () => {
    await send('apple', 5, {
      from: 'private@elsewhere.example',
      headers: [`Authentication-Results: ${authserv}; none`],
    });
    expect((await seat(5)).reply).toBeUndefined();
    const mail = await hostMail('[Whose reply is this?]');
    expect(mail.text).not.toContain('private@elsewhere.example');
    const [link = ''] = linksIn(mail);
    const page = await (await fetch(link)).text();
    expect(page).toContain('private@elsewhere.example');
    expect((await seat(5)).reply).toBeUndefined();
    const { participants } = await meeting.read();
    const person = participants[5].person as string;
    const settled = await fetch(link, { method: 'POST', body: new URLSearchParams({ person }), redirect: 'manual' });
    expect(settled.status).toBe(303);
    expect((await seat(5)).reply).toBe('accepted');
    const again = await fetch(link, { method: 'POST', body: new URLSearchParams({ person: 'nobody' }) });
    expect(again.status).toBe(409);
  });
});

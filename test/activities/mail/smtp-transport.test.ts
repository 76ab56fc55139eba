import { afterEach, describe, expect, test } from 'vitest';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import ICAL from 'ical.js';
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { createSmtpTransport } from '../../../activities/mail/smtp-transport.js';
import type { SmtpTransport } from '../../../activities/mail/smtp-transport.js';
import { MailRefused } from '../../../activities/ports.js';
import type { OutgoingMail } from '../../../activities/ports.js';
import { renderMail } from '../../../render/mail/index.js';
import { kinds, mailOf } from '../../render/fixture.js';

interface Received {
  envelope: { from: string; to: string[] };
  raw: string;
  mail: ParsedMail;
}

const from = { name: 'Convoke 協調', address: 'convoke@mail.example.com' };
const running: { close(): void }[] = [];
afterEach(() => {
  for (const one of running.splice(0)) one.close();
});

/** A real SMTP server on a free port, and our transport to it. */
async function server(
  options: SMTPServerOptions = {},
  user = '',
): Promise<{ transport: SmtpTransport; received: Received[] }> {
  const received: Received[] = [];
  const smtp = new SMTPServer({
    disabledCommands: user === '' ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
    authOptional: user === '',
    allowInsecureAuth: true,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks);
        const { mailFrom, rcptTo } = session.envelope;
        const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map((r) => r.address) };
        simpleParser(raw).then((mail) => {
          received.push({ envelope, raw: raw.toString('utf8'), mail });
          done();
        }, done);
      });
    },
    ...options,
  });
  smtp.on('error', () => undefined);
  const listening = smtp.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  const transport = createSmtpTransport({ url: `smtp://${user}127.0.0.1:${port}`, from });
  running.push(transport, { close: () => smtp.close() });
  return { transport, received };
}

const simple: OutgoingMail = {
  to: { name: 'Alice Wang', address: 'alice@example.com' },
  replyTo: { name: '王大明', address: 'host@example.com' },
  subject: '【開會通知】專案 A',
  text: 'text\n',
  html: '<p>html</p>',
  messageId: '<0123456789abcdef@mail.example.com>',
  headers: { 'X-Priority': '1' },
};

const refusal = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });

describe('one message per person, over real SMTP', () => {
  test('headers, both bodies, envelope in our domain', async () => {
    const { transport, received } = await server();
    await transport.send(simple);
    const [got] = received;
    expect(got?.envelope).toEqual({ from: from.address, to: ['alice@example.com'] });
    expect(got?.mail.from?.value).toEqual([from]);
    expect(got?.mail.replyTo?.value).toEqual([simple.replyTo]);
    expect(got?.mail.subject).toBe(simple.subject);
    expect(got?.mail.text).toBe('text\n');
    expect(got?.mail.html).toContain('<p>html</p>');
    expect(got?.mail.messageId).toBe(simple.messageId);
    expect(got?.raw).toMatch(/^X-Priority: 1\r$/m);
    expect(got?.mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(got?.mail.headers.has('cc') || got?.mail.headers.has('bcc')).toBe(false);
  });

  test.each(kinds)('%s arrives as it was written', async (kind) => {
    const { transport, received } = await server();
    const { subject, text, html, headers, invitation } = await renderMail(mailOf(kind, 'zh-TW'));
    const calendar = invitation && { method: invitation.method, content: invitation.content(2) };
    await transport.send({ ...simple, subject, text, html, headers, ...(calendar ? { calendar } : {}) });
    const mail = received[0]!.mail;
    expect(mail.subject).toBe(subject);
    expect(mail.text?.trimEnd()).toBe(text.trimEnd());
    expect(mail.html).toBe(html);
    expect(received[0]!.raw.split('\r\n').every((line) => Buffer.byteLength(line) <= 998)).toBe(true);
    expect(mail.attachments.length > 0).toBe(invitation !== undefined);
  });

  test('N1 the calendar stands as text/calendar; method=… and as an attachment, unharmed', async () => {
    const { transport, received } = await server();
    for (const kind of ['notice', 'cancellation'] as const) {
      const { subject, text, html, headers, invitation } = await renderMail(mailOf(kind, 'zh-TW'));
      const content = invitation!.content(3);
      await transport.send({
        ...simple,
        subject,
        text,
        html,
        headers,
        calendar: { method: invitation!.method, content },
      });
      const { raw, mail } = received.at(-1)!;
      expect(raw).toMatch(new RegExp(`Content-Type: text/calendar;[^]*?method=${invitation!.method}`, 'i'));
      const files = mail.attachments.map((a) => ({
        type: a.contentType,
        name: a.filename,
        text: a.content.toString('utf8'),
      }));
      expect(files.map((f) => f.type).sort()).toEqual(['application/ics', 'text/calendar']);
      expect(files.some((f) => f.name === 'invite.ics')).toBe(true);
      for (const file of files) {
        expect(file.text.replaceAll(/\r?\n/g, '\r\n')).toBe(content);
        expect(new ICAL.Component(ICAL.parse(file.text)).getFirstPropertyValue('method')).toBe(invitation!.method);
      }
    }
  });
});

describe('hostile addresses, names and subjects', () => {
  test.each([
    'alice@example.com, evil@example.net',
    'alice@example.com>, <evil@example.net',
    '"x" <evil@example.net>, alice@example.com',
    'group: evil@example.net, alice@example.com;',
    'alice@example.com\r\nRCPT TO:<evil@example.net>',
  ])('the address %j never reaches another one', async (address) => {
    const { transport, received } = await server();
    await transport.send({ ...simple, to: { name: 'Alice', address } }).catch(() => undefined);
    expect(received.flatMap((r) => r.envelope.to)).not.toContain('evil@example.net');
  });

  test('a name or subject with line breaks makes no header of its own', async () => {
    const { transport, received } = await server();
    const evil = 'x\r\nBcc: evil@example.net\r\n\r\n<script>';
    await transport.send({
      ...simple,
      to: { name: evil, address: 'alice@example.com' },
      replyTo: { name: evil, address: 'host@example.com' },
      subject: evil,
    });
    expect(received[0]?.envelope.to).toEqual(['alice@example.com']);
    expect(received[0]?.mail.headers.has('bcc')).toBe(false);
    expect(received[0]?.mail.to).toMatchObject({ value: [{ address: 'alice@example.com' }] });
  });
});

describe('what the server says', () => {
  const refused = async (options: SMTPServerOptions, user = ''): Promise<unknown> => {
    const { transport } = await server(options, user);
    return transport.send(simple).then(
      () => undefined,
      (error: unknown) => error,
    );
  };

  test('a recipient refused for good: given up, the reason is the code alone', async () => {
    const error = await refused({ onRcptTo: (to, _s, done) => done(refusal(550, `5.1.1 <${to.address}> unknown`)) });
    expect(error).toBeInstanceOf(MailRefused);
    expect((error as Error).message).toMatch(/^550( 5\.1\.1)?$/);
  });

  test('a message refused for good: given up', async () => {
    const onData: SMTPServerOptions['onData'] = (stream, _s, done) => {
      stream.resume();
      stream.on('end', () => done(refusal(554, '5.7.1 spam')));
    };
    expect(await refused({ onData })).toBeInstanceOf(MailRefused);
  });

  test.each<[string, SMTPServerOptions, string]>([
    ['greylisting', { onRcptTo: (_to, _s, done) => done(refusal(451, '4.7.1 later')) }, ''],
    ['a refused sender, which is ours to mend', { onMailFrom: (_a, _s, done) => done(refusal(550, 'not you')) }, ''],
    ['a refused login', { onAuth: (_a, _s, done) => done(refusal(535, 'no')) }, 'user:password@'],
    ['a closed door', { onConnect: (_s, done) => done(refusal(554, 'no service')) }, ''],
  ])('%s is tried again', async (_what, options, user) => {
    const error = await refused(options, user);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(MailRefused);
  });

  test('no server at all is tried again', async () => {
    const transport = createSmtpTransport({ url: 'smtp://127.0.0.1:1', from });
    running.push(transport);
    await expect(transport.send(simple)).rejects.not.toBeInstanceOf(MailRefused);
  });

  test('an address that no envelope can hold is given up', async () => {
    const { transport, received } = await server();
    await expect(transport.send({ ...simple, to: { name: 'x', address: 'no <address' } })).rejects.toBeInstanceOf(
      MailRefused,
    );
    expect(received).toHaveLength(0);
  });
});

test('nothing is read from files or the network for a mail', async () => {
  const { transport, received } = await server();
  const path = { path: '/etc/hostname' } as unknown as string;
  await transport.send({ ...simple, html: path }).catch(() => undefined);
  expect(received).toHaveLength(0);
});

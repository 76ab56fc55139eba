import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { readReply } from '../../../api/replies/read.js';
import type { CalendarReply } from '../../../api/replies/read.js';
import { vouchedFor } from '../../../api/replies/authenticate.js';
import { clients, letter } from './clients.js';
import type { Status, Told } from './clients.js';

const uid = 'abcdefghijklmnop@example.org';
const told: Told = { uid, attendee: 'An.Chen@Example.org' };
const read = (source: Buffer) => readReply(source, 'convoke@example.org');

describe.each(clients)('N2: the buttons of %s', (client) => {
  test.each<[Status, string]>([
    ['ACCEPTED', 'accepted'],
    ['DECLINED', 'declined'],
    ['TENTATIVE', 'tentative'],
  ])('%s', async (status, reply) => {
    expect(await read(letter(client, { ...told, status, sequence: 3, stamp: '20260130T020304Z' }))).toMatchObject({
      method: 'REPLY',
      uid,
      attendee: 'an.chen@example.org',
      from: 'an.chen@example.org',
      reply,
      sequence: 3,
      stampedAt: Date.parse('2026-01-30T02:03:04Z'),
    });
  });

  test('a comment, and none where the program writes an empty line', async () => {
    const said = (await read(letter(client, { ...told, comment: 'Ten minutes late\\, sorry' }))) as CalendarReply;
    expect(said.comment).toBe('Ten minutes late, sorry');
    expect(await read(letter(client, told))).not.toHaveProperty('comment');
  });

  test('another time is proposed (COUNTER)', async () => {
    const proposed: [string, string] = ['20260203T060000Z', '20260203T073000Z'];
    expect(await read(letter(client, { ...told, status: 'TENTATIVE', proposed }))).toMatchObject({
      method: 'COUNTER',
      reply: 'tentative',
      proposed: { startsAt: Date.parse('2026-02-03T06:00:00Z'), endsAt: Date.parse('2026-02-03T07:30:00Z') },
    });
  });

  test('somebody else is sent instead', async () => {
    const delegatedTo = 'bo@example.org';
    expect(await read(letter(client, { ...told, status: 'DELEGATED', delegatedTo }))).toMatchObject({
      reply: 'declined',
      delegate: delegatedTo,
    });
  });
});

describe('what is no answer is dropped, with a reason', () => {
  const bare = (lines: string[]): Buffer => Buffer.from([...lines, ''].join('\r\n'));
  const head = ['From: an@example.org', 'To: convoke@example.org', 'Subject: x'];

  test.each([
    ['nothing at all', Buffer.alloc(0), 'noSender'],
    ['a mail of words', bare([...head, '', 'Hello']), 'noCalendar'],
    ['an absence notice', bare([...head, 'Auto-Submitted: auto-replied', '', 'Away']), 'automatic'],
    ['a bounce', bare(['From: <>', 'Subject: Undelivered', '', 'x']), 'noSender'],
    ['our own invitation', letter('gmail', { ...told, from: 'Convoke@example.org' }), 'ourOwn'],
    ['two senders', letter('gmail', { ...told, from: 'a@example.org, b@example.org' }), 'noSender'],
    [
      'a broken calendar',
      bare([...head, 'Content-Type: text/calendar; method=REPLY', '', 'BEGIN:VCALENDAR']),
      'unreadable',
    ],
    ['a request', Buffer.from(letter('apple', told).toString().replace('METHOD:REPLY', 'METHOD:REQUEST')), 'notAReply'],
    [
      'an answer without a status',
      Buffer.from(letter('thunderbird', told).toString().replace('PARTSTAT=ACCEPTED', 'PARTSTAT=NEEDS-ACTION')),
      'noAnswer',
    ],
    [
      'no attendee',
      Buffer.from(
        letter('apple', told)
          .toString()
          .replace(/ATTENDEE;[^]*?\r\n(?! )/, ''),
      ),
      'noAttendee',
    ],
    [
      'no UID',
      Buffer.from(
        letter('apple', told)
          .toString()
          .replace(/UID:.*\r\n/, ''),
      ),
      'noUid',
    ],
  ])('%s', async (_name, source, why) => {
    expect(await read(source)).toBe(why);
  });

  test('no bytes make it throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), fc.nat(), async (bytes, at) => {
        const source = letter('thunderbird', told);
        const cut = at % source.length;
        const mixed = Buffer.concat([source.subarray(0, cut), Buffer.from(bytes), source.subarray(cut + bytes.length)]);
        const answer = await read(mixed);
        expect(['string', 'object']).toContain(typeof answer);
      }),
      { numRuns: 200 },
    );
  });
});

describe('whether the front server vouches for the sender', () => {
  const from = 'an@example.org';
  const by = (...fields: string[]): string => vouchedFor(fields, 'mx.office.example', from);

  test.each([
    ['DMARC passed', 'mx.office.example; dmarc=pass header.from=example.org', 'yes'],
    ['DKIM for the domain', 'mx.office.example; dkim=pass (good) header.d=example.org header.s=s1', 'yes'],
    ['DKIM for a domain above', 'mx.office.example 1; dkim=pass header.i=@mail.example.org', 'unsaid'],
    ['SPF for the domain', 'mx.office.example; spf=pass smtp.mailfrom=an@example.org', 'yes'],
    ['SPF of somebody else', 'mx.office.example; spf=pass smtp.mailfrom=bad@evil.example', 'unsaid'],
    ['DMARC failed', 'mx.office.example; spf=pass smtp.mailfrom=example.org; dmarc=fail', 'no'],
    ['all failed', 'mx.office.example; dkim=fail header.d=example.org; spf=softfail', 'no'],
    ['nothing was looked at', 'mx.office.example; none', 'unsaid'],
    ['another server says so', 'mx.evil.example; dmarc=pass header.from=example.org', 'unsaid'],
    ['a top-level domain', 'mx.office.example; dkim=pass header.d=org', 'unsaid'],
    ['a comment says so', 'mx.office.example; spf=none (dmarc=pass; dkim=pass header.d=example.org)', 'unsaid'],
  ])('%s', (_name, field, answer) => {
    expect(by(field)).toBe(answer);
  });

  test('of several with its name the topmost counts: the sender can have written the others', () => {
    expect(by('mx.office.example; dmarc=fail', 'mx.office.example; dmarc=pass')).toBe('no');
    expect(by()).toBe('unsaid');
  });
});

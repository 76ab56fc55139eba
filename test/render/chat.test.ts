/** F7: the message of every mail. */
import { describe, expect, test } from 'vitest';
import { translator } from '../../locales/index.js';
import { renderMail } from '../../render/mail/index.js';
import { links, mailOf } from './fixture.js';
import { all, keyPattern } from './reading.js';

describe.each(all)('%s in %s by chat', (kind, locale) => {
  test('F7 says what the mail says, short, with the reader’s own links and no word of an attachment', async () => {
    const input = mailOf(kind, locale);
    const { message, subject, text } = await renderMail(input);
    const say = translator(locale);
    const whole = [message.title, ...message.lines].join('\n');
    expect(message.title).toBe(subject);
    expect(whole).not.toMatch(/undefined|\[object|NaN|null/);
    expect(whole.match(keyPattern)?.[0]).toBeUndefined();
    expect(message.lines.at(-1)).toBe(say('chat.personal'));
    for (const mail of ['notice', 'change', 'cancellation']) expect(whole).not.toContain(say(`mail.${mail}.calendar`));
    expect(message.links.length).toBeGreaterThan(0);
    for (const { url } of message.links) {
      expect(text).toContain(url);
      const token = /\/(?:r|feedback)\/([\w.-]+)/.exec(url)?.[1] ?? '';
      expect(await links.verify(token, { now: input.now })).toMatchObject({ person: input.reader.id });
    }
    if (kind === 'notice') expect(whole).toContain(input.state.place);
  });
});

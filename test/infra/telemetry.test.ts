import { describe, expect, test } from 'vitest';
import { createLogger, withoutSecrets } from '../../infra/telemetry.js';

const token = 'eyJhbGciOiJIUzI1NiJ9.eyJwIjoicmVwbHkifQ.c2lnbmF0dXJlLW9mLXRoZS1saW5r';

function logged(write: (log: ReturnType<typeof createLogger>) => void): {
  text: string;
  line: Record<string, unknown>;
} {
  const lines: string[] = [];
  write(createLogger('info', { write: (line) => void lines.push(line) }));
  expect(lines).toHaveLength(1);
  return { text: lines[0]!, line: JSON.parse(lines[0]!) as Record<string, unknown> };
}

describe('links and keys are never in logs (design §7)', () => {
  test('a request shows its path without the token, its query and its headers', () => {
    const req = {
      id: 'r1',
      method: 'POST',
      url: `/r/${token}?name=Ming`,
      headers: { authorization: 'Bearer abc', cookie: 'a=b' },
    };
    const { line, text } = logged((log) => log.info({ req }, 'request'));
    expect(line['req']).toEqual({ id: 'r1', method: 'POST', path: '/r/[token]' });
    expect(text).not.toMatch(/Ming|abc|eyJ|a=b/);
  });

  test.each([
    ['a survey link in a text', () => `see https://meet.example.org/feedback/${token} for it`],
    ['an opaque link', () => 'GET /r/0123456789abcdef failed'],
    ['a bare token', () => `token ${token} is not known`],
    ['a bearer key', () => 'sent Authorization: Bearer ck_live_0123456789'],
  ])('%s is taken out wherever it stands', (_name, message) => {
    const { text } = logged((log) =>
      log.error({ err: new Error(message()), detail: { message: message() } }, message()),
    );
    expect(text).not.toMatch(/eyJ|0123456789abcdef|ck_live/);
    expect(text).toMatch(/\[(token|key)\]/);
  });

  test('headers are redacted at any depth that libraries log them in', () => {
    const headers = { authorization: 'secret-one', cookie: 'secret-two', 'set-cookie': 'secret-three', host: 'h' };
    const { text } = logged((log) => log.info({ headers, response: { headers }, a: { b: { headers } } }, 'x'));
    expect(text).not.toMatch(/secret-/);
    expect(text.match(/\[redacted\]/g)).toHaveLength(9);
  });

  test('what is no secret stays as it is', () => {
    for (const text of ['/reviews/2026-Q4', '/v1/meetings/abcdefghijklmnop/r/', 'GET /r/ 404', 'Bearer']) {
      expect(withoutSecrets(text)).toBe(text);
    }
  });
});

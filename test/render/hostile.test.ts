import { describe, expect, test } from 'vitest';
import { renderMail } from '../../render/mail/index.js';
import { departments, kinds, mailOf, people, planned } from './fixture.js';

describe('hostile text (design §7)', () => {
  const evil = '</title><script>alert(1)</script><img src=x onerror=alert(1)>"\'&\r\nBcc: evil@example.net\u202e\u0000';
  const evilPeople = people.map((p) => ({ ...p, name: `${p.name}<script>"\r\nX: y` }));
  const evilDepartments = departments.map((d) => ({ ...d, name: `<b>${d.name}"onload="` }));

  test.each(kinds)('%s escapes everything that somebody typed', async (kind) => {
    const input = mailOf(kind, 'en');
    const wound = <T>(value: T): T =>
      JSON.parse(
        JSON.stringify(value, (key, v: unknown) =>
          typeof v === 'string' &&
          [
            'title',
            'goal',
            'sharedGoal',
            'place',
            'onlineLink',
            'task',
            'text',
            'conclusion',
            'motion',
            'expectedConclusion',
            'link',
            'emergencyReason',
            'cancelReason',
            'reason',
            'factQuestion',
            'bringsMaterial',
            'note',
          ].includes(key) &&
          key !== 'id'
            ? evil
            : v,
        ),
      ) as T;
    const { subject, html, text } = await renderMail({
      ...input,
      state: wound(input.state),
      effect: { ...input.effect, params: { ...input.effect.params, reason: evil } },
      people: evilPeople,
      departments: evilDepartments,
    });
    expect(subject).not.toMatch(/[\r\n\u202e]/);
    expect(text).not.toMatch(/\u202e/);
    expect(html).not.toMatch(/<script|<img|<b>|\u202e/);
    expect(html.match(/<title>/g)).toHaveLength(1);
    expect(html).not.toMatch(/<[^>]*\sonload=/);
    // Plain text: nothing that was typed begins a line of its own where one line is expected.
    expect(text.split('\n').filter((line) => line.startsWith('Bcc:'))).toEqual([]);
  });

  test('only http and https become links', async () => {
    for (const onlineLink of [
      'javascript:alert(1)',
      'data:text/html,x',
      ' JaVaScRiPt:alert(1)',
      'file:///etc/passwd',
      '//evil',
    ]) {
      const { html } = await renderMail(mailOf('notice', 'en', { state: planned({ onlineLink }) }));
      const targets = [...html.matchAll(/href="([^"]*)"/g)].map((m) => m[1]);
      expect(
        targets.filter(
          (t) => !t?.startsWith('https://convoke.example.com/') && t !== 'https://files.example.com/plan.xlsx',
        ),
      ).toEqual([]);
    }
  });

  test('a very long title keeps the subject short and whole', async () => {
    const { subject } = await renderMail(mailOf('notice', 'zh-TW', { state: planned({ title: '🙂會'.repeat(400) }) }));
    expect([...subject].length).toBeLessThan(230);
    expect(subject).not.toContain('\ufffd');
    expect(subject).toContain('…');
  });

  test('people and departments that were erased have a word of their own', async () => {
    for (const kind of kinds) {
      const { text } = await renderMail(mailOf(kind, 'en', { people: [], departments: [] }));
      expect(text).not.toMatch(/undefined|\bp\d\b|\bd\d\b/);
    }
  });
});

import { describe, expect, test } from 'vitest';
import { renderMail } from '../../render/mail/index.js';
import { mailOf, planned } from './fixture.js';

describe('F4, F5 what comes again, and what was suggested', () => {
  test('F4 the agenda says at how many meetings in a row a topic had unfinished actions, and what was chosen', async () => {
    const state = planned();
    const lastChoice = { choice: 'hold', reason: '等供應商回覆', at: 0 } as const;
    const agenda = state.agenda.map((t, i) =>
      i === 0 ? { ...t, timesCarried: 3, lastChoice } : { ...t, timesCarried: 1 },
    );
    const { text } = await renderMail(mailOf('notice', 'zh-TW', { state: { ...state, agenda } }));
    expect(text.match(/已連續 \d 次會議/g)).toEqual(['已連續 3 次會議']);
    expect(text).toContain('上次的處理：說明理由後維持（等供應商回覆）');
  });

  test('F5 who owes an improvement plan reads what was suggested; what is hostile stays text', async () => {
    const input = mailOf('improvementPlan', 'en');
    const { text, html } = await renderMail({ ...input, suggestions: ['Send it earlier', '<b>no</b>'] });
    expect(text).toMatch(/Suggestions from the survey \(anonymous\)[\s\S]*Send it earlier/);
    expect(html).toContain('&lt;b>no&lt;/b>');
    expect((await renderMail(input)).text).not.toContain('Suggestions from');
  });
});

import { describe, expect, test } from 'vitest';
import { filledIn, formsOf, textOf } from '../../../infra/demo/forms.js';

const page = `<!doctype html><title>t</title><body>
<form method="post"><input type="hidden" name="do" value="progress"><textarea name="note">
a &lt;b&gt;</textarea><select name="with"><option value="p1">One</option><option value="p2" selected>Two</option></select>
<input type="radio" name="reply" value="accepted" checked/><input type=radio name=reply value=declined>
<input name="off" disabled value="x"><button type="submit">Send</button></form>
<form action="/other" method="POST"><input type="hidden" name="do" value="done"><button name="go" value="1">Go</button></form>`;

describe('a form as a browser uses it', () => {
  const [first, second] = formsOf(page, 'http://127.0.0.1:3000/r/token?reply=accepted');

  test('it goes back to the page it stands on unless it names another address', () => {
    expect(first?.action).toBe('http://127.0.0.1:3000/r/token?reply=accepted');
    expect(second?.action).toBe('http://127.0.0.1:3000/other');
    expect(first?.method).toBe('POST');
  });

  test('what nobody touches is sent as it is; disabled fields and buttons not pressed are not', () => {
    const sent = Object.fromEntries(filledIn(first!, {}));
    expect(sent).toEqual({ do: 'progress', note: 'a <b>', with: 'p2', reply: 'accepted' });
    expect([...filledIn(second!, {})]).toEqual([['do', 'done']]);
  });

  test('answers replace what was there', () => {
    expect(filledIn(first!, { reply: 'declined', note: '中文' }).get('reply')).toBe('declined');
    expect(filledIn(first!, { note: '中文' }).get('note')).toBe('中文');
  });

  test('a field or a choice that is not on the form cannot be sent', () => {
    expect(() => filledIn(first!, { score: '5' })).toThrow(/no field "score"/);
    expect(() => filledIn(first!, { reply: 'maybe' })).toThrow(/accepted, declined/);
  });

  test('the text of a page is what its reader sees', () => {
    expect(textOf('<title>x</title><style>a{}</style><p>A &amp; B</p><p>C</p>')).toBe('A & B C');
  });
});

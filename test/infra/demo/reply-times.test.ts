import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { calendarFor, zoneData } from '../../../domain/calendar/index.js';
import { replyTimes } from '../../../infra/demo/reply-times.js';

const minute = 60_000;
const hour = 60 * minute;

describe('the order of replies, whenever the demo is started and however short the notice', () => {
  test.each(['Asia/Taipei', 'Asia/Shanghai', 'America/New_York'])('%s', (name) => {
    const calendar = calendarFor(name);
    const moments = fc.integer({ min: Date.UTC(2026, 0, 1) / minute, max: Date.UTC(2027, 10, 30) / minute });
    fc.assert(
      fc.property(moments, fc.integer({ min: 17, max: 40 * 24 * 60 }), (start, lead) => {
        const now = start * minute;
        const startsAt = now + lead * minute;
        const zone = zoneData(name, now - 24 * hour, startsAt + 24 * hour);
        const times = replyTimes(now, startsAt, { calendar, zone });
        const lived = [
          now,
          times.prompt,
          times.changeOfMind,
          ...(times.first > times.changeOfMind ? [times.first, times.afterFirst] : []),
          ...(times.second > times.changeOfMind ? [times.second, times.afterSecond] : []),
          startsAt - 15 * minute,
        ];
        expect(lived).toEqual([...lived].sort((a, b) => a - b));
      }),
    );
  });
});

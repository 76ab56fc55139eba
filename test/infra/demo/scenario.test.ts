import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { createMeetingBody } from '../../../api/schemas/meeting.js';
import { createSeriesBody } from '../../../api/schemas/series.js';
import { languageOf, readOptions } from '../../../infra/demo/args.js';
import { UserMistake } from '../../../infra/demo/problems.js';
import { readScenario, requestOf, sampleFile, zoneNameOf } from '../../../infra/demo/scenario.js';
import { readSeason, recurrenceFrom } from '../../../infra/demo/series/sample.js';
import { emergencyStart, type Place, suitableStart } from '../../../infra/demo/start-day.js';
import { wordsFor } from '../../../infra/demo/words.js';
import {
  addDays,
  calendarFor,
  insideHours,
  isWorkingDay,
  parseCalendarConfig,
  parseIsoInstant,
  workingDaysAfter,
  zoneData,
} from '../../../domain/calendar/index.js';
import { locales } from '../../../locales/index.js';

const words = wordsFor('en', 'sample');
const day = 86_400_000;
const placeOf = (zone: string, now: number): Place => ({
  calendar: calendarFor(zone),
  zone: zoneData(zone, now - day, now + 60 * day),
});

describe('the samples', () => {
  test.each(locales)('%s is a body that POST /v1/meetings takes, once it has a start', (locale) => {
    const scenario = readScenario(sampleFile(locale), words);
    const now = Date.UTC(2026, 10, 23);
    const request = requestOf(scenario, { place: placeOf(zoneNameOf(scenario), now), locale, now, inventedTopic: 'x' });
    expect(createMeetingBody.safeParse(request).error?.issues ?? []).toEqual([]);
    expect(scenario.departments.length).toBeGreaterThan(0);
    expect(scenario.people.length).toBeGreaterThan(0);
  });

  test('the day is a working day at least 3 working days ahead, 09:30 there, whenever the demo is started', () => {
    const zones = ['Asia/Taipei', 'Asia/Shanghai', 'Europe/London'];
    const moments = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 10, 30) });
    fc.assert(
      fc.property(fc.constantFrom(...zones), moments, (zone, now) => {
        const place = placeOf(zone, now);
        const start = suitableStart(place, now);
        const [date = '', time = ''] = start.split('T');
        expect(time.slice(0, 5)).toBe('09:30');
        const { calendar } = place;
        expect(isWorkingDay(calendar, date)).toBe(true);
        const today = new Intl.DateTimeFormat('sv', { timeZone: zone }).format(now);
        expect(date > workingDaysAfter(calendar, today, 3)).toBe(true);
        expect(parseIsoInstant(start)).toBeGreaterThan(now);
      }),
    );
  });

  test('where only weekends are known, nobody is invited for Christmas or New Year', () => {
    for (let day = 0; day < 20; day++) {
      const now = Date.UTC(2026, 11, 14 + day, 9);
      const start = suitableStart(placeOf('Europe/London', now), now);
      expect(start).not.toMatch(/-(12-2[456]|12-31|01-01)T/);
    }
  });
});

describe('the series', () => {
  test.each(locales)('%s is a body that POST /v1/series takes, its emergency one for POST /v1/meetings', (locale) => {
    const scenario = readScenario(sampleFile(locale), words);
    const { template, firstTopic, emergency } = readSeason(locale, scenario);
    const now = Date.UTC(2026, 10, 23);
    const series = { ...template, ...recurrenceFrom(placeOf(zoneNameOf(scenario), now), now) };
    expect(createSeriesBody.safeParse(series).error?.issues ?? []).toEqual([]);
    const meeting = { ...emergency, startsAt: '2026-12-04T14:00:00+08:00' };
    expect(createMeetingBody.safeParse(meeting).error?.issues ?? []).toEqual([]);
    const people = [...(template['participants'] as { email: string }[]), ...scenario.people].map((p) => p.email);
    expect(people).toContain(firstTopic['presenter']);
    expect(emergency['participants']).toHaveLength(5);
  });

  test('its three days are working days, far enough apart, whenever the demo is started', () => {
    const moments = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 9, 1) });
    fc.assert(
      fc.property(fc.constantFrom('Asia/Taipei', 'Asia/Shanghai', 'Europe/London'), moments, (zone, now) => {
        const place = placeOf(zone, now);
        const { recurrence, leadDays } = recurrenceFrom(place, now) as {
          recurrence: { starts: string };
          leadDays: number;
        };
        const days = [0, 7, 14].map((n) => addDays(recurrence.starts, n));
        for (const date of days) expect(isWorkingDay(place.calendar, date)).toBe(true);
        for (const [i, date] of days.slice(1).entries())
          expect(workingDaysAfter(place.calendar, days[i]!, 4) <= date).toBe(true);
        expect(Date.parse(days[2]!) - now).toBeLessThan(leadDays * day);
      }),
    );
  });
});

test('an emergency without a start begins in working hours, soon enough and not too soon', () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 10, 30) }), (now) => {
      const place = placeOf('Asia/Taipei', now);
      const start = parseIsoInstant(emergencyStart(place, now)) ?? 0;
      expect(insideHours(place.calendar, place.zone, start)).toBe(true);
      expect(start - now).toBeGreaterThanOrEqual(90 * 60_000);
    }),
  );
});

test('the English sample brings a working calendar that the service takes', () => {
  const { calendar } = readScenario(sampleFile('en'), words);
  expect(parseCalendarConfig(calendar).faults).toEqual([]);
});

describe('a file of the user’s own', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'convoke-demo-test-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const file = (content: string): string => {
    const name = path.join(folder, `${Math.random()}.json`);
    writeFileSync(name, content);
    return name;
  };

  test('is taken bare or with departments and people', () => {
    const meeting = { title: 'Mine', agenda: [] };
    expect(readScenario(file(JSON.stringify(meeting)), words).meeting).toEqual(meeting);
    const whole = readScenario(file(`\ufeff${JSON.stringify({ meeting, departments: [{ name: 'D' }] })}`), words);
    expect(whole.meeting).toEqual(meeting);
    expect(whole.departments).toEqual([{ name: 'D' }]);
  });

  test('its own start and language stay; an empty agenda gets a topic', () => {
    const own = { startsAt: '2027-03-01T10:00:00+00:00', locale: 'zh-CN', agenda: [] };
    const scenario = readScenario(file(JSON.stringify(own)), words);
    const place = placeOf('Europe/London', Date.now());
    const request = requestOf(scenario, { place, locale: 'en', now: Date.now(), inventedTopic: 'Where we stand' });
    expect(request).toMatchObject({ startsAt: own.startsAt, locale: 'zh-CN', agenda: [{ title: 'Where we stand' }] });
  });

  test('a zone that is none leaves the demo its own, for the API to refuse', () => {
    expect(zoneNameOf(readScenario(file('{"timeZone":"Mars/Base"}'), words))).toBe('Asia/Taipei');
    expect(zoneNameOf(readScenario(file('{"timeZone":"Europe/Paris"}'), words))).toBe('Europe/Paris');
  });

  test.each([
    ['{"title": }', /not valid JSON/],
    ['[]', /should be a JSON object/],
    ['"text"', /should be a JSON object/],
    [`{"title":"${'x'.repeat(1_000_001)}"}`, /larger than 1 MB/],
  ])('%.20s is said in one line', (content, message) => {
    expect(() => readScenario(file(content), words)).toThrow(UserMistake);
    expect(() => readScenario(file(content), words)).toThrow(message);
  });

  test('a file that is not there is named', () => {
    expect(() => readScenario(path.join(folder, 'no.json'), words)).toThrow(/There is no file .*no\.json/);
  });
});

describe('options', () => {
  test('both ways of giving a value', () => {
    expect(readOptions(['--lang=zh-CN', '--file', 'a.json', '--keep'], {})).toEqual({
      lang: 'zh-CN',
      file: 'a.json',
      keep: true,
      short: false,
      help: false,
    });
  });

  test.each([[['--speed']], [['--lang', 'fr']], [['--file']], [['extra']]])('%j is a mistake, with help', (args) => {
    expect(() => readOptions(args, { LANG: 'en_GB.UTF-8' })).toThrow(/--help/);
  });

  test('the language is asked for, else the environment’s, else Traditional Chinese', () => {
    expect(languageOf('en', { LANG: 'zh_TW.UTF-8' })).toBe('en');
    expect(languageOf(undefined, { LANG: 'zh_CN.UTF-8' })).toBe('zh-CN');
    expect(languageOf(undefined, { LC_ALL: 'C.UTF-8', LANG: 'en_US.UTF-8' })).toBe('en');
    expect(languageOf(undefined, { CONVOKE_LOCALE: 'zh-TW', LANG: 'en_US.UTF-8' })).toBe('zh-TW');
    expect(languageOf(undefined, { LANG: 'C' })).toBe('zh-TW');
  });
});

/** Between the recurrence of a body and the rule of the domain. */
import { fault } from '../../domain/errors.js';
import type { InMonth, Pattern, SeriesRule } from '../../domain/series/rule.js';
import { Problem } from '../errors.js';
import type { Recurrence } from '../schemas/series.js';

/** 422 when what is said does not go together. */
export function ruleOf(
  r: Recurrence,
  kept: Pick<SeriesRule, 'skips' | 'moves'> = { skips: [], moves: [] },
): SeriesRule {
  const { time, starts, until, count, onDayOff } = r;
  return {
    pattern: patternOf(r),
    time,
    starts,
    ...(until === undefined ? {} : { until }),
    ...(count === undefined ? {} : { count }),
    onDayOff,
    ...kept,
  };
}

function patternOf(r: Recurrence): Pattern {
  const { every, interval, weekdays, month } = r;
  const monthly = [r.day, r.nth, r.weekday, r.working, r.ifMissing].some((x) => x !== undefined);
  if (every === 'week') {
    if (weekdays === undefined || monthly || month !== undefined) return refuse();
    return { every, interval, weekdays };
  }
  if (weekdays !== undefined || (every === 'year') !== (month !== undefined)) return refuse();
  const on = inMonthOf(r);
  return every === 'year' ? { every, interval, month: month ?? 1, ...on } : { every, interval, ...on };
}

function inMonthOf({ day, nth, weekday, working, ifMissing }: Recurrence): InMonth {
  if ((day === undefined) === (nth === undefined)) return refuse();
  if (day !== undefined) {
    if (weekday !== undefined || working !== undefined) return refuse();
    return { by: 'day', day, ifMissing: ifMissing ?? 'lastDay' };
  }
  if (nth === undefined || ifMissing !== undefined) return refuse();
  if (weekday === undefined) return working === false ? refuse() : { by: 'workingDay', nth };
  return { by: 'weekday', nth, weekday, working: working ?? false };
}

function refuse(): never {
  throw new Problem('BadInput', [fault('S1.pattern', 'recurrence')]);
}

export function recurrenceOf(rule: SeriesRule): Record<string, unknown> {
  const { pattern, skips: _, moves: __, ...rest } = rule;
  const { every, interval } = pattern;
  if (pattern.every === 'week') return { every, interval, weekdays: pattern.weekdays, ...rest };
  const month = pattern.every === 'year' ? { month: pattern.month } : {};
  switch (pattern.by) {
    case 'day':
      return { every, interval, ...month, day: pattern.day, ifMissing: pattern.ifMissing, ...rest };
    case 'weekday':
      return {
        every,
        interval,
        ...month,
        nth: pattern.nth,
        weekday: pattern.weekday,
        working: pattern.working,
        ...rest,
      };
    case 'workingDay':
      return { every, interval, ...month, nth: pattern.nth, ...rest };
  }
}

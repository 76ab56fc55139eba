/** Zod's issues as faults of our catalogue: codes and parameters, with a path like `agenda[2].minutes`. */
import type { z } from 'zod';
import { fault } from '../domain/errors.js';
import type { Fault } from '../domain/errors.js';

type Issue = z.core.$ZodIssue;

/** `['agenda', 2, 'minutes']` → `agenda[2].minutes`. */
export function pathOf(parts: readonly PropertyKey[], prefix = ''): string {
  return parts.reduce<string>((path, part) => {
    if (typeof part === 'number') return `${path}[${part}]`;
    return path === '' ? String(part) : `${path}.${String(part)}`;
  }, prefix);
}

/** What the caller sent at a path; undefined where nothing is there. */
function valueAt(data: unknown, parts: readonly PropertyKey[]): unknown {
  return parts.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined,
    data,
  );
}

/** A name that somebody sent, short enough to be shown back. */
export const shownName = (name: string): string =>
  (name.length > 60 ? `${name.slice(0, 60)}…` : name).replace(/[\p{Cs}\p{Cc}]/gu, '\ufffd');

function boundFault(issue: Extract<Issue, { code: 'too_big' | 'too_small' }>, path: string): Fault {
  const big = issue.code === 'too_big';
  const limit = Number(big ? issue.maximum : issue.minimum);
  const params: Fault['params'] = big ? { max: limit } : { min: limit };
  if (issue.origin === 'string') {
    if (!big && limit === 1) return fault('input.empty', path);
    return fault(big ? 'input.tooLong' : 'input.tooShort', path, params);
  }
  if (issue.origin === 'array') return fault(big ? 'input.tooMany' : 'input.tooFew', path, params);
  return fault(big ? 'input.tooLarge' : 'input.tooSmall', path, params);
}

function customFault(issue: Extract<Issue, { code: 'custom' }>, path: string): Fault {
  const { code, ...params } = (issue.params ?? {}) as Fault['params'];
  return fault(typeof code === 'string' ? code : 'input.invalid', path, params);
}

function typeFault(issue: Extract<Issue, { code: 'invalid_type' }>, path: string, data: unknown): Fault {
  if (valueAt(data, issue.path) === undefined && issue.path.length > 0) return fault('input.required', path);
  return fault('input.type', path, { expected: issue.expected });
}

function faultsOfIssue(issue: Issue, prefix: string, data: unknown): Fault[] {
  const path = pathOf(issue.path, prefix);
  switch (issue.code) {
    case 'invalid_type':
      return [typeFault(issue, path, data)];
    case 'too_big':
    case 'too_small':
      return [boundFault(issue, path)];
    case 'unrecognized_keys':
      return issue.keys
        .slice(0, 20)
        .map((key) =>
          fault('input.unknown', pathOf([...issue.path, shownName(key)], prefix), { field: shownName(key) }),
        );
    case 'invalid_value':
      if (valueAt(data, issue.path) === undefined) return [fault('input.required', path)];
      return [fault('input.choice', path, { choices: issue.values.map(String) })];
    case 'custom':
      return [customFault(issue, path)];
    default:
      return [fault('input.invalid', path)];
  }
}

/** Zod's own bound of whole numbers; said only where the field has none of its own. */
const isUnsafeInteger = (issue: Issue): boolean =>
  (issue.code === 'too_big' && Number(issue.maximum) >= Number.MAX_SAFE_INTEGER) ||
  (issue.code === 'too_small' && Number(issue.minimum) <= Number.MIN_SAFE_INTEGER);

const samePath = (a: Issue, b: Issue): boolean => a.path.join('/') === b.path.join('/');

/** Every fault at once, in the schema's order, each code once per path. */
export function faultsOf(error: z.core.$ZodError, data: unknown, prefix = ''): Fault[] {
  const seen = new Set<string>();
  return error.issues
    .filter(
      (issue) => !isUnsafeInteger(issue) || error.issues.every((other) => other === issue || !samePath(other, issue)),
    )
    .flatMap((issue) => faultsOfIssue(issue, prefix, data))
    .filter((f) => {
      const key = `${f.code} ${f.path}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

/**
 * One fault in an input or a rule that refused it. Codes and parameters only; the sentence is made per reader from
 * `locales` (key `errors.<code>`).
 */
export interface Fault {
  /** Catalogue code: the rule's number and a word, for example `P6.excess`; plain input faults start with `input.`. */
  code: string;
  /** JSON path of the offending field, for example `agenda[2].minutes`; empty for the whole body. */
  path: string;
  params: Record<string, string | number | boolean | string[]>;
}

/** What kind of refusal: mapped to HTTP in one table (BadInput 422, Forbidden 403, NotFound 404, Conflict 409). */
export type RefusalType = 'BadInput' | 'Forbidden' | 'NotFound' | 'Conflict';

/** A rule says no. Thrown by domain functions, carried as ApplicationFailure through the engine, answered as RFC 9457. */
export class Refusal extends Error {
  constructor(
    readonly type: RefusalType,
    readonly faults: Fault[],
  ) {
    super(`${type}: ${faults.map((f) => f.code).join(', ')}`);
    this.name = 'Refusal';
  }
}

/** One fault as a value. */
export function fault(code: string, path = '', params: Fault['params'] = {}): Fault {
  return { code, path, params };
}

/** Throws a refusal of one fault. */
export function refuse(type: RefusalType, code: string, path = '', params: Fault['params'] = {}): never {
  throw new Refusal(type, [fault(code, path, params)]);
}

import { Refusal } from '../domain/errors.js';

/** Why the database could not do it. `retryable`: it is away or busy, the same call may work later (503). */
export class ArchiveError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly retryable: boolean,
  ) {
    super(message);
    this.name = 'ArchiveError';
  }
}

interface DatabaseFault {
  code?: unknown;
  constraint?: unknown;
  routine?: unknown;
  message?: unknown;
  cause?: unknown;
}

/** Classes of SQLSTATE that pass by themselves: connection, resources, operator's stop, serialization, lock or statement timeout. */
const passing = /^(08|53|57|40|55P03|25006)/;
const passingCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
const connectionLost = /timeout|connection terminated|connection ended|not queryable|closed/i;

/**
 * Keeps only codes. Driver and query builder put the values into their messages, and messages end in logs and workflow
 * histories, where no ballot and no survey answer may ever be (design §4).
 */
export function redacted(error: unknown): Error {
  if (error instanceof Refusal || error instanceof ArchiveError) return error;
  const fault = deepest(error);
  const code = typeof fault.code === 'string' ? fault.code : '';
  const away =
    passing.test(code) || passingCodes.has(code) || (code === '' && connectionLost.test(String(fault.message)));
  const where = [fault.constraint, fault.routine].filter((x) => typeof x === 'string').join(', ');
  const name = code === '' ? (away ? 'no connection' : 'unexpected') : code;
  return new ArchiveError(name, `the database answered ${name}${where === '' ? '' : ` (${where})`}`, away);
}

function deepest(error: unknown): DatabaseFault {
  let fault = (typeof error === 'object' && error !== null ? error : { message: error }) as DatabaseFault;
  while (fault.code === undefined && typeof fault.cause === 'object' && fault.cause !== null) fault = fault.cause;
  return fault;
}

/** The same port, its errors redacted. */
export function guarded<T extends object>(port: T): T {
  return new Proxy(port, {
    get(target, key, receiver) {
      const member: unknown = Reflect.get(target, key, receiver);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]): Promise<unknown> => {
        try {
          return (await Reflect.apply(member, target, args)) as unknown;
        } catch (error) {
          throw redacted(error);
        }
      };
    },
  });
}

export function codeOf(error: unknown): string {
  const code: unknown = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : 'unknown';
}

/** Zod as Fastify's validator: every fault at once, with its path. A body that is not there is an empty one. */
import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import type { Fault } from '../domain/errors.js';
import { Problem } from './errors.js';
import { faultsOf } from './faults.js';

/** Checks across fields, told apart from the schema so that they also run beside its faults. Takes whatever was sent. */
export type CrossCheck = (raw: unknown, now: number) => Fault[];
const crossChecks = new WeakMap<z.ZodType, CrossCheck>();

/** Adds a check across fields to a body's schema. */
export function withCross<S extends z.ZodType>(schema: S, check: CrossCheck): S {
  crossChecks.set(schema, check);
  return schema;
}

/** A value that passed, or `BadInput` with every fault. */
export function parse<S extends z.ZodType>(schema: S, data: unknown, now = 0): z.output<S> {
  const result = schema.safeParse(data);
  const crossed = crossChecks.get(schema)?.(data, now) ?? [];
  const plain = result.success ? [] : faultsOf(result.error, data);
  const taken = new Set(plain.map((f) => f.path));
  const faults = [...plain, ...crossed.filter((f) => !taken.has(f.path))];
  if (faults.length > 0) throw new Problem('BadInput', faults);
  return result.data as z.output<S>;
}

/** `clock` tells the checks what is far ahead. */
export function validatorCompiler(clock: () => number): FastifySchemaCompiler<z.ZodType> {
  return ({ schema, httpPart }) =>
    (data: unknown) => {
      const given = httpPart === 'body' ? (data ?? {}) : data;
      try {
        return { value: parse(schema, given, clock()) };
      } catch (error) {
        return { error: error as Error };
      }
    };
}

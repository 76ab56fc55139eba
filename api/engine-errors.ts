/** What the engine's client throws, as problems. */
import {
  isGrpcCancelledError,
  isGrpcDeadlineError,
  isGrpcServiceError,
  ServiceError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';
import type { Fault } from '../domain/errors.js';
import { refusalTypes } from '../workflows/contracts.js';
import { Problem, unavailable } from './errors.js';
import type { ProblemKind } from './errors.js';

/** Seconds after which a caller may try again when nobody answered. */
const retryAfter = 5;

const isRefusalType = (type: unknown): type is (typeof refusalTypes)[number] =>
  (refusalTypes as readonly unknown[]).includes(type);

/** The workflow is not there, or not any more: whoever asked finds out which in the archive. */
export function isGone(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError) return true;
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  return cause instanceof ApplicationFailure && cause.type === 'AcceptedUpdateCompletedWorkflow';
}

function isTimeout(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  return isGrpcCancelledError(error) || isGrpcDeadlineError(error);
}

function refusalOf(failure: ApplicationFailure): Problem | undefined {
  const { type, details } = failure;
  if (!isRefusalType(type)) return undefined;
  const faults = Array.isArray(details?.[0]) ? (details[0] as Fault[]) : [];
  const kind: ProblemKind = type;
  const headers = kind === 'Unavailable' ? { headers: { 'retry-after': String(retryAfter) } } : {};
  return new Problem(kind, faults, { ...headers, cause: failure });
}

/** Refusals keep their kind; no answer in time, or no engine, is 503; anything else stays what it is. */
export function fromEngine(error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure)
    return refusalOf(error.cause) ?? error;
  if (isTimeout(error)) return unavailable('http.noWorker', retryAfter, error);
  if (error instanceof ServiceError || isGrpcServiceError(error))
    return unavailable('http.noEngine', retryAfter, error);
  return error;
}

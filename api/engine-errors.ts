/** What the engine's client throws, as problems. */
import {
  isGrpcCancelledError,
  isGrpcDeadlineError,
  isGrpcServiceError,
  QueryNotRegisteredError,
  ScheduleNotFoundError,
  ServiceError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';
import { NamespaceNotFoundError } from '@temporalio/common/lib/errors.js';
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

/**
 * The server's own word for an update that its worker never saw: it hands it back so when it comes up again in the middle
 * of a workflow task. Nothing was done.
 */
const handedBack = 'UnprocessedUpdate';

/** What became of a command that reached the engine: the rule's refusal, 503 when the engine gave it up, else ours to mend. */
function updateFailed(error: WorkflowUpdateFailedError): unknown {
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure)) return unavailable('http.noWorker', retryAfter, error);
  if (cause.type === handedBack) return unavailable('http.noWorker', retryAfter, error);
  return refusalOf(cause) ?? error;
}

/**
 * The engine is away, or comes up and does not know its namespace, schedules or workers yet. A server that is killed in
 * the middle of an answer says so by any gRPC code.
 */
function isAway(error: unknown): boolean {
  if (error instanceof ServiceError || isGrpcServiceError(error)) return true;
  if (error instanceof NamespaceNotFoundError || error instanceof ScheduleNotFoundError) return true;
  return error instanceof QueryNotRegisteredError;
}

/** Refusals keep their kind; no answer in time, or no engine, is 503; anything else stays what it is. */
export function fromEngine(error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError) return updateFailed(error);
  if (isTimeout(error)) return unavailable('http.noWorker', retryAfter, error);
  if (isAway(error)) return unavailable('http.noEngine', retryAfter, error);
  return error;
}

import {
  QueryNotRegisteredError,
  ScheduleNotFoundError,
  ServiceError,
  WorkflowClient,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ServerFailure,
  TerminatedFailure,
  TimeoutFailure,
  WorkflowNotFoundError,
} from '@temporalio/common';
import { NamespaceNotFoundError } from '@temporalio/common/lib/errors.js';
import { describe, expect, test } from 'vitest';
import { Commands } from '../../api/commands.js';
import { fromEngine, isGone } from '../../api/engine-errors.js';
import { toProblem } from '../../api/errors.js';
import type { Problem } from '../../api/errors.js';
import { refusalTypes } from '../../workflows/contracts.js';

/** What gRPC's library throws, by the shape that the client knows it by. */
const grpcError = (code: number): Error =>
  Object.assign(new Error(`${code} X: connection dropped`), {
    code,
    details: 'connection dropped',
    metadata: { get: () => [], getMap: () => ({}) },
  });

/** All codes of gRPC but OK. */
const codes = {
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
};
const late = [codes.CANCELLED, codes.DEADLINE_EXCEEDED];

const told = (error: unknown): Problem => toProblem(fromEngine(error));
const seen = ({ status, faults, options }: Problem) => ({
  status,
  code: faults[0]?.code,
  retryAfter: options.headers?.['retry-after'],
});
const away = (code: string) => ({ status: 503, code, retryAfter: '5' });

const id = 'aaaaaaaaaaaaaaaa';
/** A command through the real client, over a service that answers with this error, or with this. */
function command(answer: () => Promise<unknown>, phase?: 'closed' | 'execution'): Promise<unknown> {
  const service = { updateWorkflowExecution: answer, pollWorkflowExecutionUpdate: answer };
  const client = new WorkflowClient({ connection: { workflowService: service } as never });
  const outside = { workflow: client, withDeadline: <T>(_: number, ask: () => Promise<T>) => ask() };
  const ended = phase && { phase };
  const commands = new Commands(outside as never, () => Promise.resolve(ended), 5_000);
  const actor = { rights: [] } as never;
  return commands.run('publish', { meetingId: id, actor, input: {}, principal: 'x' }).catch((e: unknown) => e);
}

describe.each(Object.entries(codes))('gRPC %s', (_, code) => {
  const expected = away(late.includes(code) ? 'http.noWorker' : 'http.noEngine');

  test('as it is, and within the client’s own error: 503 with Retry-After', () => {
    expect(seen(told(grpcError(code)))).toEqual(expected);
    expect(seen(told(new ServiceError('Failed', { cause: grpcError(code) })))).toEqual(expected);
  });

  test('to a command: 503 with Retry-After; only what is not found asks the archive', async () => {
    const answer = (await command(() => Promise.reject(grpcError(code)))) as Problem;
    if (code === codes.NOT_FOUND) expect(seen(answer)).toMatchObject({ status: 404, code: 'meeting.unknown' });
    else expect(seen(answer)).toEqual(expected);
  });
});

describe('what the client throws', () => {
  test.each([
    ['no answer in time', new WorkflowUpdateRPCTimeoutOrCancelledError('late'), 'http.noWorker'],
    ['a broken answer', new ServiceError('Unexpected error while making gRPC request'), 'http.noEngine'],
    ['a server that does not know its namespace yet', new NamespaceNotFoundError('default'), 'http.noEngine'],
    ['a schedule that is not there at the moment', new ScheduleNotFoundError('gone', 'series-x'), 'http.noEngine'],
    ['a worker that does not know the question yet', new QueryNotRegisteredError('x', 3), 'http.noEngine'],
  ])('%s: 503 with Retry-After', (_, error, code) => {
    expect(seen(told(error))).toEqual(away(code));
  });

  test('a workflow that is not there is no fault of the engine', () => {
    expect(isGone(new WorkflowNotFoundError('gone', id, undefined))).toBe(true);
    expect(isGone(new WorkflowUpdateFailedError('x', accepted))).toBe(true);
    expect(isGone(new WorkflowUpdateFailedError('x', handedBack))).toBe(false);
  });
});

const handedBack = ApplicationFailure.create({ type: 'UnprocessedUpdate', nonRetryable: true });
const accepted = ApplicationFailure.create({ type: 'AcceptedUpdateCompletedWorkflow', nonRetryable: true });
const faults = [{ code: 'phase.notNow', path: '', params: {} }];

describe('a command that came back failed', () => {
  test.each([
    ['handed back by a server that came up in the middle of a task', handedBack],
    ['cancelled', new CancelledFailure('x')],
    ['terminated', new TerminatedFailure('x')],
    ['timed out', new TimeoutFailure('x', undefined, 'SCHEDULE_TO_CLOSE')],
    ['given up by the server', new ServerFailure('x', false)],
    ['its activity given up', new ActivityFailure('x', 'y', '1', 'TIMEOUT', undefined)],
    ['for no reason', undefined],
  ])('%s: 503 with Retry-After', (_, cause) => {
    expect(seen(told(new WorkflowUpdateFailedError('Workflow Update failed', cause)))).toEqual(away('http.noWorker'));
  });

  test.each(refusalTypes)('a refusal keeps its kind: %s', (type) => {
    const cause = ApplicationFailure.create({ type, details: [faults], nonRetryable: true });
    const refused = told(new WorkflowUpdateFailedError('x', cause));
    expect(refused).toMatchObject({ kind: type, faults });
    expect(refused.options.headers?.['retry-after']).toBe(type === 'Unavailable' ? '5' : undefined);
  });

  test('a slip of ours stays one, for the log', () => {
    const cause = ApplicationFailure.create({ type: 'Internal', message: 'x is undefined', nonRetryable: true });
    expect(seen(told(new WorkflowUpdateFailedError('x', cause)))).toMatchObject({ status: 500, code: 'http.internal' });
  });

  test('a meeting that is over meanwhile: 409', async () => {
    const missing = () => Promise.reject(grpcError(codes.NOT_FOUND));
    expect(seen((await command(missing, 'closed')) as Problem)).toMatchObject({ status: 409, code: 'phase.ended' });
    expect(seen((await command(missing, 'execution')) as Problem)).toMatchObject({ status: 409, code: 'phase.gone' });
  });
});

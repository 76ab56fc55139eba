import { ApplicationFailure, WorkflowUpdateFailedError } from '@temporalio/client';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import type { Activities, MailJob } from '../../activities/index.js';
import type { Fault } from '../../domain/errors.js';
import type { Actor, CommandInput, CommandName } from '../../domain/meeting/commands.js';
import type { Effect, MailEffect, TakenTopic } from '../../domain/meeting/effects.js';
import type { MeetingState } from '../../domain/meeting/state.js';
import {
  commandUpdate,
  meetingQuery,
  meetingWorkflowId,
  meetingWorkflowType,
  taskQueue,
} from '../../workflows/contracts.js';
import type { Answer, MeetingInput } from '../../workflows/contracts.js';
import { sharedBundle } from './shared.js';
import type { TestTemporal } from './temporal.js';

/** Activities that only remember, for tests of the engine's side. */
export class RecordingActivities {
  readonly mails: MailJob[] = [];
  readonly chats: MailJob[] = [];
  readonly views: { revision: number; phase: string }[] = [];
  readonly audit: string[] = [];
  /** What was put into digests, and the digests' times. */
  readonly waiting: MailEffect[] = [];
  readonly digests: number[] = [];
  /** Y1: what is found, what is left open after each mail, and which mails were asked for. */
  normsMade = { open: 0, remindAt: [] as number[] };
  readonly sendNorms = { open: [] as number[], rounds: [] as number[] };
  mean: number | undefined = 4;
  /** S1: what a meeting of a series finds waiting, and which meetings are due; F2: how somebody stands whose date is over. */
  taken: TakenTopic[] = [];
  due: { state: MeetingState; effects: Effect[] }[] = [];
  standing: { leaveUntil?: string; left?: boolean } = {};
  private failures: (() => Error)[] = [];

  /** The next writes of the view fail. */
  failNext(times: number, error: () => Error): void {
    this.failures = Array.from({ length: times }, () => error);
  }

  all(): Activities {
    return {
      sendMails: (job) => {
        this.mails.push(job);
        return Promise.resolve({ sent: job.effect.to.length, failed: 0, skipped: 0 });
      },
      sendChats: (job) => {
        this.chats.push(job);
        return Promise.resolve();
      },
      writeView: ({ state, audit }) => {
        const failure = this.failures.pop();
        if (failure) return Promise.reject(failure());
        this.views.push({ revision: state.revision, phase: state.phase });
        this.audit.push(...audit.map((a) => a.event));
        return Promise.resolve();
      },
      openBallotBox: () => Promise.resolve(),
      closeBallotBox: () => Promise.resolve({ agree: 3, against: 0, neutral: 0 }),
      openSurvey: () => Promise.resolve(),
      closeSurvey: () => Promise.resolve({ answers: 3, mean: this.mean }),
      draftMinutes: () => Promise.resolve('hash-of-draft'),
      findStanding: () => Promise.resolve(this.standing),
      findHead: () => Promise.resolve({ person: 'p8' }),
      countTopics: () => Promise.resolve({ topics: [] }),
      findChain: () => Promise.resolve({ heads: ['p6'] }),
      keepFile: () => Promise.resolve(),
      freezeFiles: () => Promise.resolve(),
      putBacklog: () => Promise.resolve(),
      withdrawBacklog: () => Promise.resolve([]),
      findClocks: () => Promise.resolve({}),
      putDigest: (_meetingId, _at, effect) => {
        this.waiting.push(effect);
        return Promise.resolve();
      },
      sendDigests: ({ slot }) => {
        this.digests.push(slot);
        return Promise.resolve({ sent: 1, failed: 0, skipped: 0 });
      },
      takeBacklog: () => Promise.resolve({ topics: this.taken }),
      planSeries: () => Promise.resolve({ meetings: this.due, refused: [] }),
      dueReview: () => Promise.resolve({}),
      makeReview: (quarter) => Promise.resolve({ quarter, madeAt: 0, meetings: 0 }),
      dueNorms: () => Promise.resolve({}),
      makeNorms: () => Promise.resolve(this.normsMade),
      sendNorms: ({ round }) => {
        this.sendNorms.rounds.push(round);
        return Promise.resolve({ sent: 1, failed: 0, skipped: 0, open: this.sendNorms.open.shift() ?? 0 });
      },
      knowledgeRound: () => Promise.resolve({ deleted: 0, asks: [] }),
      sendKnowledgeReviews: () => Promise.resolve({ sent: 0, failed: 0, skipped: 0 }),
      sendReview: () => Promise.resolve({ sent: 0, failed: 0, skipped: 0 }),
    };
  }
}

export async function startWorker(temporal: TestTemporal, activities: Activities): Promise<{ stop(): Promise<void> }> {
  const worker = await Worker.create({
    ...temporal.worker,
    taskQueue,
    workflowBundle: await sharedBundle(),
    activities: { ...activities },
  });
  const running = worker.run();
  return {
    stop: async () => {
      worker.shutdown();
      await running;
    },
  };
}

/** A meeting on the real server, spoken to without the HTTP layer. */
export class EngineMeeting {
  private constructor(
    readonly id: string,
    readonly handle: WorkflowHandle,
    readonly firstRunId: string,
  ) {}

  static async start(
    client: Client,
    input: Pick<MeetingInput, 'state'> & Partial<MeetingInput>,
  ): Promise<EngineMeeting> {
    const workflowId = meetingWorkflowId(input.state.id);
    const full: MeetingInput = { outbox: [], ledger: [], audit: [], ...input };
    const handle = await client.workflow.start(meetingWorkflowType, { taskQueue, workflowId, args: [full] });
    return new EngineMeeting(input.state.id, client.workflow.getHandle(workflowId), handle.firstExecutionRunId);
  }

  send<N extends CommandName>(name: N, input: CommandInput<N>, actor: Actor, key?: string): Promise<Answer<N>> {
    const idempotency = key === undefined ? undefined : { key, hash: JSON.stringify(input) };
    return this.handle.executeUpdate<Answer<N>, [object]>(commandUpdate(name) as never, {
      args: [{ actor, input, idempotency }],
    });
  }

  /** The faults of a refused command. */
  async refused<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    actor: Actor,
  ): Promise<{ type: string; faults: Fault[] }> {
    try {
      await this.send(name, input, actor);
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure)
        return { type: error.cause.type ?? '', faults: (error.cause.details?.[0] ?? []) as Fault[] };
      throw error;
    }
    throw new Error(`${name} was accepted`);
  }

  async state(): Promise<MeetingState> {
    return (await this.handle.query(meetingQuery)).state;
  }
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import {
  type Client,
  ScheduleAlreadyRunning,
  WorkflowExecutionAlreadyStartedError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';
import { pino } from 'pino';
import type { Pages } from '../../api/route.js';
import { buildApi } from '../../api/app.js';
import type { ApiConfig, ApiDeps } from '../../api/deps.js';
import type { Archive } from '../../archive/open.js';
import { diskStore } from '../../archive/store/disk.js';
import { calendarById, toIso } from '../../domain/calendar/index.js';
import type { Instant, LocalDate } from '../../domain/calendar/index.js';
import { Refusal } from '../../domain/errors.js';
import type { CommandName } from '../../domain/meeting/commands.js';
import { isEnded } from '../../domain/meeting/phases.js';
import type { MeetingState } from '../../domain/meeting/state.js';
import { applyCommand } from '../../domain/meeting/step.js';
import { createLinks, type Links } from '../../render/links.js';
import type { Envelope, MeetingInput } from '../../workflows/contracts.js';
import { at, taipei } from '../support/meeting.js';
import { openEmptyArchive } from '../support/archive.js';

export const adminKey = 'test-admin-key-0123456789';
export const secret = 'a-secret-of-at-least-16';

/** Wed 28 Jan 2026 10:00 in Taipei; a meeting on Mon 2 Feb lies five days ahead. */
export const now: Instant = at('2026-01-28', '10:00');
export const iso = (date: LocalDate, time: string): string => toIso(taipei, at(date, time));

/** The engine without a server: the same rules, run at once, on a clock that the test sets. */
export class StubTemporal {
  readonly started = new Map<string, MeetingInput>();
  readonly signals: string[] = [];
  now = now;
  /** Meetings that live at another time than `now`, by id. */
  readonly times = new Map<string, number>();
  /** Schedules by id: their zone, and how often they were run by hand. */
  readonly schedules = new Map<string, { timezone?: string | undefined; triggered: number }>();
  /** What every call to a workflow fails with, while it is set: nobody answers. */
  away: Error | undefined;

  readonly client = {
    options: { namespace: 'default' },
    withDeadline: <T>(_deadline: number, work: () => Promise<T>): Promise<T> => work(),
    workflow: {
      start: (_type: string, options: { workflowId: string; args: [MeetingInput] }) => this.start(options),
      getHandle: (workflowId: string) => ({
        query: () => this.ask(workflowId, (state) => ({ state, now: this.timeOf(state) })),
        executeUpdate: ({ name }: { name: CommandName }, { args }: { args: [Envelope<CommandName>] }) =>
          this.ask(workflowId, (state) => this.update(workflowId, state, name, args[0])),
        signal: (_definition: unknown, box: string) => Promise.resolve(void this.signals.push(box)),
        describe: () => Promise.reject(new WorkflowNotFoundError('no histories here', workflowId, undefined)),
      }),
    },
    schedule: {
      create: ({ scheduleId, spec }: { scheduleId: string; spec: { timezone?: string } }) =>
        this.schedules.has(scheduleId)
          ? Promise.reject(new ScheduleAlreadyRunning('there already', scheduleId))
          : Promise.resolve(void this.schedules.set(scheduleId, { timezone: spec.timezone, triggered: 0 })),
      getHandle: (scheduleId: string) => ({
        update: () => Promise.resolve(),
        describe: () => Promise.resolve({ state: { paused: false } }),
        trigger: () => Promise.resolve(void this.schedules.get(scheduleId)!.triggered++),
        delete: () => Promise.resolve(void this.schedules.delete(scheduleId)),
      }),
    },
    workflowService: {},
  } as unknown as Client;

  state(meetingId: string): MeetingState {
    return this.started.get(`meeting-${meetingId}`)!.state;
  }

  private timeOf(state: MeetingState): number {
    return this.times.get(state.id) ?? this.now;
  }

  /** Puts a meeting there as it is. */
  put(state: MeetingState, time?: number): void {
    if (time !== undefined) this.times.set(state.id, time);
    this.started.set(`meeting-${state.id}`, { state, outbox: [], ledger: [], audit: [] });
  }

  private start({ workflowId, args }: { workflowId: string; args: [MeetingInput] }): Promise<object> {
    if (this.away) return Promise.reject(this.away);
    if (this.started.has(workflowId))
      return Promise.reject(new WorkflowExecutionAlreadyStartedError('started', workflowId, 'meeting'));
    this.started.set(workflowId, args[0]);
    return Promise.resolve({});
  }

  private async ask<T>(workflowId: string, work: (state: MeetingState) => T | Promise<T>): Promise<T> {
    if (this.away) throw this.away;
    const known = this.started.get(workflowId);
    if (known === undefined || isEnded(known.state.phase))
      throw new WorkflowNotFoundError('not there', workflowId, undefined);
    return work(known.state);
  }

  private update(workflowId: string, state: MeetingState, name: CommandName, { actor, input }: Envelope<CommandName>) {
    try {
      const change = applyCommand(state, name, input as never, { now: this.timeOf(state), actor });
      this.started.set(workflowId, { state: change.state, outbox: change.effects, ledger: [], audit: [] });
      return { result: change.result, revision: change.state.revision, now: this.timeOf(state) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const failure = ApplicationFailure.create({ type: error.type, message: error.message, details: [error.faults] });
      throw new WorkflowUpdateFailedError('refused', failure);
    }
  }
}

export interface TestApi {
  url: string;
  archive: Archive;
  temporal: StubTemporal;
  links: Links;
  /** Everything logged so far. */
  log(): string;
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  close(): Promise<void>;
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  json: Json;
}

/** Loosely typed: tests say what they expect. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

/** What an organisation configures. */
export const aConfig = (): ApiConfig => ({
  publicUrl: 'http://convoke.test',
  timeZone: 'Asia/Taipei',
  locale: 'en',
  calendar: calendarById('TW'),
  adminKey,
  secrets: [secret],
  // A machine that runs other tests beside this one is no reason to be sent away.
  busyAfterMs: 0,
});

/** The whole app on a free port, with a database of its own and a clock that stands still. */
export async function startApi(overrides: Partial<ApiDeps> = {}, pages: Pages[] = []): Promise<TestApi> {
  const archive = (overrides.archive as Archive | undefined) ?? (await openEmptyArchive());
  const temporal = new StubTemporal();
  const folder = await mkdtemp(path.join(tmpdir(), 'convoke-files-'));
  const links = createLinks({ secrets: [secret], publicUrl: 'http://convoke.test' });
  let logged = '';
  const sink = new Writable({ write: (chunk: Buffer, _e, done) => void ((logged += chunk.toString()), done()) });
  const app = await buildApi(
    {
      client: temporal.client,
      archive,
      links,
      files: diskStore(folder),
      config: aConfig(),
      norms: (at) => archive.norms.at(at),
      log: pino({ level: 'debug' }, sink),
      taskQueue: 'convoke',
      clock: () => now,
      ...overrides,
    },
    pages,
  );
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    archive,
    temporal,
    links,
    log: () => logged,
    request: (method, path, body, headers = {}) => call(`${url}${path}`, method, body, headers),
    close: async () => {
      await app.close();
      await rm(folder, { recursive: true, force: true });
      if (overrides.archive === undefined) await archive.close();
    },
  };
}

/** One request with the admin key unless told otherwise. */
export async function call(
  url: string,
  method: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      authorization: `Bearer ${adminKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: sent }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  };
}

/** A valid body of POST /v1/meetings: Mon 2 Feb 2026 09:30, one hour. */
export function aBody(overrides: Record<string, unknown> = {}): Record<string, Json> {
  return {
    title: '新產品試產協調會',
    goal: '確認試產時程與人力缺口',
    kind: 'regular',
    issueKind: 'progress',
    startsAt: iso('2026-02-02', '09:30'),
    timeZone: 'Asia/Taipei',
    durationMinutes: 60,
    place: '第一會議室',
    initiator: { department: '研發部', email: 'lin.mei@example.com', name: '林美' },
    participants: [
      { email: 'lin.mei@example.com', name: '林美', department: '研發部', role: 'head', key: true },
      { email: 'chen@example.com', name: '陳大文', department: '製造部', role: 'head' },
      { email: 'wang@example.com', name: '王小明', department: '採購部', role: 'core', topics: ['人力'] },
    ],
    supportDepartments: [{ name: '財務部', email: 'finance@example.com' }],
    agenda: [
      {
        title: '試產時程',
        minutes: 20,
        priority: 1,
        expectedConclusion: '確定試產日期',
        department: '研發部',
        presenter: 'lin.mei@example.com',
        materials: [{ title: '進度報表', owner: 'chen@example.com', link: 'https://files.example.com/1' }],
      },
      { title: '人力', minutes: 20, priority: 2, expectedConclusion: '決定支援人力' },
    ],
    ...overrides,
  };
}

import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { fastForward, virtualNow } from '../../infra/time-travel.js';
import { meetingWorkflowId } from '../../workflows/contracts.js';
import { type Caller, ok } from './caller.js';
import { until } from './until.js';

const hour = 3_600_000;
export const day = 24 * hour;

export const email = (n: number): string => `person${n}@example.org`;

export interface Wanted {
  /** Of as many departments; two at least. */
  people?: number;
  publish?: boolean;
  /** From now, in days. */
  startsIn?: number;
}

/** The body of POST /v1/meetings: person 0 hosts and tracks, person 1 keeps the minutes. */
export function meetingBody(title: string, { people = 4, publish = false, startsIn = 2 }: Wanted = {}): object {
  return {
    title,
    goal: 'Go on whatever happens',
    kind: 'regular',
    issueKind: 'process',
    startsAt: new Date(Math.ceil((Date.now() + startsIn * day) / 60_000) * 60_000).toISOString(),
    timeZone: 'Asia/Taipei',
    durationMinutes: 60,
    place: 'Room 1',
    locale: 'en',
    initiator: { department: 'Department 0', email: email(0) },
    host: email(0),
    coordinator: email(0),
    recorder: email(1),
    participants: Array.from({ length: people }, (_, n) => ({
      email: email(n),
      name: `Person ${n}`,
      department: `Department ${n}`,
      role: 'core',
    })),
    agenda: [{ title: 'Topic', minutes: 30, priority: 1 }],
    ...(people > 15 ? { capReason: 'Everybody is concerned' } : {}),
    ...(publish ? { publish: true } : {}),
  };
}

/** One meeting through the public API, on a server whose clock the test moves. */
export class Meeting {
  private constructor(
    readonly id: string,
    readonly title: string,
    private readonly api: Caller,
    private readonly client: Client,
  ) {}

  /** The title is no other meeting's: its mails are told by it. */
  static async create(api: Caller, client: Client, name: string, wanted: Wanted = {}): Promise<Meeting> {
    const title = `${name} ${randomUUID().slice(0, 8)}`;
    const { id } = await ok(api.post('/v1/meetings', meetingBody(title, wanted)));
    return new Meeting(id as string, title, api, client);
  }

  get workflowId(): string {
    return meetingWorkflowId(this.id);
  }

  path(rest = ''): string {
    return `/v1/meetings/${this.id}${rest}`;
  }

  read = () => ok(this.api.get(this.path()));
  post = (rest: string, body: object = {}) => ok(this.api.post(this.path(rest), body));
  put = (rest: string, body: object) => ok(this.api.put(this.path(rest), body));
  /** The audit's events, oldest first. */
  timeline = async (): Promise<{ revision: number; event: string; ref?: string }[]> =>
    (await ok(this.api.get(this.path('/timeline')))).items;
  deliveries = async (): Promise<{ mail: string; person: { email: string }; status: string; messageId: string }[]> =>
    (await ok(this.api.get(this.path('/deliveries')))).items;

  now(): Promise<number> {
    return virtualNow(this.client, this.workflowId);
  }

  /** Forward to a moment of the meeting's own time. */
  async goTo(at: number): Promise<void> {
    const ahead = at - (await this.now());
    if (ahead > 0) await fastForward(this.client, this.workflowId, (ahead + 1) / 1000);
  }

  pass = async (ms: number): Promise<void> => this.goTo((await this.now()) + ms);

  /** Until nothing is under way: no activity, no task, no command. */
  async quiet(): Promise<void> {
    const { namespace } = this.client.options;
    const request = { namespace, execution: { workflowId: this.workflowId } };
    await until(`${this.title} has nothing under way`, async () => {
      const { pendingActivities, pendingWorkflowTask } =
        await this.client.workflowService.describeWorkflowExecution(request);
      return pendingActivities.length === 0 && !pendingWorkflowTask;
    });
  }

  /** notice → execution, with everybody there and the topic called. Returns the topic's id. */
  async open(): Promise<string> {
    const { startsAt, participants, agenda } = await this.read();
    await this.goTo(Date.parse(startsAt as string));
    await this.post('/open');
    for (const { person } of participants) await this.put(`/attendance/${person}`, { present: true });
    const [{ topicId }] = agenda;
    await this.post(`/topics/${topicId}/start`);
    return topicId as string;
  }

  /** E14: an action of person 0, due in so many days from now; returns its id. */
  async agree(days = 9): Promise<string> {
    const dueDate = new Date((await this.now()) + days * day).toISOString().slice(0, 10);
    return (await this.post('/actions', { task: `Task of ${this.title}`, owner: email(0), dueDate })).id;
  }

  /** execution → minutes */
  close = () => this.post('/close');

  /** minutes → followUp */
  confirm = () => this.post('/minutes/confirm');

  /** followUp → closed: every action is done and checked, plans are handed in, survey and objections run out. */
  async finish(): Promise<void> {
    const { actions } = await this.read();
    for (const { id, status } of actions) {
      if (status === 'done') continue;
      if (status !== 'reported') await ok(this.api.post(`/v1/actions/${id}/complete`, {}));
      await ok(this.api.post(`/v1/actions/${id}/confirm`, {}));
    }
    for (let week = 0; week < 6 && (await this.phase()) !== 'closed'; week++) {
      await this.handInPlans();
      await this.pass(7 * day);
      await this.quiet();
    }
    await until(`${this.title} is closed`, async () => (await this.phase()) === 'closed');
  }

  /** F6: an action that was late makes a meeting that needs an improvement plan; silence accepts it. */
  private async handInPlans(): Promise<void> {
    const { tasks } = await this.read();
    for (const { id, kind, status } of tasks)
      if (kind === 'improvementPlan' && ['open', 'overdue'].includes(status as string))
        await ok(this.api.post(`/v1/tasks/${id}/complete`, { text: 'Better next time' }));
  }

  async phase(): Promise<string> {
    return (await this.read()).phase;
  }
}

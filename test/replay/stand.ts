import type { Client } from '@temporalio/client';
import { fastForward, virtualNow } from '../../infra/time-travel.js';
import type { MeetingInput } from '../../workflows/contracts.js';
import { created, day } from '../support/creation.js';
import { EngineMeeting, type RecordingActivities } from '../support/engine.js';
import { admin, person } from '../support/meeting.js';

/** What a scenario needs: the real server, and activities that can be told to misbehave. */
export interface Stage {
  client: Client;
  activities: RecordingActivities;
}

/** Every path a meeting can take, one recorded history each. Returns the run that is kept. */
export type Scenario = (stage: Stage) => Promise<{ workflowId: string; runId?: string }>;

type Draft = Parameters<typeof created>[0];

export async function begin(stage: Stage, draft: Draft = {}, rest: Partial<MeetingInput> = {}): Promise<Stand> {
  const { state, effects } = created(draft);
  return new Stand(stage, await EngineMeeting.start(stage.client, { state, outbox: effects, ...rest }), state.startsAt);
}

/** A meeting under way, with the few moves that scenarios are made of. */
export class Stand {
  constructor(
    readonly stage: Stage,
    readonly meeting: EngineMeeting,
    readonly startsAt: number,
  ) {}

  async until(instant: number): Promise<void> {
    const { workflowId } = this.meeting.handle;
    const now = await virtualNow(this.stage.client, workflowId);
    if (instant > now) await fastForward(this.stage.client, workflowId, Math.ceil((instant - now) / 1000) + 1);
  }

  async opened(): Promise<this> {
    await this.meeting.send('publish', {}, admin);
    return this.open();
  }

  async open(): Promise<this> {
    await this.until(this.startsAt);
    await this.meeting.send('open', {}, person('p2'));
    for (const p of ['p6', 'p8']) await this.meeting.send('attendance', { person: p, present: true }, person('p2'));
    return this;
  }

  async action(owner = 'p8', inDays = 14): Promise<string> {
    const input = { task: `Ask the supplier (${owner})`, owner, dueAt: this.startsAt + inDays * day, department: 'd3' };
    return (await this.meeting.send('action', input, person('p2'))).result.id;
  }

  async minutesSent(): Promise<this> {
    await this.meeting.send('close', {}, person('p2'));
    await this.meeting.send('confirmMinutes', {}, person('p4'));
    return this;
  }

  async ended(): Promise<{ workflowId: string }> {
    await this.meeting.handle.result();
    return { workflowId: this.meeting.handle.workflowId };
  }
}

/** Lets time pass until the action is at the third miss, its owner and coordinator silent. */
export async function escalated(stand: Stand, id: string): Promise<string> {
  for (let days = 15; days < 120; days += 5) {
    await stand.until(stand.startsAt + days * day);
    const state = await stand.meeting.state();
    const task = state.tasks.find((t) => t.kind === 'escalation' && t.about === id && t.status === 'open');
    if (task) return task.id;
  }
  throw new Error('the third miss never came');
}

export async function later(stand: Stand): Promise<number> {
  return (await stand.meeting.handle.query<{ now: number }>('meeting')).now + 20 * day;
}

export async function finishPlan(stand: Stand, id: string): Promise<void> {
  await stand.meeting.send('completeTask', { id, text: 'We will do better' }, admin);
  await stand.until((await later(stand)) + 10 * day);
}

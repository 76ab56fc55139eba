import { condition, isCancellation, log, proxyActivities } from '@temporalio/workflow';
import type { Activities, MailJob } from '../activities/index.js';
import type { Effect, EffectReply, MailEffect } from '../domain/meeting/effects.js';
import { applyReply } from '../domain/meeting/step.js';
import type { MeetingState, PersonId } from '../domain/meeting/state.js';
import type { MeetingRun } from './meeting-run.js';
import { mailSummary } from './operator.js';
import type { Records } from './records.js';
import { workflowNow } from './clock.js';

const everSeconds = 3 * 24 * 3600;

/** How long a mail is tried. */
const patience = {
  startToCloseTimeout: '30m',
  scheduleToCloseTimeout: everSeconds * 1000,
  heartbeatTimeout: '20s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10m' },
} as const;

/** F7: a message may wait for the morning after the longest holidays (H1). */
const chatPatience = { ...patience, startToCloseTimeout: '10m', scheduleToCloseTimeout: '20d' } as const;

/**
 * Hands effects over in order. What has an answer is waited for, since later effects build on it; mails run beside each
 * other, so that one dead mailbox holds nothing up.
 */
export class Outbox {
  private busy = false;
  private sending = 0;

  constructor(private readonly run: MeetingRun) {}

  get isIdle(): boolean {
    return !this.busy && this.sending === 0 && this.run.outbox.length === 0;
  }

  async work(): Promise<never> {
    for (;;) {
      await condition(() => this.run.outbox.length > 0);
      const effect = this.run.outbox[0] as Effect;
      this.busy = true;
      if (effect.type === 'sendDigest') this.postDigests(effect.slot);
      else if (effect.type === 'mail' && effect.digestAt === undefined) this.post(effect);
      else await this.record(effect);
      this.run.outbox.shift();
      this.busy = false;
    }
  }

  private async record(effect: Effect): Promise<void> {
    const reply = await perform(this.run.records, effect, this.run.state);
    if (reply) this.run.apply(applyReply(this.run.state, reply, workflowNow()), reply.type, { via: 'engine' });
  }

  private post(effect: MailEffect): void {
    this.sending++;
    const { sendMails } = proxyActivities<Activities>({
      ...patience,
      summary: mailSummary(effect),
    });
    const job = { effect, state: forMail(this.run.state), now: workflowNow() };
    sendMails(job)
      .then(({ digestOnly: people, chats }) => {
        if (chats !== undefined) this.postChats(job, chats);
        if (people === undefined) return;
        const reply = { type: 'digestOnly' as const, effect, people };
        this.run.apply(applyReply(this.run.state, reply, workflowNow()), reply.type, { via: 'engine' });
      })
      .catch((error: unknown) => {
        // What cannot be delivered is shown to the host in /deliveries and stops nothing (design §7).
        if (isCancellation(error)) throw error;
        log.warn('mail given up', { mail: effect.mail, occasion: effect.occasion });
      })
      .finally(() => this.sending--);
  }

  /** F7: what the mail's activity could not settle, from the same snapshot. */
  private postChats({ effect, state, now }: MailJob, to: PersonId[]): void {
    this.sending++;
    const { sendChats } = proxyActivities<Activities>({ ...chatPatience, summary: `by chat: ${mailSummary(effect)}` });
    sendChats({ effect: { ...effect, to }, state, now, waitedMs: workflowNow() - now })
      .catch((error: unknown) => {
        if (isCancellation(error)) throw error;
        log.warn('messages given up', { mail: effect.mail, occasion: effect.occasion });
      })
      .finally(() => this.sending--);
  }

  /** H2: beside the mails, since it is one. */
  private postDigests(slot: number): void {
    this.sending++;
    const { sendDigests } = proxyActivities<Activities>({
      ...patience,
      summary: `digests of ${new Date(slot).toISOString()}`,
    });
    sendDigests({ state: forMail(this.run.state), slot, now: workflowNow() })
      .catch((error: unknown) => {
        if (isCancellation(error)) throw error;
        log.warn('digests given up', { slot });
      })
      .finally(() => this.sending--);
  }
}

async function perform(records: Records, effect: Effect, state: MeetingState): Promise<EffectReply | undefined> {
  const { id: meetingId, seriesId } = state;
  const now = workflowNow();
  switch (effect.type) {
    case 'openSurvey': {
      const { eligible, closesAt } = effect;
      await records.write((a) => a.openSurvey({ meetingId, eligible, closesAt, seriesId }));
      return undefined;
    }
    case 'closeSurvey': {
      const { minForMean, minForSuggestions } = effect;
      return {
        type: 'surveyClosed',
        ...(await records.write((a) => a.closeSurvey(meetingId, minForMean, minForSuggestions))),
      };
    }
    case 'countVote': {
      const { voteId } = effect;
      return { type: 'voteCounted', voteId, tally: await records.write((a) => a.closeBallotBox(voteId)) };
    }
    case 'findChain':
      return { type: 'chainFound', about: effect.about, ...(await records.write((a) => a.findChain(effect))) };
    case 'findStanding': {
      const { about, rung, dueAt } = effect;
      return { type: 'standingFound', about, rung, dueAt, ...(await records.write((a) => a.findStanding(effect))) };
    }
    case 'findHead': {
      const { about, department } = effect;
      return { type: 'headFound', about, department, ...(await records.write((a) => a.findHead(effect))) };
    }
    case 'countTopics': {
      const held = effect.held !== undefined;
      return { type: 'topicsCounted', held, ...(await records.write((a) => a.countTopics(meetingId, effect))) };
    }
    case 'draftMinutes':
      return {
        type: 'minutesDrafted',
        hash: await records.write((a) => a.draftMinutes(forMail(state))),
        ...(effect.version === undefined ? {} : { version: effect.version }),
      };
    case 'findClocks': {
      const { people } = effect;
      const clocks = await records.write((a) => a.findClocks({ people, zoneName: state.zone.name, now }));
      return Object.keys(clocks).length === 0 ? undefined : { type: 'clocksFound', clocks };
    }
    case 'mail':
      await records.write((a) => a.putDigest(meetingId, now, effect));
      return undefined;
    case 'sendDigest':
      return undefined;
    case 'keepFile':
      await records.write((a) => a.keepFile(meetingId, now, effect));
      return undefined;
    case 'freezeFiles':
      await records.write((a) => a.freezeFiles(meetingId, now));
      return undefined;
    case 'putBacklog':
      await giveBack(records, meetingId, now, effect);
      return undefined;
    case 'withdrawBacklog': {
      const topics = await records.write((a) => a.withdrawBacklog(meetingId, effect.topics));
      return topics.length === 0 ? undefined : { type: 'backlogKept', topics };
    }
    case 'takeBacklog': {
      const { topicIds, except, announce } = effect;
      const meeting = { meetingId, startsAt: state.startsAt, at: now };
      const taken = await records.surely((a) => a.takeBacklog(meeting, { seriesId, topicIds, except }));
      return { type: 'backlogTaken', ...taken, ...(announce ? { announce } : {}) };
    }
  }
}

/** The end of a meeting that took topics is written once the engine has it: a lost task must not have ended it. */
async function giveBack(
  records: Records,
  meetingId: string,
  now: number,
  { topics, final, done = [] }: Extract<Effect, { type: 'putBacklog' }>,
): Promise<void> {
  if (final) await records.surely((a) => a.putBacklog(meetingId, now, topics, { done }));
  else await records.write((a) => a.putBacklog(meetingId, now, topics));
}

const day = 24 * 3_600_000;
const dateOf = (t: number): string => new Date(t).toISOString().slice(0, 10);

/** The snapshot a text is built from, without what no text needs; of the days off those that a message may meet (H1). */
function forMail({ cancelling, pendingChange: _, ...state }: MeetingState): MeetingState {
  const now = workflowNow();
  const [first, last] = [dateOf(now - 2 * day), dateOf(now + 30 * day)];
  const soon = (dates: readonly string[]): string[] => dates.filter((date) => first <= date && date <= last);
  const { holidays, makeUpDays } = state.calendar;
  const calendar = { ...state.calendar, holidays: soon(holidays), makeUpDays: soon(makeUpDays) };
  // N4: a cancellation that may be undone is told to nobody.
  const floor = state.floor && { floor: { ...state.floor, turns: [], notes: [] } };
  return { ...state, ...floor, phase: cancelling?.phase ?? state.phase, timers: [], counters: {}, calendar };
}

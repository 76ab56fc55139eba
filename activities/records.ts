import type { ZoneData } from '../domain/calendar/index.js';
import type { Wanted } from '../archive/ports.js';
import type { BacklogTopic, Effect, MailEffect, TakenTopic } from '../domain/meeting/effects.js';
import { timesCarried } from '../domain/meeting/follow-up/topics.js';
import type { LastChoice, MeetingState, OffAgenda, PersonId, Tally } from '../domain/meeting/state.js';
import { clocksOf } from './clocks.js';
import { lastFollowUp } from './follow-up.js';
import { draftMinutes } from '../render/minutes-draft.js';
import { nextInSeries, planSeries } from './plan-series.js';
import type { PlannedSeries, Planning } from './plan-series.js';
import type { Burst, Ports } from './ports.js';

type KeepFile = Extract<Effect, { type: 'keepFile' }>;
type FindChain = Extract<Effect, { type: 'findChain' }>;
type FindStanding = Extract<Effect, { type: 'findStanding' }>;
type FindHead = Extract<Effect, { type: 'findHead' }>;
type CountTopics = Extract<Effect, { type: 'countTopics' }>;

/** Boxes, minutes, view and backlog: each a thin call of a port, safe to repeat. */
export function createRecordActivities(ports: Omit<Ports, 'transport'>, planning?: Planning) {
  return {
    writeView: (burst: Burst): Promise<void> => ports.view.write(burst),

    openBallotBox: (box: {
      voteId: string;
      meetingId: string;
      secret: boolean;
      electorate: PersonId[];
      at?: number;
    }): Promise<void> => ports.ballots.open(box),

    closeBallotBox: (voteId: string): Promise<Tally> => ports.ballots.close(voteId),

    openSurvey: (box: {
      meetingId: string;
      eligible: PersonId[];
      closesAt: number;
      seriesId?: string;
    }): Promise<void> => ports.surveys.open(box),

    closeSurvey: (
      meetingId: string,
      minForMean: number,
      minForSuggestions: number,
    ): Promise<{ answers: number; mean?: number }> => ports.surveys.close(meetingId, minForMean, minForSuggestions),

    /** M1: the draft is content-addressed, so drafting twice keeps one text. */
    draftMinutes: async (state: MeetingState): Promise<string> => {
      const followUp = await lastFollowUp(ports, state);
      return ports.minutes.save(state.id, { ...draftMinutes(state), ...(followUp ? { followUp } : {}) });
    },

    /** F3: who could decide, nearest first; nobody below the owner. The rule puts them in order and leaves out the owner. */
    findChain: async ({
      department,
      sponsor,
      pmo,
      date,
      owner,
    }: FindChain): Promise<{ heads: PersonId[]; sponsor?: PersonId; pmo?: PersonId }> => {
      const up = (id: string | undefined, keep?: PersonId): Promise<PersonId[]> => {
        if (id === undefined) return Promise.resolve([]);
        // Asked by a workflow of before: heads as they are written.
        return date === undefined ? ports.directory.headsUpward(id) : ports.standing.headsUpward(id, { date, keep });
      };
      const heads = await up(department, owner);
      const office = pmo?.person ?? (await up(pmo?.department))[0];
      const known = await ports.standing.of(
        [sponsor, office].filter((p) => p !== undefined),
        date ?? '',
      );
      const asked = [...heads, sponsor, office].filter((p) => p !== undefined && p !== owner) as PersonId[];
      const below = owner === '' || date === undefined ? [] : await ports.standing.below(owner, asked, date);
      const active = (person: PersonId | undefined): PersonId | undefined =>
        known.find((p) => p.person === person && !p.left && p.leaveUntil === undefined && !below.includes(p.person))
          ?.person;
      return { heads: heads.filter((p) => !below.includes(p)), sponsor: active(sponsor), pmo: active(office) };
    },

    findClocks: (asked: { people: PersonId[]; zoneName: string; now: number }): Promise<Record<PersonId, ZoneData>> =>
      clocksOf(ports.directory, asked),

    /** H2: an entry has the key of a mail claim, so putting it twice keeps one. */
    putDigest: (
      meetingId: string,
      at: number,
      { digestAt, to, mail, occasion, ref, params }: MailEffect,
    ): Promise<void> =>
      digestAt === undefined
        ? Promise.resolve()
        : ports.digests.put({ meetingId, mail, occasion, params, ...(ref ? { ref } : {}) }, to, digestAt, at),

    /** P8: a version of a material. */
    keepFile: (meetingId: string, at: number, kept: KeepFile): Promise<void> => ports.files.keep(meetingId, at, kept),
    freezeFiles: (meetingId: string, at: number): Promise<void> => ports.files.freeze(meetingId, at),
    /** F2: whether somebody is on leave that day, or gone. */
    findStanding: async ({ person, date }: FindStanding): Promise<{ leaveUntil?: string; left?: boolean }> => {
      const [found] = await ports.standing.of([person], date);
      const { leaveUntil, left } = found ?? {};
      return { ...(leaveUntil === undefined ? {} : { leaveUntil }), ...(left ? { left } : {}) };
    },
    /** F2: who leads the department that something waits for, or stands above; nobody who owns it themselves. */
    findHead: async ({ department, date, owner }: FindHead): Promise<{ person?: PersonId }> => {
      const person = (await ports.standing.headsUpward(department, { date })).find((p) => p !== owner);
      return person === undefined ? {} : { person };
    },
    /** F4: what this meeting knows is told, since the archive may be a burst behind. */
    countTopics: async (
      meetingId: string,
      { topics: onAgenda, startsAt, held, actions, seriesId }: CountTopics,
    ): Promise<{ topics: { topicId: string; timesCarried: number; last?: LastChoice; off?: OffAgenda }[] }> => {
      const series =
        seriesId === undefined ? undefined : await ports.topics.openInSeries(seriesId, meetingId, startsAt);
      const others = series?.topics.filter((t) => !onAgenda.includes(t.topicId)) ?? [];
      const topics = [...onAgenda, ...others.map((t) => t.topicId)];
      const before = await ports.topics.of(topics, meetingId, startsAt);
      const counted = topics.map((topicId) => {
        const other = others.find((t) => t.topicId === topicId);
        const mine = <T extends { topicId: string }>(list: T[]): T[] => list.filter((x) => x.topicId === topicId);
        // S1: what is open stands in the follow-up of every meeting of the series.
        const past = other === undefined ? mine(before.meetings) : (series?.meetings ?? []);
        const meetings = [...past, ...(held ? [held] : [])];
        const last = before.choices[topicId];
        const times = timesCarried(meetings, mine([...before.actions, ...actions]));
        const { topicId: _, ...off } = other ?? { topicId };
        return {
          topicId,
          timesCarried: times,
          ...(last === undefined ? {} : { last }),
          ...(other === undefined ? {} : { off: off as OffAgenda }),
        };
      });
      return { topics: counted };
    },
    /** M3: a reopened meeting takes back what its close left. */
    withdrawBacklog: (meetingId: string, topics: string[]): Promise<string[]> =>
      ports.backlog.withdraw(meetingId, topics),

    putBacklog: (meetingId: string, at: number, topics: BacklogTopic[], ended?: { done: string[] }): Promise<void> =>
      ports.backlog.put(meetingId, at, topics, ended),

    /** S1: what this meeting has of the backlog from now on, and which meeting of its series was held last. */
    takeBacklog: async (
      { meetingId, startsAt, at }: { meetingId: string; startsAt: number; at: number },
      wanted: Wanted,
    ): Promise<{ topics: TakenTopic[]; previousMeeting?: string; nextInSeries?: number }> => {
      const { seriesId } = wanted;
      const [topics, previous, next] = await Promise.all([
        ports.backlog.take(meetingId, at, wanted),
        seriesId === undefined ? null : ports.series.heldBefore(seriesId, meetingId, startsAt),
        seriesId === undefined ? undefined : nextInSeries(ports, planning, seriesId, { meetingId, startsAt }),
      ]);
      return {
        topics,
        ...(previous === null ? {} : { previousMeeting: previous }),
        ...(next === undefined ? {} : { nextInSeries: next }),
      };
    },

    /** S1: the meetings of a series that are to be there by now and are not yet. */
    planSeries: (seriesId: string, now: number): Promise<PlannedSeries> => planSeries(ports, planning, seriesId, now),
  };
}

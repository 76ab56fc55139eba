import type { ZoneData } from '../domain/calendar/index.js';
import type { Wanted } from '../archive/ports.js';
import type { BacklogTopic, Effect, MailEffect, TakenTopic } from '../domain/meeting/effects.js';
import type { MeetingState, PersonId, Tally } from '../domain/meeting/state.js';
import { clocksOf } from './clocks.js';
import { draftMinutes } from '../render/minutes-draft.js';
import { planSeries } from './plan-series.js';
import type { PlannedSeries, Planning } from './plan-series.js';
import type { Burst, Ports } from './ports.js';

type KeepFile = Extract<Effect, { type: 'keepFile' }>;
type FindChain = Extract<Effect, { type: 'findChain' }>;

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
    draftMinutes: (state: MeetingState): Promise<string> => ports.minutes.save(state.id, draftMinutes(state)),

    /** F3: who could decide, nearest first; the rule puts them in order and leaves out the owner and below. */
    findChain: async ({
      department,
      sponsor,
      pmo,
    }: FindChain): Promise<{ heads: PersonId[]; sponsor?: PersonId; pmo?: PersonId }> => {
      const heads = department === undefined ? [] : await ports.directory.headsUpward(department);
      const office =
        pmo?.person ??
        (pmo?.department === undefined ? undefined : (await ports.directory.headsUpward(pmo.department))[0]);
      const known = await ports.directory.people([sponsor, office].filter((p) => p !== undefined));
      const active = (person: PersonId | undefined): PersonId | undefined => known.find((p) => p.id === person)?.id;
      return { heads, sponsor: active(sponsor), pmo: active(office) };
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
    /** M3: a reopened meeting takes back what its close left. */
    withdrawBacklog: (meetingId: string, topics: string[]): Promise<string[]> =>
      ports.backlog.withdraw(meetingId, topics),

    putBacklog: (meetingId: string, at: number, topics: BacklogTopic[], ended?: { done: string[] }): Promise<void> =>
      ports.backlog.put(meetingId, at, topics, ended),

    /** S1: what this meeting has of the backlog from now on, and which meeting of its series was held last. */
    takeBacklog: async (
      { meetingId, startsAt, at }: { meetingId: string; startsAt: number; at: number },
      wanted: Wanted,
    ): Promise<{ topics: TakenTopic[]; previousMeeting?: string }> => {
      const { seriesId } = wanted;
      const [topics, previous] = await Promise.all([
        ports.backlog.take(meetingId, at, wanted),
        seriesId === undefined ? null : ports.series.heldBefore(seriesId, meetingId, startsAt),
      ]);
      return { topics, ...(previous === null ? {} : { previousMeeting: previous }) };
    },

    /** S1: the meetings of a series that are to be there by now and are not yet. */
    planSeries: (seriesId: string, now: number): Promise<PlannedSeries> => planSeries(ports, planning, seriesId, now),
  };
}

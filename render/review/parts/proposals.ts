/** R2: what could be changed about a series, why, and what came of what was accepted. */
import type { Proposal, ProposalResult } from '../../../domain/review/proposals.js';
import { oneLine } from '../../text.js';
import type { ReviewItem, ReviewSection } from '../document.js';
import { note } from '../document.js';
import type { ReviewView } from '../reader.js';

/** `Shorten from 60 to 45 minutes`. */
export function changeSentence(v: Pick<ReviewView, 'say' | 'names'>, { change }: Proposal): string {
  const { say, names } = v;
  switch (change.kind) {
    case 'dropPeople':
      return say('review.proposal.dropPeople', { names: names.people(change.people) });
    case 'shorten':
    case 'split':
      return say(`review.proposal.${change.kind}`, { from: String(change.fromMinutes), to: String(change.toMinutes) });
    case 'mergeTopics':
      return say('review.proposal.mergeTopics', {
        topics: change.topics.map((t) => oneLine(t.title)).join(say('words.comma')),
      });
    case 'everySecond':
      return say('review.proposal.everySecond');
  }
}

export const reason = ({ say }: Pick<ReviewView, 'say'>, { change, because }: Proposal): string =>
  say(`review.proposal.${change.kind}.why`, { count: String(because.length) });

export function proposals(v: ReviewView): ReviewSection[] {
  const { say, report } = v;
  const head = { id: 'proposals', heading: say('review.section.proposals') };
  if (report.proposals.length === 0)
    return report.series.length === 0 ? [] : [{ ...head, blocks: [note(say('review.empty.proposals'))] }];
  const list = report.proposals.map((proposal, i) => itemOf(v, proposal, i + 1));
  return [{ ...head, blocks: [note(say('review.proposal.effect')), { type: 'items', items: list }] }];
}

function itemOf(v: ReviewView, proposal: Proposal, rank: number): ReviewItem {
  const { say, report, when } = v;
  const lines = new Map(report.meetings.map((m) => [m.id, m]));
  const evidence = proposal.because.map((id, nth) => {
    const startsAt = lines.get(id)?.startsAt ?? proposal.becauseAt?.[nth];
    return { text: startsAt === undefined ? id : when.day(startsAt), ...v.href({ of: 'meeting', meetingId: id }) };
  });
  const decide = v.href({ of: 'proposal', proposalId: proposal.id });
  return {
    mark: say('review.proposal.rank', { rank: String(rank) }),
    title: oneLine(proposal.title),
    body: changeSentence(v, proposal),
    notes: [reason(v, proposal)],
    ...(evidence.length === 0 ? {} : { because: say('review.proposal.meetings') }),
    links: evidence,
    ...(decide.href === undefined ? {} : { action: { text: say('review.proposal.decide'), ...decide } }),
  };
}

export function results(v: ReviewView): ReviewSection[] {
  const { say, report } = v;
  if (report.results.length === 0) return [];
  return [
    {
      id: 'results',
      heading: say('review.section.results'),
      blocks: [
        {
          type: 'table',
          label: say('review.section.results'),
          columns: [
            { label: say('review.column.series'), width: 2.4 },
            { label: say('review.column.proposal'), width: 1.2 },
            { label: say('review.column.accepted'), width: 1.2, keep: true },
            { label: say('review.column.sinceScore'), width: 1.2, end: true },
            { label: say('review.column.sinceMinutes'), width: 1.4, end: true },
          ],
          rows: report.results.map((result) => [
            {
              text: oneLine(result.title),
              ...v.href({ of: 'meetings', scope: { kind: 'series', id: result.seriesId }, quarter: v.quarter }),
            },
            { text: say(`review.kind.${result.kind}`) },
            { text: v.when.day(result.acceptedAt) },
            { text: scores(v, result), notes: [{ text: counts(v, result) }] },
            { text: minutes(v, result) },
          ]),
        },
      ],
    },
  ];
}

const oneDecimal = (v: ReviewView, value: number | undefined): string =>
  value === undefined ? v.say('review.nothing') : value.toFixed(1);
const whole = (v: ReviewView, value: number | undefined): string =>
  value === undefined ? v.say('review.nothing') : String(Math.round(value));

const scores = (v: ReviewView, { before, since }: ProposalResult): string =>
  v.say('review.result.scores', {
    before: oneDecimal(v, before.effectiveness),
    since: oneDecimal(v, since.effectiveness),
  });
const minutes = (v: ReviewView, { before, since }: ProposalResult): string =>
  v.say('review.result.minutes', { before: whole(v, before.minutes), since: whole(v, since.minutes) });
const counts = (v: ReviewView, { before, since }: ProposalResult): string =>
  v.say('review.result.count', { before: String(before.meetings), since: String(since.meetings) });

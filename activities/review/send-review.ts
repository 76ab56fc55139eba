/**
 * R1: the review by mail: the whole to executives, their departments to heads, and to who organises a series what is proposed
 * for it (R2).
 */
import { zoneAround } from '../../archive/review-input.js';
import { toLocal } from '../../domain/calendar/index.js';
import type { PersonId } from '../../domain/meeting/state.js';
import { leadsPmo, readersOf, reviewFor, type Audience } from '../../domain/review/audience.js';
import { departmentsIn, peopleIn } from '../../domain/review/names.js';
import type { Proposal } from '../../domain/review/proposals.js';
import type { Quarter, ReviewReport } from '../../domain/review/report.js';
import { namesIn } from '../../render/names.js';
import { reviewMail, rowsUrl, type RowsOf } from '../../render/review/index.js';
import type { MailSummary } from '../index.js';
import { sendOwnMails, type OwnMailDeps, type Written } from '../mail/of-no-meeting.js';
import type { Planning } from '../plan-series.js';
import type { Department, Person, Ports } from '../ports.js';
import { answerersIn } from './deciding.js';

export type ReviewMailDeps = OwnMailDeps & {
  ports: OwnMailDeps['ports'] & Pick<Ports, 'reviews' | 'series'>;
  planning: Planning;
};

export interface ReviewMailJob {
  quarter: Quarter;
  /** Workflow time. */
  now: number;
}

interface Cast {
  report: ReviewReport;
  people: Person[];
  departments: Department[];
  /** R2 */
  mayAnswer(person: PersonId, proposal: Proposal): boolean;
}

interface Reader {
  person: PersonId;
  audience: Audience;
}

export async function sendReview(deps: ReviewMailDeps, job: ReviewMailJob): Promise<MailSummary> {
  const { ports, planning } = deps;
  const report = await ports.reviews.find(job.quarter);
  if (report === null) throw new Error('there is no such review');
  const today = toLocal(zoneAround(planning.timeZone, job.now), job.now).date;
  const leaders = await ports.reviews.leaders(today);
  const { pmo } = await planning.norms(job.now);
  const answerers = await answerersIn(ports, report.proposals);
  const readers = withAnswerers(readersOf(report, leaders, pmo), [...answerers.values()].flat());
  const cast: Cast = {
    report,
    people: await ports.directory.people(peopleIn(report)),
    departments: await ports.directory.departments(departmentsIn(report)),
    mayAnswer: (person, { id }) => answerers.get(id)?.includes(person) === true || leadsPmo(person, leaders, pmo),
  };
  const audiences = new Map(readers.map(({ person, audience }) => [person, audience]));
  return sendOwnMails(deps, {
    ...{ kind: 'review' as const, occasion: job.quarter, now: job.now, to: [...audiences.keys()] },
    write: (reader) => written(deps, cast, reader, audiences.get(reader.id) ?? { departments: [] }, job),
  });
}

/** R2: who reads no reviews, but has something to answer. */
function withAnswerers(readers: Reader[], answerers: PersonId[]): Reader[] {
  const others = [...new Set(answerers)].filter((p) => !readers.some((r) => r.person === p)).sort();
  return [...readers, ...others.map((person) => ({ person, audience: { departments: [], person } }))];
}

async function written(
  { links, planning }: ReviewMailDeps,
  cast: Cast,
  reader: Person,
  audience: Audience,
  { quarter, now }: ReviewMailJob,
): Promise<Written> {
  const { report, people, departments } = cast;
  const locale = reader.locale ?? planning.locale;
  const by = reader.through === undefined ? {} : { by: reader.through };
  const reviewUrl = await links.url({ purpose: 'review', person: reader.id, meeting: quarter, ...by }, now);
  const names = namesIn(locale, people, departments);
  const scope = audience.departments === 'all' ? ('organisation' as const) : audience.departments;
  const mine = report.proposals.filter((p) => cast.mayAnswer(reader.id, p));
  const urls = await decidingUrls({ links, now }, report.quarter, reader, mine);
  const find = (rows: RowsOf): string | undefined =>
    rows.of === 'proposal'
      ? urls.get(rows.proposalId)
      : rowsUrl(rows, quarter, (q) => (q === quarter ? reviewUrl : undefined));
  const own = reviewFor(report, audience, mine);
  return { ...(await reviewMail(own, scope, { locale, names, reviewUrl, links: find })), locale };
}

/** H6: what somebody is to decide is not handed on: there is no link for an assistant's mailbox. */
async function decidingUrls(
  { links, now }: Pick<ReviewMailDeps, 'links'> & { now: number },
  quarter: Quarter,
  { id: person, through }: Person,
  proposals: Proposal[],
): Promise<Map<string, string>> {
  if (through !== undefined) return new Map();
  const claims = proposals.map(({ id: ref }) => ({ purpose: 'proposal' as const, person, meeting: quarter, ref }));
  return new Map(await Promise.all(claims.map(async (c) => [c.ref, await links.url(c, now)] as const)));
}

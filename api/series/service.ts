/** Series (S1): from a request to what is kept, checked by the same rules as the meetings that will come of it. */
import type { SeriesRow } from '../../archive/series.js';
import { occurrenceMeetingId } from '../../archive/series.js';
import { toIso } from '../../domain/calendar/index.js';
import type { LocalDate } from '../../domain/calendar/index.js';
import { fault, Refusal } from '../../domain/errors.js';
import { createMeeting } from '../../domain/meeting/create.js';
import type { Actor } from '../../domain/meeting/commands.js';
import { isEnded } from '../../domain/meeting/phases.js';
import { placeFaults } from '../../domain/meeting/preparation.js';
import { nextOccurrence, occurrenceOn } from '../../domain/series/occurrences.js';
import type { Occurrence } from '../../domain/series/rule.js';
import { defaultLeadDays, defaultPublishDays, meetingOf, zoneOf } from '../../domain/series/plan.js';
import type { MeetingTemplate, SeriesPlan } from '../../domain/series/plan.js';
import type { Principal } from '../auth.js';
import type { Api } from '../context.js';
import { problem, toProblem } from '../errors.js';
import type { Idempotency } from '../idempotency.js';
import { refuseOtherRequest } from '../idempotency.js';
import { derivedId, randomId } from '../ids.js';
import { bodyPath, createInput, mentionsOf, patchInput } from '../meeting-input.js';
import { lookUp, settle } from '../mentions.js';
import type { Resolved } from '../mentions.js';
import type { CreateSeriesBody, PatchSeriesBody } from '../schemas/series.js';
import type { CreateMeetingBody, PatchMeetingBody } from '../schemas/meeting.js';
import { zoneFor } from '../zones.js';
import { ruleOf } from './recurrence.js';
import { triggerSchedule, upsertSchedule } from './schedules.js';

export const isSeriesId = (id: string): boolean => /^s[a-z2-7]{16}$/.test(id);

export async function createSeries(
  api: Api,
  body: CreateSeriesBody,
  principal: Principal,
  idempotency: Idempotency | undefined,
): Promise<SeriesRow> {
  const { archive, config } = api.deps;
  const made = idempotency && derivedId(config.secrets[0] ?? '', `series ${principal.id}`, idempotency.key);
  const id = `s${made ?? randomId()}`;
  const before = made === undefined ? null : await archive.series.get(id);
  if (before === null) {
    const plan = await settled(api, mentionsOf(body), (who) => planOf(api, id, body, who));
    const row = { ...rowOf(plan), ...(idempotency === undefined ? {} : { requestHash: idempotency.hash }) };
    const kept = await archive.series.create(row);
    refuseOtherRequest(idempotency, kept.requestHash);
  } else refuseOtherRequest(idempotency, before.requestHash);
  const row = (await archive.series.get(id))!;
  if (row.endedAt === undefined) await schedule(api, row.data);
  return row;
}

export async function patchSeries(api: Api, row: SeriesRow, body: PatchSeriesBody): Promise<SeriesRow> {
  return change(api, row.id, (now) =>
    settled(api, mentionsOf(body as PatchMeetingBody), (who) => patched(api, now.data, body, who)),
  );
}

/** Once more when somebody else changed it meanwhile. */
export async function change(
  api: Api,
  id: string,
  next: (row: SeriesRow) => SeriesPlan | Promise<SeriesPlan>,
): Promise<SeriesRow> {
  const { series } = api.deps.archive;
  for (let tries = 0; tries < 5; tries++) {
    const row = (await series.get(id)) ?? problem('NotFound', 'S1.unknown', '', { id });
    if (row.endedAt !== undefined) problem('Conflict', 'S1.ended', '', { id });
    const plan = await next(row);
    if (await series.update({ ...rowOf(plan), revision: row.revision })) {
      await schedule(api, plan);
      return (await series.get(id))!;
    }
  }
  return problem('Conflict', 'S1.busy', '', { id });
}

/** Its schedule as it is now described, and what is due by now at once. */
export async function schedule(api: Api, plan: SeriesPlan): Promise<void> {
  const { client, taskQueue } = api.deps;
  await upsertSchedule(client, plan, taskQueue);
  await triggerSchedule(client, plan.id);
}

/** Asks the rules with provisional ids first, as for a meeting (create.ts), so that a refusal leaves nobody behind. */
async function settled(
  api: Api,
  mentions: ReturnType<typeof mentionsOf>,
  plan: (who: Resolved) => Promise<SeriesPlan>,
): Promise<SeriesPlan> {
  const { directory } = api.deps.archive;
  try {
    const found = await lookUp(directory, mentions);
    const first = await plan(found);
    return found.fresh ? await plan(await settle(directory, mentions, found)) : first;
  } catch (error) {
    throw error instanceof Refusal ? toProblem(error).withPaths(bodyPath) : error;
  }
}

async function planOf(api: Api, id: string, body: CreateSeriesBody, who: Resolved): Promise<SeriesPlan> {
  const { recurrence, leadDays = defaultLeadDays, publish = 'host', publishDaysBefore, paused, ...meeting } = body;
  const zone = zoneFor(body.timeZone, api.deps.clock());
  const startsAt = toIso(zone, api.deps.clock());
  const full: CreateMeetingBody = { ...meeting, kind: 'regular', startsAt };
  const {
    id: _,
    startsAt: __,
    requestHash: ___,
    host,
    ...template
  } = createInput(full, who, {
    id,
    zone,
    locale: api.deps.config.locale,
  });
  return checked(api, {
    id,
    rule: ruleOf(recurrence),
    timeZone: body.timeZone,
    template: { ...template, ...(body.host === undefined ? {} : { host }) },
    leadDays,
    publish,
    publishDaysBefore: publishDaysBefore ?? Math.min(defaultPublishDays, leadDays),
    paused: paused ?? false,
  });
}

function patched(api: Api, plan: SeriesPlan, body: PatchSeriesBody, who: Resolved): Promise<SeriesPlan> {
  const { recurrence, leadDays, publish, publishDaysBefore, paused, ...meeting } = body;
  const changes = Object.entries(
    patchInput(meeting as PatchMeetingBody, who, zoneFor(plan.timeZone, api.deps.clock())),
  );
  const cleared = new Set(changes.filter(([, value]) => value === null).map(([field]) => field));
  const kept = Object.entries(plan.template).filter(([field]) => !cleared.has(field));
  const given = changes.filter(([, value]) => value !== null && value !== undefined);
  const { skips, moves } = plan.rule;
  return checked(api, {
    ...plan,
    ...(recurrence === undefined ? {} : { rule: ruleOf(recurrence, { skips, moves }) }),
    template: Object.fromEntries([...kept, ...given]) as unknown as MeetingTemplate,
    leadDays: leadDays ?? plan.leadDays,
    publish: publish ?? plan.publish,
    publishDaysBefore: publishDaysBefore ?? plan.publishDaysBefore,
    paused: paused ?? plan.paused,
  });
}

/** The rules of a meeting say no now, not on the morning when the first one is due. */
export async function checked(api: Api, plan: SeriesPlan): Promise<SeriesPlan> {
  const now = api.deps.clock();
  const { calendar } = api.deps.config;
  const zone = zoneOf(plan, now);
  const next = nextOccurrence(plan.rule, calendar, zone, now + 1);
  if (next === undefined) throw new Refusal('BadInput', [fault('S1.noDates', 'recurrence')]);
  const faults = [
    ...(plan.publishDaysBefore > plan.leadDays
      ? [fault('S1.publishTooEarly', 'publishDaysBefore', { leadDays: plan.leadDays })]
      : []),
    ...(plan.publish === 'auto' ? placeFaults(plan.template) : []),
  ];
  if (faults.length > 0) throw new Refusal('BadInput', faults);
  const input = meetingOf(plan, next, occurrenceMeetingId(plan.id, next.key), plan.template.initiator.person);
  createMeeting(input, { now, norms: await api.deps.norms(now), calendar, zone, by: { via: 'engine' } });
  return plan;
}

export function rowOf(plan: SeriesPlan): Omit<SeriesRow, 'revision'> {
  const { template } = plan;
  const people = [
    template.initiator.person,
    ...[template.host, template.deputyHost, template.coordinator, template.recorder, template.sponsor],
    ...template.participants.map((p) => p.person),
  ].flatMap((p) => p ?? []);
  return { id: plan.id, department: template.initiator.department, people: [...new Set(people)], data: plan };
}

/** A date of the series whose meeting is not there yet; one that is, is moved or cancelled itself. */
export async function freeDate(api: Api, plan: SeriesPlan, date: LocalDate): Promise<Occurrence> {
  const { config, clock, archive } = api.deps;
  const found =
    occurrenceOn(plan.rule, config.calendar, zoneOf(plan, clock()), date) ??
    problem('NotFound', 'S1.noSuchDate', 'date', { date });
  const meetingId = occurrenceMeetingId(plan.id, found.key);
  const made = await archive.view.meeting(meetingId);
  if (made !== null && !isEnded(made.phase)) problem('Conflict', 'S1.alreadyMade', 'date', { date, meetingId });
  return found;
}

/** Everybody whom its meetings name; administrators all of them, services those that are not confidential (H10). */
export const seesSeries = ({ seesAll, actor }: Principal, { people, data: { template } }: SeriesRow): boolean =>
  people.includes(actor.person ?? '') || (seesAll && (template.confidential !== true || actor.roles.includes('admin')));

/** Organisers of its meetings, administrators and services. */
export function requireOrganiser({ actor }: Principal, row: SeriesRow): void {
  if (actor.roles.includes('admin') || actor.roles.includes('service') || organises(actor, row)) return;
  problem('Forbidden', 'S1.notOrganiser');
}

export function organises({ person }: Actor, { data: { template } }: SeriesRow): boolean {
  const organisers = [template.host, template.deputyHost, template.coordinator, template.initiator.person];
  return person !== undefined && organisers.includes(person);
}

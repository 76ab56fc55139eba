/** R5: the round of a day: what was archived long enough is deleted, and who is asked when. */
import { askedToday, type Asked, type CarePorts } from '../../archive/knowledge-asked.js';
import { zoneAround } from '../../archive/review-input.js';
import { DAY, isWorkingDay, toLocal } from '../../domain/calendar/index.js';
import type { Instant } from '../../domain/calendar/index.js';
import { askAt } from '../../domain/knowledge/care.js';
import { cutoffs } from '../../domain/knowledge/retention.js';
import type { PersonId } from '../../domain/meeting/state.js';
import { clocksOf } from '../clocks.js';
import type { Planning } from '../plan-series.js';
import type { Ports } from '../ports.js';

export interface KnowledgeRound {
  /** Entries that have lost their words for good. */
  deleted: number;
  /** Moments, the earliest first, with who is asked then. */
  asks: { at: Instant; people: PersonId[] }[];
}

/** Who is not at work within a day is found by a later day's round. */
export async function knowledgeRound(
  ports: CarePorts & Pick<Ports, 'directory'>,
  planning: Planning,
  now: Instant,
): Promise<KnowledgeRound> {
  const zone = zoneAround(planning.timeZone, now);
  const { date: today } = toLocal(zone, now);
  const rules = await ports.knowledgeCare.rules();
  const deleted = await ports.knowledgeCare.deleteArchived(cutoffs(rules, 'deleteMonths', { zone, today }), now);
  if (!isWorkingDay(planning.calendar, today)) return { deleted, asks: [] };
  const { reminderAt } = await planning.norms(now);
  const people = await withSomethingNew(ports, await askedToday(ports, planning, now));
  const clocks = await clocksOf(ports.directory, { people, zoneName: planning.timeZone, now });
  const asks = new Map<Instant, PersonId[]>();
  for (const person of people) {
    const own = clocks[person];
    const at = askAt(own?.calendar ?? planning.calendar, own ?? zone, now, reminderAt);
    if (at < now + DAY) asks.set(at, [...(asks.get(at) ?? []), person]);
  }
  return { deleted, asks: [...asks].sort(([a], [b]) => a - b).map(([at, who]) => ({ at, people: who })) };
}

/** Who has been told of everything is not waited for. */
async function withSomethingNew({ knowledgeCare }: CarePorts, { owners, pmo, today }: Asked): Promise<PersonId[]> {
  const people: PersonId[] = [];
  for (const [person, own] of owners) {
    const asked = { person, all: person === pmo, owners: own, today, limit: 1 };
    if ((await knowledgeCare.toTell(asked)).length > 0) people.push(person);
  }
  return people;
}

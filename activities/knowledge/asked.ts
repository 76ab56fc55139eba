/** R5: whom the entries that are due today belong to. */
import { zoneAround } from '../../archive/review-input.js';
import { toLocal } from '../../domain/calendar/index.js';
import type { Instant, LocalDate } from '../../domain/calendar/index.js';
import { askedOf, type Owner } from '../../domain/knowledge/care.js';
import type { DepartmentId, PersonId } from '../../domain/meeting/state.js';
import { withMailboxes } from '../mail/cast.js';
import type { Planning } from '../plan-series.js';
import type { Ports } from '../ports.js';

export type CarePorts = Pick<Ports, 'directory' | 'standing' | 'knowledgeCare'>;

export interface Asked {
  today: LocalDate;
  /** Whose entries each of them is asked about. */
  owners: Map<PersonId, Owner[]>;
  /** Sees what is not confidential, whoever else may not. */
  pmo?: PersonId;
}

export async function askedToday(ports: CarePorts, planning: Planning, now: Instant): Promise<Asked> {
  const { date: today } = toLocal(zoneAround(planning.timeZone, now), now);
  return {
    today,
    ...(await whoIsAsked(ports, planning, { owners: await ports.knowledgeCare.owners(today), today, now })),
  };
}

/** Of these owners, by who is asked for them. */
export async function whoIsAsked(
  ports: CarePorts,
  planning: Pick<Planning, 'norms'>,
  { owners, today, now }: { owners: Owner[]; today: LocalDate; now: Instant },
): Promise<Omit<Asked, 'today'>> {
  const { pmo } = await planning.norms(now);
  const heads = new Map<DepartmentId, PersonId[]>();
  const upward = async (department: DepartmentId | undefined): Promise<PersonId[]> => {
    if (department === undefined) return [];
    const known = heads.get(department) ?? (await ports.standing.headsUpward(department, { date: today }));
    heads.set(department, known);
    return known;
  };
  const offices = pmo?.person === undefined ? await upward(pmo?.department) : [pmo.person];
  const archivists = [...offices, ...(await ports.knowledgeCare.archivists())];
  for (const { department } of owners) await upward(department);

  const all = [...new Set([...archivists, ...[...heads.values()].flat(), ...owners.flatMap((o) => o.person ?? [])])];
  const standing = new Map((await ports.standing.of(all, today)).map((s) => [s.person, s]));
  const people = await withMailboxes(ports, await ports.directory.people(all), all);
  const reached = new Set(people.filter((p) => p.email !== undefined).map((p) => p.id));
  const able = (p: PersonId): boolean => reached.has(p) && standing.get(p)?.left !== true;
  const onLeave = (p: PersonId): boolean => standing.get(p)?.leaveUntil !== undefined;
  const archivist = archivists.find((p) => able(p) && !onLeave(p)) ?? archivists.find(able);

  const asked = new Map<PersonId, Owner[]>();
  for (const owner of owners) {
    const person = askedOf(owner, { able, onLeave, heads: await upward(owner.department), archivist });
    if (person !== undefined) asked.set(person, [...(asked.get(person) ?? []), owner]);
  }
  return { owners: asked, ...(offices[0] === undefined ? {} : { pmo: offices[0] }) };
}

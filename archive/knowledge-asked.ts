/** R5: whom the entries that are due today belong to. */
import { toLocal } from '../domain/calendar/index.js';
import type { Instant, LocalDate } from '../domain/calendar/index.js';
import { askedOf, type Owner } from '../domain/knowledge/care.js';
import type { DepartmentId, PersonId } from '../domain/meeting/state.js';
import type { Norms } from '../domain/norms.js';
import type { KnowledgeCare } from './knowledge-care.js';
import type { DirectoryPort, StandingPort } from './ports.js';
import { zoneAround } from './review-input.js';

export interface CarePorts {
  directory: Pick<DirectoryPort, 'people'>;
  standing: StandingPort;
  knowledgeCare: Omit<KnowledgeCare, 'queue'>;
}

interface Organisation {
  norms(at: Instant): Promise<Norms>;
  timeZone: string;
}

export interface Asked {
  today: LocalDate;
  /** Whose entries each of them is asked about. */
  owners: Map<PersonId, Owner[]>;
  /** Sees what is not confidential, whoever else may not. */
  pmo?: PersonId;
}

export async function askedToday(ports: CarePorts, planning: Organisation, now: Instant): Promise<Asked> {
  const { date: today } = toLocal(zoneAround(planning.timeZone, now), now);
  return {
    today,
    ...(await whoIsAsked(ports, planning, { owners: await ports.knowledgeCare.owners(today), today, now })),
  };
}

/** Of these owners, by who is asked for them. */
export async function whoIsAsked(
  ports: CarePorts,
  planning: Pick<Organisation, 'norms'>,
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
  const reached = await reachedByMail(ports, all);
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

/** By an address of their own, or of the assistant who has their mails (H6). */
async function reachedByMail({ directory }: CarePorts, ids: PersonId[]): Promise<Set<PersonId>> {
  const people = await directory.people(ids);
  const assistants = await directory.people([...new Set(people.flatMap((p) => p.through ?? []))]);
  const hasMail = ({ email, through }: (typeof people)[number]): boolean =>
    email !== undefined || assistants.some((a) => a.id === through && a.email !== undefined);
  return new Set(people.filter(hasMail).map((p) => p.id));
}

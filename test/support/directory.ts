/** Who leads whom, as the archive keeps it (archive/standing.ts), and who stands below whom, said independently of that. */
import type { LocalDate } from '../../domain/calendar/index.js';
import type { DepartmentId, PersonId } from '../../domain/meeting/state.js';

export interface Department {
  parent?: DepartmentId | undefined;
  head?: PersonId | undefined;
  acting?: PersonId | undefined;
  closed?: boolean;
  successor?: DepartmentId;
}

export interface Asked {
  department?: DepartmentId | undefined;
  owner: PersonId;
  sponsor?: PersonId | undefined;
  pmo?: PersonId | undefined;
  date: LocalDate;
}

/** Person p<n> is at home in department d<n>. */
export class Directory {
  readonly gone = new Set<PersonId>();
  leave: { person: PersonId; from: LocalDate; to: LocalDate }[] = [];

  constructor(readonly departments: Map<DepartmentId, Department>) {}

  /** H5: open work of `from` goes to `to`. */
  close(from: DepartmentId, to: DepartmentId): void {
    const department = this.departments.get(from);
    if (department && from !== to) this.departments.set(from, { ...department, closed: true, successor: to });
  }

  leaveUntil(person: PersonId, date: LocalDate): LocalDate | undefined {
    return this.leave.find((l) => l.person === person && l.from <= date && date <= l.to)?.to;
  }

  isThere(person: PersonId | undefined, date: LocalDate): boolean {
    return person !== undefined && !this.gone.has(person) && this.leaveUntil(person, date) === undefined;
  }

  /** Nearest first, from so many levels up; a closed department's successor in its place; a circle ends where it began. */
  upward(department: DepartmentId | undefined, from: 0 | 1 = 0): Department[] {
    const found: Department[] = [];
    const seen = new Set<DepartmentId>();
    for (let id = department; id !== undefined && !seen.has(id);) {
      seen.add(id);
      const here = this.departments.get(id);
      if (here !== undefined && here.closed !== true && seen.size > from) found.push(here);
      id = here?.closed === true ? (here.successor ?? here.parent) : here?.parent;
    }
    return found;
  }

  /** Who leads a department that day: the acting head, else the head, whoever of them is there. */
  leader({ acting, head }: Department, date: LocalDate): PersonId | undefined {
    return [acting, head].find((p) => this.isThere(p, date));
  }

  leads(person: PersonId): Department[] {
    return [...this.departments.values()].filter(
      (d) => d.closed !== true && (d.head === person || d.acting === person),
    );
  }

  /** Whether `person` works in, or leads, something at or under what `boss` leads, and leads nothing above where that one is. */
  isBelow(person: PersonId, boss: PersonId): boolean {
    return person !== boss && this.isUnder(person, boss, 0) && !this.isUnder(boss, person, 1);
  }

  private isUnder(person: PersonId, boss: PersonId, levels: 0 | 1): boolean {
    const led = this.leads(boss);
    if (led.length === 0) return false;
    const places = [...this.departments.keys()].filter((id) => this.isIn(person, id));
    return places.some((id) => this.upward(id, levels).some((d) => led.includes(d)));
  }

  private isIn(person: PersonId, id: DepartmentId): boolean {
    return id === `d${person.slice(1)}` || this.leads(person).some((d) => this.departments.get(id) === d);
  }

  /**
   * F3: whoever is there, other than the owner and those below: heads upward from above the owner, sponsor, PMO. A sponsor
   * who leads none of these departments stands above them all.
   */
  deciders({ department, owner, sponsor, pmo, date }: Asked): PersonId[] {
    const levels = this.upward(department);
    const own = levels.findLastIndex((d) => d.head === owner || d.acting === owner);
    const from = own < 0 && owner === sponsor && this.isThere(owner, date) ? levels.length : own + 1;
    const [under, above] = [levels.slice(0, from), levels.slice(from)].map((list) =>
      list.map((d) => this.leader(d, date)),
    ) as [(PersonId | undefined)[], (PersonId | undefined)[]];
    const may = (p: PersonId | undefined): p is PersonId =>
      p !== undefined && p !== owner && this.isThere(p, date) && !this.isBelow(p, owner);
    return [...new Set([...above, sponsor, pmo].filter(may))].filter((p) => above.includes(p) || !under.includes(p));
  }

  /** What the archive answers to the question who could decide. */
  chain({ department, owner, sponsor, pmo, date }: Asked) {
    const heads = this.upward(department).map((d) =>
      d.acting === owner || d.head === owner ? owner : this.leader(d, date),
    );
    const there = (p: PersonId | undefined): PersonId | undefined =>
      p !== undefined && this.isThere(p, date) && !this.isBelow(p, owner) ? p : undefined;
    return {
      heads: heads.filter((p) => p !== undefined && !this.isBelow(p, owner)) as PersonId[],
      sponsor: there(sponsor),
      pmo: there(pmo),
    };
  }
}

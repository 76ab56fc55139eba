/** Who people and departments are, and who can be asked on a day (F2, H4, H5). */
import type { LocalDate } from '../../domain/calendar/index.js';
import type { DepartmentId, Locale, PersonId } from '../../domain/meeting/state.js';

/** A person as a mail needs them; resolved at sending, so that renaming and erasure never rewrite history. */
export interface Person {
  id: PersonId;
  /** Empty until somebody gave one. */
  name: string;
  /** H4: in languages that have one of their own. */
  names?: Partial<Record<Locale, string>>;
  email?: string;
  /** The reader's language, if known. */
  locale?: Locale;
  timeZone?: string;
  /** H2: unsubscribed from single reminders; the digest brings them. */
  digestOnly?: boolean;
  departments: DepartmentId[];
  /** H4: is with us no more; nothing is sent to them. */
  left?: boolean;
  /** H4, H6: whose mailbox takes this person's mails, marked for whom they are. */
  through?: PersonId;
  /** H4, F7: how chats know them: user ids by vendor. */
  chats?: Record<string, string>;
}

export interface Department {
  id: DepartmentId;
  name: string;
  /** H5: in languages that have one of their own. */
  names?: Partial<Record<Locale, string>>;
  head?: PersonId;
  parent?: DepartmentId;
}

/** H4, H5. Unknown ids are left out of the answer, never an error: a mail to an erased person is simply not possible. */
export interface DirectoryPort {
  people(ids: PersonId[]): Promise<Person[]>;
  /** H4: of these, whom nothing reaches: no address, no chat, nobody to go through. In the order given. */
  unreachable(people: PersonId[]): Promise<PersonId[]>;
  departments(ids: DepartmentId[]): Promise<Department[]>;
  /** Heads of the department, its parent, …, nearest first, each once; a loop of parents ends. Empty when unknown. */
  headsUpward(department: DepartmentId): Promise<PersonId[]>;
}

/** A registered leave, both days included. */
export interface Leave {
  from: LocalDate;
  to: LocalDate;
}

/** Whether somebody can be asked on a day; `left`: they are with us no more. */
export interface PersonStanding {
  person: PersonId;
  /** The last day of the leave that covers the day. */
  leaveUntil?: LocalDate;
  left?: boolean;
  successor?: PersonId;
}

/** F2, F3, H4, H5: who can be asked on a day of the meeting's own calendar. */
export interface StandingPort {
  /** Of those who are known. */
  of(people: PersonId[], date: LocalDate): Promise<PersonStanding[]>;
  /**
   * Who leads the department, its parent, …, on that day, nearest first, each once: the acting head in their dates, else the
   * head; who is on leave or gone is left out. `keep` stands where they stand, even so. A closed department leads to its
   * successor. With `keep` who leads two of them stands at both.
   */
  headsUpward(department: DepartmentId, at: { date: LocalDate; keep?: PersonId | undefined }): Promise<PersonId[]>;
  /**
   * F3: of these people, who is at home in, or leads that day, something at or under what `boss` leads; nobody who leads
   * something that stands above where `boss` is.
   */
  below(boss: PersonId, people: PersonId[], date: LocalDate): Promise<PersonId[]>;
}

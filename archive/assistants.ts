/** H6: who acts for whom, in what, and on which days. */
import { and, asc, eq } from 'drizzle-orm';
import type { AssistantScope } from '../domain/meeting/assistants.js';
import type { PersonId } from '../domain/meeting/state.js';
import type { Driver } from './driver.js';
import { assistants, people } from './schema/index.js';

export interface Assistant {
  person: PersonId;
  assistant: PersonId;
  scopes: AssistantScope[];
  /** Local dates in the principal's zone, both included. */
  from: string;
  to: string;
}

export interface Assistants {
  /** Of one person, the latest first day first; those of the past too. */
  of(person: PersonId): Promise<Assistant[]>;
  /** For whom somebody acts, with the principal's zone if it is known. */
  actingFor(assistant: PersonId): Promise<(Assistant & { timeZone?: string })[]>;
  /** One entry per pair: again → that one, changed. */
  put(entry: Assistant): Promise<void>;
  /** False: there was none. */
  remove(person: PersonId, assistant: PersonId): Promise<boolean>;
}

const columns = {
  person: assistants.person,
  assistant: assistants.assistant,
  scopes: assistants.scopes,
  from: assistants.from,
  to: assistants.to,
};

export function createAssistants({ db }: Driver): Assistants {
  return {
    async of(person) {
      return db
        .select(columns)
        .from(assistants)
        .where(eq(assistants.person, person))
        .orderBy(asc(assistants.assistant));
    },

    async actingFor(assistant) {
      const rows = await db
        .select({ ...columns, timeZone: people.timeZone })
        .from(assistants)
        .innerJoin(people, eq(people.id, assistants.person))
        .where(eq(assistants.assistant, assistant))
        .orderBy(asc(assistants.person));
      return rows.map(({ timeZone, ...row }) => (timeZone === null ? row : { ...row, timeZone }));
    },

    async put(entry) {
      const { scopes, from, to } = entry;
      await db
        .insert(assistants)
        .values(entry)
        .onConflictDoUpdate({ target: [assistants.person, assistants.assistant], set: { scopes, from, to } });
    },

    async remove(person, assistant) {
      const rows = await db
        .delete(assistants)
        .where(and(eq(assistants.person, person), eq(assistants.assistant, assistant)))
        .returning({ person: assistants.person });
      return rows.length > 0;
    },
  };
}

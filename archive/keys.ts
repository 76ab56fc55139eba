import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm';
import { createHash, randomBytes } from 'node:crypto';
import type { ActorRole } from '../domain/meeting/commands.js';
import type { PersonId } from '../domain/meeting/state.js';
import { withoutNulls } from './columns.js';
import type { Driver } from './driver.js';
import { mintId } from './ids.js';
import { keys } from './schema/index.js';

/** Who comes with this key, and what they may (design §7). The key itself is nowhere: only its SHA-256. */
export interface Key {
  id: string;
  role: ActorRole;
  person?: PersonId;
  scopes: string[];
  label: string;
  /** Wall clock, epoch milliseconds. */
  createdAt: number;
  revokedAt?: number;
}

export interface Keys {
  /** The same hash again → the row that is there, unchanged (a configured key at every start). */
  create(key: { hash: string; role: ActorRole; person?: PersonId; scopes?: string[]; label?: string }): Promise<Key>;
  /** Null: unknown or revoked. */
  verify(hash: string): Promise<Key | null>;
  /** All, the revoked too, oldest first. */
  list(): Promise<Key[]>;
  /** The people of administrators' keys that count, each once. */
  administrators(): Promise<PersonId[]>;
  /** False: no such key, or revoked before. */
  revoke(id: string): Promise<boolean>;
}

/** A new key to hand out once, with the hash to keep. */
export function newKey(): { key: string; hash: string } {
  const key = `cvk_${randomBytes(32).toString('base64url')}`;
  return { key, hash: hashKey(key) };
}

/** Keys have 256 random bits: a plain hash is enough, and verifying is one look-up. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

export function createKeys({ db }: Driver): Keys {
  return {
    async create({ hash, role, person, scopes = [], label = '' }) {
      const id = mintId('k');
      await db
        .insert(keys)
        .values({ id, hash, role, person, scopes, label })
        .onConflictDoNothing({ target: keys.hash });
      const [row] = await db.select().from(keys).where(eq(keys.hash, hash));
      return keyOf(row!);
    },
    async verify(hash) {
      const [row] = await db
        .select()
        .from(keys)
        .where(and(eq(keys.hash, hash), isNull(keys.revokedAt)));
      return row === undefined ? null : keyOf(row);
    },
    async list() {
      return (await db.select().from(keys).orderBy(asc(keys.createdAt), asc(keys.id))).map(keyOf);
    },
    async administrators() {
      const counts = and(eq(keys.role, 'admin'), isNull(keys.revokedAt), isNotNull(keys.person));
      const rows = await db.selectDistinct({ person: keys.person }).from(keys).where(counts).orderBy(asc(keys.person));
      return rows.flatMap(({ person }) => person ?? []);
    },
    async revoke(id) {
      const rows = await db
        .update(keys)
        .set({ revokedAt: new Date() })
        .where(and(eq(keys.id, id), isNull(keys.revokedAt)))
        .returning({ id: keys.id });
      return rows.length > 0;
    },
  };
}

function keyOf({ hash: _, createdAt, revokedAt, ...row }: typeof keys.$inferSelect): Key {
  return withoutNulls({ ...row, createdAt: createdAt.getTime(), revokedAt: revokedAt?.getTime() ?? null });
}

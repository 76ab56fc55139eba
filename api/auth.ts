/** Who speaks: a Bearer key, looked up by its hash. What they may do in a meeting is the domain's table. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Actor, ActorRole } from '../domain/meeting/commands.js';
import { fault } from '../domain/errors.js';
import type { PersonId } from '../domain/meeting/state.js';
import { Problem, problem } from './errors.js';

/** What a key is, as the archive knows it. */
export interface VerifiedKey {
  id: string;
  role: ActorRole;
  person?: PersonId | undefined;
  scopes: string[];
}

export interface Principal {
  /** In idempotency keys and audit. */
  id: string;
  actor: Actor;
  /** Sees every meeting; a member key sees those its person has a part in. */
  seesAll: boolean;
}

/** What the directory says of somebody: for whom they may act (H6), and what they lead (H5). */
export type Standing = Pick<Actor, 'assists' | 'leads'>;

/** Milliseconds. A revoked key may still be taken this long by another process. */
const rememberMs = 5_000;
const rememberedKeys = 10_000;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export class Auth {
  private readonly remembered = new Map<string, { principal: Principal; until: number }>();
  private readonly adminDigest: Buffer;

  constructor(
    adminKey: string,
    private readonly verify: (token: string) => Promise<VerifiedKey | null | undefined>,
    private readonly clock: () => number,
    private readonly standingOf: (person: PersonId) => Promise<Standing> = () => Promise.resolve({}),
  ) {
    this.adminDigest = digest(adminKey);
  }

  /** Throws 401 when there is no key, or none that counts. */
  async principalOf(request: FastifyRequest): Promise<Principal> {
    const token = bearer(request.headers.authorization);
    if (token === undefined) throw unauthorized('auth.missing', 'Bearer realm="convoke"');
    const principal = await this.lookUp(token);
    if (principal === undefined) throw unauthorized('auth.unknownKey', 'Bearer realm="convoke", error="invalid_token"');
    return principal;
  }

  /** A key was made or revoked here: nothing remembered counts any more. */
  forget(): void {
    this.remembered.clear();
  }

  private async lookUp(token: string): Promise<Principal | undefined> {
    const hash = digest(token);
    if (timingSafeEqual(hash, this.adminDigest)) return admin;
    const name = hash.toString('base64');
    const known = this.remembered.get(name);
    if (known !== undefined && known.until > this.clock()) return known.principal;
    const key = await this.verify(token);
    if (!key) return undefined;
    if (this.remembered.size >= rememberedKeys) this.remembered.clear();
    const standing = key.person === undefined ? {} : await this.standingOf(key.person);
    const principal = principalOf(key, standing);
    this.remembered.set(name, { principal, until: this.clock() + rememberMs });
    return principal;
  }
}

const admin: Principal = {
  id: 'admin',
  actor: { key: 'admin', roles: ['admin'], scopes: ['act-as'], via: 'api' },
  seesAll: true,
};

export const linkPrincipal = (actor: Actor): Principal => ({
  id: `link:${actor.person ?? ''}`,
  actor,
  seesAll: false,
});

function principalOf(key: VerifiedKey, standing: Standing): Principal {
  const person = key.person === undefined ? {} : { person: key.person };
  return {
    id: key.id,
    actor: {
      key: key.id,
      ...person,
      roles: [key.role],
      scopes: key.scopes,
      via: 'api',
      ...standing,
    },
    seesAll: key.role !== 'member',
  };
}

function bearer(header: string | undefined): string | undefined {
  return /^Bearer +([\x21-\x7e]{8,512})$/i.exec(header ?? '')?.[1];
}

function unauthorized(code: string, challenge: string): Problem {
  return new Problem('Unauthorized', [fault(code)], { headers: { 'www-authenticate': challenge } });
}

/** Keys and the directory are the administrators' (design §7). */
export function requireAdmin(principal: Principal): void {
  if (!principal.actor.roles.includes('admin')) problem('Forbidden', 'auth.adminOnly');
}

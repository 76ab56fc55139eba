/**
 * Personal links in mails (design §7): signed, bound to purpose, person and meeting. A link is valid by the state of what
 * it acts on; `exp` only ends what nobody will ever use again. Tokens never go into logs.
 */
import { createHash } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import type { Instant } from '../domain/calendar/index.js';
import type { MeetingId, PersonId } from '../domain/meeting/state.js';

/**
 * progress: `ref` = action or plan · decision: the escalation task · plan: the plan · talk: the talk task · check: the
 * action that the coordinator checks · heldReply: an answer from an unlisted address · open: who may open the meeting as
 * (acting) host · publish: the draft's host · reading: who confirms it · undoReply: `ref` = the reversal · alternate: the alternate task ·
 * signIn: of one person, or of the room (`anybody`) ·
 * minutes: reads them, in every format · objection: objects to them · answer: the objection that host or recorder answers ·
 * mails: which mails one gets · material: `ref` = the material that its owner hands in.
 * block: the action that is said to be blocked · topic: the task about a topic ·
 * norms: answers what a year proposes for the norms; `meeting` = the year, `ref` = one proposal ·
 * knowledge: looks at an entry of the knowledge base; `meeting` = the entry ·
 * take: `ref` = the waiting topic that is offered ·
 * review: reads a quarter's review; `meeting` = the quarter, since it is of none · proposal: answers what that review
 * proposes for a series, `ref`.
 */
export const linkPurposes = [
  'reply',
  'survey',
  'progress',
  'decision',
  'plan',
  'talk',
  'check',
  'confirm',
  'open',
  'publish',
  'reading',
  'undoReply',
  'alternate',
  'signIn',
  'heldReply',
  'minutes',
  'objection',
  'answer',
  'mails',
  'material',
  'block',
  'topic',
  'take',
  'review',
  'norms',
  'knowledge',
  'proposal',
] as const;
/** The person of a link that belongs to a room, not to somebody (signIn, on the printed sheet). */
export const anybody = 'anybody';
export type LinkPurpose = (typeof linkPurposes)[number];

export interface LinkClaims {
  purpose: LinkPurpose;
  person: PersonId;
  meeting: MeetingId;
  ref?: string;
  /** H6: the assistant in whose mailbox it lies; who uses it acts as that person, for `person`. */
  by?: PersonId;
  /** Epoch milliseconds, kept to the second. */
  exp: Instant;
}

export interface Links {
  /** The same claims give the same token, so that a mail sent twice is the same mail. */
  sign(claims: LinkClaims): Promise<string>;
  /**
   * The claims of a token that one of our secrets has signed; undefined for any other text, for another purpose than the
   * one asked for, and after `exp` (by `now`, the wall clock unless given).
   */
  verify(token: string, options?: { purpose?: LinkPurpose; now?: Instant }): Promise<LinkClaims | undefined>;
  /**
   * The address: surveys at `/feedback/<token>`, which mails one gets at `/u/<token>`, proposals for the norms at `/n/<token>`,
   * knowledge at `/k/<token>`, a proposal at `/p/<token>`, a review where the API has it, all others at `/r/<token>`. `exp` = `now` (workflow time) + 2 years.
   */
  url(claims: Omit<LinkClaims, 'exp'>, now: Instant): Promise<string>;
}

const paths: Partial<Record<LinkPurpose, string>> = {
  survey: 'feedback',
  mails: 'u',
  norms: 'n',
  knowledge: 'k',
  proposal: 'p',
};
const twoYears = 2 * 365 * 24 * 3_600_000;
/** Longer than any token of ours. */
const longest = 2_000;

/** HS256 wants 32 bytes; hashed with a label, so that a secret used elsewhere signs no links. */
const keyOf = (secret: string): Uint8Array => createHash('sha256').update(`convoke-link\n${secret}`).digest();

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isPurpose = (value: unknown): value is LinkPurpose => (linkPurposes as readonly unknown[]).includes(value);

function claimsOf(payload: Record<string, unknown>): LinkClaims | undefined {
  const { purpose, person, meeting, ref, by, exp } = payload;
  if (!isPurpose(purpose) || !isText(person) || !isText(meeting) || typeof exp !== 'number') return undefined;
  return { purpose, person, meeting, ...(isText(ref) ? { ref } : {}), ...(isText(by) ? { by } : {}), exp: exp * 1000 };
}

/** The first secret signs, all of them verify (a rotated secret keeps old mails alive). */
export function createLinks({ secrets, publicUrl }: { secrets: string[]; publicUrl: string }): Links {
  const keys = secrets.map(keyOf);
  const [signing] = keys;
  if (signing === undefined || secrets.some((s) => s.length < 16))
    throw new RangeError('links need a secret of at least 16 characters');
  const base = publicUrl.replace(/\/+$/, '');

  const sign = ({ purpose, person, meeting, ref, by, exp }: LinkClaims): Promise<string> =>
    new SignJWT({
      purpose,
      person,
      meeting,
      ...(ref === undefined ? {} : { ref }),
      ...(by === undefined ? {} : { by }),
      exp: Math.floor(exp / 1000),
    })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(signing);

  const verify: Links['verify'] = async (token, { purpose, now } = {}) => {
    if (token.length > longest) return undefined;
    for (const key of keys) {
      const options = { algorithms: ['HS256'], ...(now === undefined ? {} : { currentDate: new Date(now) }) };
      const verified = await jwtVerify(token, key, options).catch(() => undefined);
      const claims = verified && claimsOf(verified.payload);
      if (claims) return purpose === undefined || claims.purpose === purpose ? claims : undefined;
    }
    return undefined;
  };

  const url: Links['url'] = async (claims, now) => {
    const token = await sign({ ...claims, exp: now + twoYears });
    if (claims.purpose === 'review') return `${base}/v1/reviews/${claims.meeting}.html?token=${token}`;
    return `${base}/${paths[claims.purpose] ?? 'r'}/${token}`;
  };

  return { sign, verify, url };
}

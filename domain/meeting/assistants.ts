/** H6: who acts for whom, until when, and in what. */
import type { Instant } from '../calendar/index.js';
import type { Actor } from './commands.js';
import type { PersonId } from './state.js';

/** H6: all that an assistant can be given. Voting, survey, minutes and decisions are nobody's to hand on. */
export const assistantScopes = ['reply', 'materials', 'draftProgress'] as const;
export type AssistantScope = (typeof assistantScopes)[number];

/** Somebody's leave to act for `person`, as the directory knows it. */
export interface Assists {
  person: PersonId;
  scopes: AssistantScope[];
  /** The first moment, and the first one after the last. */
  from: Instant;
  until: Instant;
}

/** H6: whether the actor may act for this person now, in this scope. */
export function assistsIn(
  { assists = [] }: Pick<Actor, 'assists'>,
  person: PersonId,
  scope: AssistantScope,
  now: Instant | undefined,
): boolean {
  return holding(assists, now).some((a) => a.person === person && a.scopes.includes(scope));
}

/** H6: for whom somebody acts now, in whatever scope; an assistant sees what these see. */
export function principalsOf({ assists = [] }: Pick<Actor, 'assists'>, now: Instant | undefined): PersonId[] {
  return [...new Set(holding(assists, now).map((a) => a.person))];
}

/** Without a time nobody assists: what is not asked for now is not allowed now. */
function holding(assists: Assists[], now: Instant | undefined): Assists[] {
  return now === undefined ? [] : assists.filter((a) => a.from <= now && now < a.until);
}

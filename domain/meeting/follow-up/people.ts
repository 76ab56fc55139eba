import { tracker } from '../people.js';
import type { Action, MeetingState, PersonId } from '../state.js';
import { isExternal } from '../visibility.js';
import type { Item } from './items.js';
import { isPlan } from './items.js';

/**
 * F1: who tracks an item: the coordinator, else the host; of one's own item the next of coordinator, host, initiator,
 * sponsor. Undefined when every one of them is its owner: then silence alone decides.
 */
export function trackerOf(state: MeetingState, item: Item): PersonId | undefined {
  return firstOther(item, [state.coordinator, state.host, state.initiator.person, state.sponsor]);
}

/** H7: an external owner has somebody in the house to turn to; the coordinator, else the host, unless named. */
export function contactOf(state: MeetingState, owner: PersonId, named?: PersonId): Pick<Action, 'internalContact'> {
  if (named !== undefined) return { internalContact: named };
  return isExternal(state, owner) ? { internalContact: tracker(state) } : {};
}

/** H7: the item in other hands; a contact that stands goes on, one of the house needs none. */
export function ownedBy(state: MeetingState, item: Item, owner: PersonId): Item {
  if (isPlan(item)) return { ...item, owner };
  const { internalContact: before, ...rest } = item;
  const contact = isExternal(state, owner) ? contactOf(state, owner, before) : {};
  return { ...rest, owner, ...contact };
}

/** F1, F6: who checks "done": of an action who tracks it; of an improvement plan the sponsor, the PMO or the host. */
export function checkerOf(state: MeetingState, item: Item): PersonId | undefined {
  if (!isPlan(item)) return trackerOf(state, item);
  return firstOther(item, [state.sponsor, state.norms.pmo?.person, state.host]);
}

function firstOther(item: Item, people: (PersonId | undefined)[]): PersonId | undefined {
  return people.find((p) => p !== undefined && p !== item.owner);
}

/**
 * F3: who may decide, in order: heads of the department upward from above the owner, sponsor, PMO; each once, never the
 * owner nor a head below them, unless they head something above them, too. A sponsor who heads none of these departments
 * stands above them. Who stands below the owner elsewhere in the house was left out by the archive, which knows it.
 */
export function decisionChain(
  owner: PersonId,
  found: { heads: PersonId[]; sponsor?: PersonId | undefined; pmo?: PersonId | undefined },
): PersonId[] {
  const own = found.heads.lastIndexOf(owner) + 1;
  const upTo = own === 0 && owner === found.sponsor ? found.heads.length : own;
  const above = found.heads.slice(upTo);
  const below = new Set(found.heads.slice(0, upTo).filter((p) => !above.includes(p)));
  const ranked = [...above, found.sponsor, found.pmo];
  const people = ranked.filter((p) => p !== undefined && p !== owner && !below.has(p));
  return [...new Set(people as PersonId[])];
}

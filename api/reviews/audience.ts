/** R1, H7, H10: who reads what of reviews, by key. */
import { zoneAround } from '../../archive/review-input.js';
import { toLocal } from '../../domain/calendar/index.js';
import { audienceOf, type Audience } from '../../domain/review/audience.js';
import type { Principal } from '../auth.js';
import type { Api } from '../context.js';
import { problem } from '../errors.js';

/**
 * Administrators and other systems read all; people by what they lead on this day. Who is only ever there from outside learns
 * nothing of the house (H7).
 */
export async function audience(api: Api, { actor }: Principal): Promise<Audience> {
  const { archive, clock, config } = api.deps;
  const { person, roles, leads } = actor;
  const own = person === undefined ? {} : { person };
  if (roles.includes('admin') || roles.includes('service')) return { departments: 'all', ...own };
  if (person === undefined) return { departments: [] };
  const today = toLocal(zoneAround(config.timeZone, clock()), clock()).date;
  const [leaders, isOutside, norms] = await Promise.all([
    archive.reviews.leaders(today),
    archive.reviews.isOutside(person),
    api.deps.norms(clock()),
  ]);
  if (isOutside) problem('Forbidden', 'R1.houseOnly');
  return audienceOf(person, leaders, norms.pmo, leads);
}

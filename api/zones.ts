import { DAY } from '../domain/calendar/index.js';
import { keptZones } from '../render/zones.js';
import { bounds } from './schemas/base.js';

/** From the last possible look back to two years after the latest possible start. RangeError for a name that is no IANA zone. */
export const zoneFor = keptZones(7 * DAY, (2 * bounds.startDays + 60) * DAY);

import { z } from 'zod';
import { bounds, instant, lines, minutes, personRef } from './base.js';

export const proposeTimeBody = z.strictObject({
  startsAt: instant().describe('The start that would suit better.'),
  durationMinutes: minutes(1, 1440).optional().describe('As long as planned by default.'),
  comment: lines(bounds.sentence).optional().describe('Shown to the host.'),
});

export const settleReplyBody = z.strictObject({
  person: personRef().optional().describe('Whose answer it is; absent: nobody’s.'),
});

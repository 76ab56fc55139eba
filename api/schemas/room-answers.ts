/** What a meeting's answer tells of the room. */
import { z } from 'zod';
import { departmentShape, faultShape, iso, personShape } from './common.js';

const turnShape = z.object({
  id: z.string(),
  kind: z.string().describe('discussion or report.'),
  person: personShape.optional(),
  department: departmentShape.optional(),
  topicId: z.string().optional(),
  status: z.string().describe('queued, speaking or ended.'),
  limitSeconds: z.int(),
  startedAt: iso('When.').optional(),
  endsAt: iso('When the time is up.').optional(),
  endedAt: iso('When.').optional(),
  spokenSeconds: z.int(),
  over: z.boolean().describe('E6: longer than the limit.'),
  overSeconds: z.int(),
});

export const roomShape = z.object({
  attendance: z
    .array(
      z.object({
        person: z.string(),
        name: z.string(),
        present: z.boolean(),
        log: z.array(z.object({ at: iso('When.'), present: z.boolean(), via: z.string(), by: z.string().optional() })),
      }),
    )
    .describe('E3: arrivals and departures; via link: signed in by themselves.'),
  mayLeave: z.array(personShape).describe('E3: present, with no own topic left.'),
  speaking: z
    .object({
      now: turnShape.optional(),
      queue: z.array(turnShape),
      ended: z.array(turnShape),
      shares: z
        .array(z.object({ department: departmentShape, seconds: z.int(), percent: z.number() }))
        .describe('E7: of discussion time; reports are none.'),
      notHeard: z.array(departmentShape).describe('E7: present, and not heard on the live topic.'),
      hints: z.array(faultShape),
    })
    .optional()
    .describe('E6, E7: while the meeting is held, or once somebody has spoken.'),
  parkingLot: z.array(
    z.object({ topicId: z.string(), text: z.string(), department: departmentShape, turnId: z.string().optional() }),
  ),
  breakouts: z.array(
    z.object({
      id: z.string(),
      topicId: z.string(),
      startedAt: iso('When.'),
      endsAt: iso('When the groups come back.'),
      endedAt: iso('When they did.').optional(),
      groups: z.array(
        z.object({
          name: z.string(),
          members: z.array(personShape),
          report: z.string().optional(),
          reportedAt: iso('When.').optional(),
        }),
      ),
    }),
  ),
  analyses: z.array(z.object({ topicId: z.string(), version: z.int(), at: iso('When.'), by: personShape.optional() })),
  wall: z.object({
    columns: z.array(z.object({ column: z.string(), name: z.string() })),
    notes: z.array(
      z.object({
        id: z.string(),
        text: z.string(),
        column: z.string(),
        at: iso('When.'),
        by: personShape.optional(),
        became: z.object({ kind: z.string(), id: z.string() }).optional(),
      }),
    ),
  }),
  adjourned: z
    .object({ until: iso('When it goes on.'), at: iso('Since when.') })
    .optional()
    .describe('E15: the sitting is interrupted.'),
  sittings: z
    .array(z.object({ startsAt: iso('Announced.'), adjournedAt: iso('When.'), resumedAt: iso('When.').optional() }))
    .describe('E15: each sitting that was interrupted.'),
});
export type RoomAnswer = z.output<typeof roomShape>;

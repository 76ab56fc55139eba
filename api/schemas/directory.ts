/** People, departments and keys. */
import { z } from 'zod';
import type { ActorRole } from '../../domain/meeting/commands.js';
import { bounds, departmentRef, email, locale, personRef, text, timeZone } from './base.js';

export const personBody = z
  .strictObject({
    name: text(bounds.name)
      .optional()
      .meta({ examples: ['林美'] }),
    email: email().optional(),
    locale: locale().optional(),
    timeZone: timeZone().optional(),
    departments: z.array(departmentRef()).max(20).optional(),
  })
  .meta({ id: 'PersonUpdate' });

export const departmentBody = z
  .strictObject({
    name: text(bounds.name)
      .optional()
      .meta({ examples: ['研發部'] }),
    head: personRef().nullable().optional().describe('Head of the department; null clears.'),
    parent: departmentRef().nullable().optional().describe('The department above (F3); null clears.'),
  })
  .meta({ id: 'DepartmentUpdate' });

const keyRoles = ['admin', 'service', 'member'] as const satisfies readonly ActorRole[];

export const keyBody = z
  .strictObject({
    name: text(bounds.name).meta({ description: 'What the key is for.', examples: ['meeting-room panel'] }),
    role: z.enum(keyRoles).meta({ examples: ['member'] }),
    person: personRef().optional().describe('The person a member key speaks for.'),
    scopes: z
      .array(z.enum(['act-as']))
      .max(1)
      .optional()
      .describe('act-as: may vote and answer for another person; shown in the audit.'),
  })
  .meta({ id: 'CreateKey' });

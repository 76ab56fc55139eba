/** People, departments and keys. */
import { z } from 'zod';
import { vendors } from '../../domain/chats.js';
import { fault } from '../../domain/errors.js';
import { assistantScopes } from '../../domain/meeting/assistants.js';
import type { ActorRole } from '../../domain/meeting/commands.js';
import { withCross } from '../validate.js';
import { bounds, date, departmentRef, email, locale, personRef, text, timeZone } from './base.js';

/** H4: how somebody is reached besides mail; `assistant`: all goes to that person's mailbox, marked for whom it is. */
export const channelNames = [...vendors, 'assistant'] as const;

const account = (what: string) => text(bounds.name).nullable().optional().describe(what);

const personFields = {
  email: email().nullable().optional().describe('null: no address any more.'),
  names: names(),
  locale: locale().nullable().optional(),
  timeZone: timeZone().nullable().optional(),
  digestOnly: z.boolean().optional().describe('H2: reminders in the daily digest only; what goes at once stays.'),
  departments: z.array(departmentRef()).max(20).optional().describe('Replaces the list.'),
  channels: z
    .strictObject({
      wecom: account('WeCom user id.'),
      dingtalk: account('DingTalk user id.'),
      feishu: account('Feishu user id.'),
      slack: account('Slack member id.'),
      webhook: account('What the system behind CHAT_WEBHOOK calls them.'),
      assistant: personRef().nullable().optional().describe('Through this person: mails go to their address.'),
    })
    .optional()
    .describe('H4: null takes one away.'),
};

/** H4, H5 */
function names() {
  const one = () => text(bounds.name).nullable().optional();
  return z
    .strictObject({ 'zh-TW': one(), 'zh-CN': one(), en: one() })
    .optional()
    .describe('The name in each language; null takes one away.');
}

export const personBody = z
  .strictObject({
    name: text(bounds.name)
      .optional()
      .meta({ examples: ['林美'] }),
    ...personFields,
    leave: z
      .array(z.strictObject({ from: date(), to: date() }))
      .max(50)
      .optional()
      .describe('F2: registered leave, both days included; replaces what was there. Everybody may give their own.'),
    active: z.boolean().optional().describe('H4: false when they leave; their open work then goes on without them.'),
    successor: personRef().nullable().optional().describe('Who takes over the open work of somebody who leaves.'),
  })
  .meta({ id: 'PersonUpdate' });

export const newPersonBody = z
  .strictObject({ name: text(bounds.name).meta({ examples: ['林美'] }), ...personFields })
  .meta({ id: 'NewPerson' });

export const assistantBody = withCross(
  z
    .strictObject({
      person: personRef().describe('Who may act: id, e-mail or name of somebody known.'),
      scopes: z.array(z.enum(assistantScopes)).min(1).max(3).describe('reply, materials, draftProgress.'),
      from: date().describe("First day, in the principal's zone."),
      to: date().describe('Last day.'),
    })
    .meta({ id: 'AssistantUpdate' }),
  (raw) => {
    const { from, to } = (raw ?? {}) as Record<string, unknown>;
    return typeof from === 'string' && typeof to === 'string' && to < from ? [fault('H6.dates', 'to')] : [];
  },
);

export const departmentBody = z
  .strictObject({
    name: text(bounds.name)
      .optional()
      .meta({ examples: ['研發部'] }),
    names: names(),
    head: personRef().nullable().optional().describe('Head of the department; null clears.'),
    parent: departmentRef().nullable().optional().describe('The department above (F3); null clears.'),
    acting: z
      .strictObject({ person: personRef(), from: date(), to: date() })
      .nullable()
      .optional()
      .describe('H5: who acts for the head, both days included; null clears.'),
    successor: departmentRef().nullable().optional().describe('H5: who takes over; needed to close it.'),
    closed: z
      .boolean()
      .optional()
      .describe('H5: true moves the open work to the successor; again → what could not be moved before.'),
  })
  .meta({ id: 'DepartmentUpdate' });

const keyRoles = ['admin', 'service', 'member'] as const satisfies readonly ActorRole[];

export const keyBody = z
  .strictObject({
    name: text(bounds.name).meta({ description: 'What the key is for.', examples: ['meeting-room panel'] }),
    role: z.enum(keyRoles).meta({ examples: ['member'] }),
    person: personRef().optional().describe('The person a member key speaks for.'),
    scopes: z
      .array(z.enum(['act-as', 'archivist']))
      .max(2)
      .optional()
      .describe(
        'act-as: may vote and answer for another person; shown in the audit. archivist: looks after the knowledge base.',
      ),
  })
  .meta({ id: 'CreateKey' });

/** F7: the settings of chats. Each names what its vendor's own pages call it, so that it can be copied from there. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ChatSettings, GroupSetting } from '../activities/chat/create.js';
import { vendors } from '../activities/chat/channel.js';

type Personal = Omit<ChatSettings, 'groups'>;

export const chatSettings = {
  CHAT_WECOM: parts(3, 'corpId:secret:agentId', ([corpId = '', secret = '', agentId = ''], base) =>
    /^\d+$/.test(agentId) ? { corpId, secret, agentId, ...base } : undefined,
  ).optional(),
  CHAT_DINGTALK: parts(3, 'appKey:appSecret:agentId', ([appKey = '', appSecret = '', agentId = ''], base) =>
    /^\d+$/.test(agentId) ? { appKey, appSecret, agentId, ...base } : undefined,
  ).optional(),
  CHAT_FEISHU: parts(2, 'appId:appSecret', ([appId = '', appSecret = ''], base) => ({
    appId,
    appSecret,
    ...base,
  })).optional(),
  CHAT_SLACK: parts(1, 'the bot token (xoxb-…)', ([token = ''], base) => ({ token, ...base })).optional(),
  CHAT_WEBHOOK: parts(1, 'whsec_…@https://where/it/goes', ([secret = ''], { base: url }) =>
    url !== undefined && isWebhookSecret(secret) ? { secret, url } : undefined,
  ).optional(),
  CHAT_GROUPS: groups().optional(),
};

type Given = { [K in keyof typeof chatSettings]?: z.infer<(typeof chatSettings)[K]> };

export function toChat(settings: Given): ChatSettings {
  const personal: Personal = {
    wecom: settings.CHAT_WECOM,
    dingtalk: settings.CHAT_DINGTALK,
    feishu: settings.CHAT_FEISHU,
    slack: settings.CHAT_SLACK,
    webhook: settings.CHAT_WEBHOOK,
  };
  return { ...personal, groups: settings.CHAT_GROUPS ?? [] };
}

const isAddress = (value: string): boolean => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

/** `a:b:c`, and after an `@` the address of an installation of one's own. Nothing of it is repeated in a fault: it is secret. */
function parts<T>(count: number, form: string, make: (values: string[], base: { base?: string }) => T | undefined) {
  return z
    .string()
    .trim()
    .transform((value, context): T => {
      const [, given = '', base] = /^(.*?)(?:@(https?:\/\/\S+))?$/s.exec(value) ?? [];
      const values = given.split(':');
      const whole = values.length === count && values.every((part) => /^[\x21-\x7e]+$/.test(part));
      const made =
        whole && (base === undefined || isAddress(base)) ? make(values, base === undefined ? {} : { base }) : undefined;
      if (made !== undefined) return made;
      context.addIssue({ code: 'custom', message: `must be ${form}, with @https://… for an address of one's own` });
      return z.NEVER;
    });
}

const isWebhookSecret = (secret: string): boolean => /^whsec_[A-Za-z0-9+/]{24,}={0,2}$/.test(secret);

const group = z
  .strictObject({
    name: z.string().trim().min(1).max(60),
    kind: z.enum(vendors),
    url: z.string().refine(isAddress),
    secret: z.string().min(1).optional(),
  })
  .refine(({ kind, secret }) => kind !== 'webhook' || (secret !== undefined && isWebhookSecret(secret)), {
    path: ['secret'],
  });

const groupList = z
  .array(group)
  .max(100)
  .refine((list) => new Set(list.map((g) => g.name)).size === list.length, { path: ['name'] });

/** JSON, or the path of a file that holds it. */
function groups() {
  return z
    .string()
    .trim()
    .transform((value, context): GroupSetting[] => {
      const fail = (why: string): never => {
        const form = '[{"name":"…","kind":"wecom","url":"https://…","secret":"…"}]';
        context.addIssue({ code: 'custom', message: `must be JSON like ${form}, or the path of such a file: ${why}` });
        return z.NEVER;
      };
      let list: unknown;
      try {
        list = JSON.parse(/^\s*\[/.test(value) ? value : readFileSync(value, 'utf8'));
      } catch {
        return fail('it cannot be read');
      }
      const parsed = groupList.safeParse(list);
      if (parsed.success) return parsed.data;
      const places = parsed.error.issues.map((issue) => issue.path.join('.') || 'the list');
      return fail(`${[...new Set(places)].join(', ')} is wrong (names differ, kinds are ${vendors.join(', ')})`);
    });
}

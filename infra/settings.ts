import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { storeFault } from '../archive/store/open.js';
import { calendarById, parseCalendarConfig, type WorkingCalendar } from '../domain/calendar/index.js';
import { chatSettings } from './chat-settings.js';

/** The environment variables that Convoke reads, one schema for all; an empty value counts as unset (compose files). */
export const settingsSchema = z.object({
  PORT: port(3000),
  HOST: text().default('127.0.0.1'),
  PUBLIC_URL: url('http', 'https')
    .transform((value) => value.replace(/\/+$/, ''))
    .optional(),
  TRUST_PROXY: addresses().optional(),
  CONVOKE_DATA: text().default('./.convoke'),
  CONVOKE_SECRET: secrets().optional(),
  CONVOKE_ADMIN_KEY: text().min(16, 'must have at least 16 characters').optional(),
  CONVOKE_TIME_TRAVEL: flag(),
  CONVOKE_TIME_ZONE: timeZone().default('Asia/Taipei'),
  CONVOKE_LOCALE: z.enum(['zh-TW', 'zh-CN', 'en'], 'must be zh-TW, zh-CN or en').default('zh-TW'),
  CONVOKE_CALENDAR: calendar().optional(),
  DATABASE_URL: url('postgres', 'postgresql').optional(),
  SMTP_URL: url('smtp', 'smtps').optional(),
  MAIL_FROM: mailbox().optional(),
  MAIL_TRIAL_TO: mailbox().optional(),
  DKIM_KEY: dkimKey().optional(),
  REPLIES_SMTP: hostAndPort().optional(),
  REPLIES_IMAP: url('imap', 'imaps').optional(),
  REPLIES_AUTHSERV: text()
    .regex(/^[a-z0-9.-]{1,253}$/i, 'must be the name of your mail server, like mx.example.org')
    .optional(),
  ...chatSettings,
  FILES_URL: filesUrl().optional(),
  TEMPORAL_ADDRESS: hostAndPort().optional(),
  TEMPORAL_NAMESPACE: text().default('default'),
  TEMPORAL_UI_URL: url('http', 'https').optional(),
  TEMPORAL_PORT: port(7233),
  TEMPORAL_UI_PORT: port(8233),
  SMTP_PORT: port(1025),
  INBOX_PORT: port(1080),
  METRICS_ADDRESS: hostAndPort().optional(),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'must be trace, debug, info, warn, error or silent')
    .default('warn'),
});

export type Settings = z.infer<typeof settingsSchema>;
export type SettingName = keyof Settings;

export interface MailAddress {
  name: string;
  address: string;
}

export interface DkimKey {
  keySelector: string;
  domainName: string;
  /** PEM. */
  privateKey: string;
}

function text() {
  return z.string().trim();
}

function port(preset: number) {
  const message = 'must be a whole number from 0 (any free port) to 65535';
  return text()
    .regex(/^\d{1,5}$/, message)
    .transform(Number)
    .refine((value) => value <= 65_535, message)
    .default(preset);
}

function hostAndPort() {
  return text().regex(/^([^\s/:]+|\[[0-9a-f:]+\]):\d{1,5}$/i, 'must be host:port, like 127.0.0.1:7233');
}

function flag() {
  return z
    .enum(['0', '1', 'false', 'true'], 'must be 1 (on) or 0 (off)')
    .transform((value) => value === '1' || value === 'true')
    .default(false);
}

function url(...protocols: string[]) {
  const message = `must be a URL that begins with ${protocols.map((name) => `${name}://`).join(' or ')}`;
  return text().refine(
    (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol.slice(0, -1)),
    message,
  );
}

function filesUrl() {
  return text().superRefine((value, context) => {
    const message = storeFault(value);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
}

/** The first signs; all verify, so that a secret can be replaced while links made with the old one are about. */
function secrets() {
  return text()
    .transform((value) => value.split(',').map((secret) => secret.trim()))
    .refine(
      (list) => list.every((secret) => secret.length >= 16),
      'every secret (comma-separated) must have at least 16 characters',
    );
}

/** Addresses or networks of reverse proxies, comma-separated. */
function addresses() {
  return text()
    .transform((value) => value.split(',').map((address) => address.trim()))
    .refine(
      (list) => list.every(isNetwork),
      'must be addresses or networks of reverse proxies, like 127.0.0.1,10.0.0.0/8',
    );
}

function isNetwork(value: string): boolean {
  const [address = '', bits, ...rest] = value.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function timeZone() {
  return text().refine(isTimeZone, 'must be an IANA time zone, like Asia/Taipei');
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** `TW`, `CN`, `none`, or the path of a JSON file as domain/calendar/config.ts describes it. */
function calendar() {
  return text().transform((value, context): WorkingCalendar => {
    if (value === 'TW' || value === 'CN' || value === 'none') return calendarById(value);
    const read = readCalendar(value);
    if ('calendar' in read) return read.calendar;
    for (const message of read.messages) context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

function readCalendar(file: string): { calendar: WorkingCalendar } | { messages: string[] } {
  const form = 'must be TW, CN, none or the path of a JSON file with a working calendar';
  try {
    const result = parseCalendarConfig(JSON.parse(readFileSync(file, 'utf8')));
    if ('calendar' in result) return result;
    return {
      messages: result.faults.map(
        ({ code, path }) => `the calendar in ${file} is faulty: ${code} at ${path || 'the top'}`,
      ),
    };
  } catch (error) {
    return { messages: [`${form}; ${(error as Error).message}`] };
  }
}

/** `Name <box@host>` or `box@host`. The name may be anything that is no header trick: no line breaks. */
function mailbox() {
  return text().transform((value, context): MailAddress => {
    const named = /^(?:"?([^"<>\r\n]*?)"?\s*<([^\s<>@]+@[^\s<>@]+)>|([^\s<>@]+@[^\s<>@]+))$/.exec(value);
    if (named) return { name: named[1]?.trim() ?? '', address: (named[2] ?? named[3])! };
    context.addIssue({
      code: 'custom',
      message: 'must be an address like convoke@example.org or Convoke <convoke@example.org>',
    });
    return z.NEVER;
  });
}

/** `selector:domain:key`, the key as PEM text or as the path of a PEM file. */
function dkimKey() {
  return text().transform((value, context): DkimKey => {
    const parts = /^([\w.-]+):([\w.-]+):(.+)$/s.exec(value);
    try {
      const privateKey = parts![3]!.includes('-----BEGIN') ? parts![3]! : readFileSync(parts![3]!, 'utf8');
      if (privateKey.includes('PRIVATE KEY')) return { keySelector: parts![1]!, domainName: parts![2]!, privateKey };
    } catch {
      // Said below, like every other way in which it can be wrong.
    }
    context.addIssue({
      code: 'custom',
      message: 'must be selector:domain:key, the key as PEM or as the path of a readable PEM file',
    });
    return z.NEVER;
  });
}

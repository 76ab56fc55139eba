import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ChatSettings } from '../activities/chat/create.js';
import { calendarFor, type WorkingCalendar } from '../domain/calendar/index.js';
import type { Locale } from '../domain/meeting/state.js';
import { chatSettings, toChat } from './chat-settings.js';
import { StartProblem } from './problem.js';
import { type DkimKey, type MailAddress, type SettingName, type Settings, settingsSchema } from './settings.js';

/** Which processes this one is: `all` has embedded parts for whatever is not configured; the others have none. */
export type Role = 'all' | 'api' | 'worker';

type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that can be set. Handed to who needs it; nothing else reads the environment. */
export interface Config {
  role: Role;
  host: string;
  port: number;
  /** Without a slash at the end; unset: the address that the API really listens on. */
  publicUrl: string | undefined;
  /** Reverse proxies whose X-Forwarded-For is believed; unset: none. */
  trustProxy: string[] | undefined;
  /** Absolute. */
  dataFolder: string;
  /** Unset: made in the data folder (infra/secrets.ts). */
  secrets: string[] | undefined;
  adminKey: string | undefined;
  timeTravel: boolean;
  timeZone: string;
  locale: Locale;
  calendar: WorkingCalendar;
  databaseUrl: string | undefined;
  mail: {
    /** Unset: the embedded inbox. */
    smtpUrl: string | undefined;
    from: MailAddress;
    /** H9: trial mode, every mail goes only there. */
    trialTo: MailAddress | undefined;
    dkim: DkimKey | undefined;
  };
  /** N2: where calendar programs' answers come in; unset: nowhere. */
  replies: {
    smtp: { host: string; port: number } | undefined;
    imap: string | undefined;
    authserv: string | undefined;
  };
  /** Where the bytes of materials lie; unset: a folder in the data folder. */
  filesUrl: string;
  /** F7: by what messages go besides mail. */
  chat: ChatSettings;
  temporal: {
    /** Unset: the embedded server. */
    address: string | undefined;
    namespace: string;
    uiUrl: string | undefined;
  };
  /** Of the embedded parts; 0 takes any free one. */
  ports: { temporal: number; temporalUi: number; smtp: number; inbox: number };
  logLevel: Settings['LOG_LEVEL'];
  /** Where Temporal's own Prometheus metrics of this process are served; unset: nowhere. */
  metricsAddress: string | undefined;
  /** For the embedded server's binary and the TLS and key settings of a Temporal client (TEMPORAL_TLS_…). */
  env: Environment;
}

/** Reads all settings; throws one StartProblem that lists every fault and what to do. */
export function loadConfig(env: Environment, role: Role = 'all'): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = settingsSchema.safeParse(given);
  const faults = [
    ...(parsed.success
      ? []
      : parsed.error.issues.map((issue) => faultLine(issue.path[0] as SettingName, issue.message, given))),
    ...missingFor(role, given),
  ];
  if (!parsed.success || faults.length > 0) throw new StartProblem(faultMessage(faults));
  return toConfig(parsed.data, role, env);
}

const secretSettings = new Set([
  'CONVOKE_SECRET',
  'CONVOKE_ADMIN_KEY',
  'DATABASE_URL',
  'SMTP_URL',
  'DKIM_KEY',
  'FILES_URL',
  'REPLIES_IMAP',
  ...Object.keys(chatSettings),
]);

function faultLine(name: SettingName, message: string, given: Record<string, unknown>): string {
  const shown = secretSettings.has(name) ? '' : ` (it is ${JSON.stringify(given[name])})`;
  return `${name} ${message}${shown}`;
}

/** Processes apart share nothing but what is configured: PGlite takes one process only, and the inbox is inside one. */
const neededBy: Record<Role, Partial<Record<SettingName, string>>> = {
  all: {},
  api: {
    DATABASE_URL: 'a PostgreSQL, like postgres://user:password@127.0.0.1/convoke',
    TEMPORAL_ADDRESS: 'a Temporal server, like 127.0.0.1:7233',
  },
  worker: {
    DATABASE_URL: 'a PostgreSQL, like postgres://user:password@127.0.0.1/convoke',
    TEMPORAL_ADDRESS: 'a Temporal server, like 127.0.0.1:7233',
    SMTP_URL: 'a mail server, like smtp://127.0.0.1:1025',
  },
};

function missingFor(role: Role, given: Record<string, unknown>): string[] {
  return Object.entries(neededBy[role])
    .filter(([name]) => given[name] === undefined)
    .map(([name, what]) => `${name} is needed by a separate ${role} process: ${what}`);
}

function faultMessage(faults: string[]): string {
  const count = faults.length === 1 ? 'one setting is' : `${faults.length} settings are`;
  return [
    `Convoke cannot start: ${count} wrong or missing.`,
    ...faults.map((fault) => `  - ${fault}`),
    'Set these environment variables right and start again; README.md lists all settings.',
  ].join('\n');
}

function toConfig(settings: Settings, role: Role, env: Environment): Config {
  return {
    role,
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: settings.PUBLIC_URL,
    trustProxy: settings.TRUST_PROXY,
    dataFolder: path.resolve(settings.CONVOKE_DATA),
    secrets: settings.CONVOKE_SECRET,
    adminKey: settings.CONVOKE_ADMIN_KEY,
    timeTravel: settings.CONVOKE_TIME_TRAVEL,
    timeZone: settings.CONVOKE_TIME_ZONE,
    locale: settings.CONVOKE_LOCALE,
    calendar: settings.CONVOKE_CALENDAR ?? calendarFor(settings.CONVOKE_TIME_ZONE),
    databaseUrl: settings.DATABASE_URL,
    mail: {
      smtpUrl: settings.SMTP_URL,
      from: settings.MAIL_FROM ?? { name: 'Convoke', address: `convoke@${mailDomain(settings.PUBLIC_URL)}` },
      trialTo: settings.MAIL_TRIAL_TO,
      dkim: settings.DKIM_KEY,
    },
    replies: {
      smtp: settings.REPLIES_SMTP === undefined ? undefined : hostAndPortOf(settings.REPLIES_SMTP),
      imap: settings.REPLIES_IMAP,
      authserv: settings.REPLIES_AUTHSERV,
    },
    filesUrl: settings.FILES_URL ?? pathToFileURL(path.join(path.resolve(settings.CONVOKE_DATA), 'files')).href,
    chat: toChat(settings),
    temporal: {
      address: settings.TEMPORAL_ADDRESS,
      namespace: settings.TEMPORAL_NAMESPACE,
      uiUrl: settings.TEMPORAL_UI_URL,
    },
    ports: {
      temporal: settings.TEMPORAL_PORT,
      temporalUi: settings.TEMPORAL_UI_PORT,
      smtp: settings.SMTP_PORT,
      inbox: settings.INBOX_PORT,
    },
    logLevel: settings.LOG_LEVEL,
    metricsAddress: settings.METRICS_ADDRESS,
    env,
  };
}

function hostAndPortOf(text: string): { host: string; port: number } {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) };
}

/** The host that people know us by, if it is a name with a dot; mail from `localhost` reaches only a development inbox. */
function mailDomain(publicUrl: string | undefined): string {
  const host = publicUrl === undefined ? '' : new URL(publicUrl).hostname;
  return /[a-z]/i.test(host) && host.includes('.') ? host : 'localhost';
}

/** What a browser on this machine opens; `0.0.0.0` and `::` mean every address, which no browser can open. */
export function readyUrl(host: string, port: number): string {
  const shown = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${port}`;
}

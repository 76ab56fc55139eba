import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locale } from '../../domain/meeting/state.js';
import { assemble, type Convoke } from '../assemble.js';
import { composition } from '../compose.js';
import { loadConfig } from '../config.js';
import type { Progress } from '../progress.js';
import { settingsSchema } from '../settings.js';

type Environment = Readonly<Record<string, string | undefined>>;

export interface StackOptions {
  timeZone: string;
  locale: Locale;
  /** As CONVOKE_CALENDAR takes it; undefined: the zone's. */
  calendar: object | undefined;
  /** Leaves the folder behind. */
  keep: boolean;
  env: Environment;
}

export interface Stack {
  convoke: Convoke;
  url: string;
  inboxUrl: string;
  temporalUiUrl: string;
}

/** The whole embedded stack on free ports, in a temporary folder of its own: nothing of the user's own setup is touched. */
export class DemoStack {
  private folderMade: Promise<string> | undefined;
  private starting: Promise<Convoke> | undefined;
  private fail!: (error: unknown) => void;
  /** Rejects when a part fails that the demo cannot go on without; otherwise never settles. */
  readonly failed = new Promise<never>((_resolve, reject) => {
    this.fail = reject;
  });

  constructor(private readonly options: StackOptions) {
    this.failed.catch(() => undefined);
  }

  async start(progress: Progress): Promise<Stack> {
    this.folderMade = mkdtemp(path.join(tmpdir(), 'convoke-demo-'));
    const folder = await this.folderMade;
    const { calendar } = this.options;
    if (calendar !== undefined) await writeFile(calendarFile(folder), JSON.stringify(calendar));
    const config = loadConfig(settingsFor(this.options, folder));
    this.starting = assemble(config, composition, progress);
    const convoke = await this.starting;
    const { url, inbox, temporalUiUrl } = convoke;
    convoke.failed.catch(this.fail);
    if (url === undefined || inbox === undefined || temporalUiUrl === undefined)
      throw new Error('the embedded stack lacks a part');
    return { convoke, url, inboxUrl: inbox.webUrl, temporalUiUrl };
  }

  /** Undefined before start(). */
  get folder(): Promise<string> | undefined {
    return this.folderMade;
  }

  /**
   * Ends every part, also of a start under way, and removes the folder. What is not ended within `withinMs` ends with our
   * process: the Temporal server has a guard that sees to it.
   */
  async stop(withinMs: number): Promise<void> {
    const ended = this.starting?.then(
      (convoke) => convoke.stop(),
      () => undefined,
    );
    await Promise.race([ended, delay(withinMs, undefined, { ref: false })]);
    const folder = await this.folderMade;
    if (folder !== undefined && !this.options.keep) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

const calendarFile = (folder: string): string => path.join(folder, 'calendar.json');

/** What the user has set for a service of their own is not the demo's; only how to find the Temporal server's binary is. */
function settingsFor({ timeZone, locale, calendar, env }: StackOptions, folder: string): Environment {
  const foreign = (name: string): boolean =>
    name in settingsSchema.shape || (name.startsWith('TEMPORAL_') && name !== 'TEMPORAL_CLI');
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !foreign(name))),
    PORT: '0',
    TEMPORAL_PORT: '0',
    TEMPORAL_UI_PORT: '0',
    SMTP_PORT: '0',
    INBOX_PORT: '0',
    CONVOKE_DATA: folder,
    CONVOKE_TIME_TRAVEL: '1',
    CONVOKE_TIME_ZONE: timeZone,
    CONVOKE_LOCALE: locale,
    ...(calendar === undefined ? {} : { CONVOKE_CALENDAR: calendarFile(folder) }),
    LOG_LEVEL: 'error',
  };
}

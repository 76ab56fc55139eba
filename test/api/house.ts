/** The product without its processes: real Temporal server, real database, real worker and HTTP; mails are kept here. */
import { Client, QueryRejectCondition } from '@temporalio/client';
import { createActivities } from '../../activities/create.js';
import type { OutgoingMail } from '../../activities/ports.js';
import { calendarById } from '../../domain/calendar/index.js';
import type { ApiDeps } from '../../api/deps.js';
import { fastForward, virtualNow } from '../../infra/time-travel.js';
import { createLinks } from '../../render/links.js';
import { linkPages } from '../../web/links.js';
import { searchAttributes } from '../../workflows/contracts.js';
import { startWorker } from '../support/engine.js';
import { testTemporal } from '../support/temporal.js';
import { secret, startApi, type TestApi } from './support.js';
import { openEmptyArchive } from '../support/archive.js';

export interface House extends TestApi {
  client: Client;
  mails: OutgoingMail[];
  /** The one link of the newest mail to somebody, its text part matched by `pattern`. */
  stopWorker(): Promise<void>;
  /** The next mails do not reach the server. */
  failMails(count: number): void;
  startWorker(): Promise<void>;
  /** Goes on until the meeting's own clock shows this. */
  until(meetingId: string, instant: number): Promise<void>;
  waitFor<T>(look: () => Promise<T | undefined | false>): Promise<T>;
}

export async function openHouse(overrides: Partial<ApiDeps> = {}): Promise<House> {
  const archive = await openEmptyArchive();
  const temporal = await testTemporal(searchAttributes);
  const mails: OutgoingMail[] = [];
  let failing = 0;
  const activities = createActivities({
    ports: {
      ...archive,
      transport: {
        send: (mail) =>
          failing-- > 0 ? Promise.reject(new Error('the mail server is away')) : Promise.resolve(void mails.push(mail)),
      },
    },
    links: createLinks({ secrets: [secret], publicUrl: 'http://convoke.test' }),
    from: { name: 'Convoke', address: 'convoke@example.com' },
    log: { warn: () => undefined },
    planning: {
      norms: (at) => archive.norms.at(at),
      calendar: calendarById('TW'),
      timeZone: 'Asia/Taipei',
      locale: 'zh-TW',
    },
  });
  const client = new Client({
    connection: temporal.connection,
    namespace: temporal.namespace,
    workflow: { queryRejectCondition: QueryRejectCondition.NOT_OPEN },
  });
  let worker: { stop(): Promise<void> } | undefined = await startWorker(temporal, activities);
  const api = await startApi({ client, archive, clock: Date.now, ...overrides }, [linkPages]);
  const stopWorker = async (): Promise<void> => {
    await worker?.stop();
    worker = undefined;
  };
  return {
    ...api,
    client,
    mails,
    failMails: (count) => void (failing = count),
    stopWorker,
    startWorker: async () => {
      worker = await startWorker(temporal, activities);
    },
    async until(meetingId, instant) {
      const id = `meeting-${meetingId}`;
      const now = await virtualNow(client, id);
      if (instant > now) await fastForward(client, id, Math.ceil((instant - now) / 1000) + 1);
    },
    async waitFor(look) {
      const deadline = Date.now() + 20_000;
      for (;;) {
        const found = await look();
        if (found !== undefined && found !== false) return found;
        if (Date.now() > deadline) throw new Error('it did not come in time');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    close: async () => {
      await api.close();
      await stopWorker();
      await archive.close();
      await temporal.close();
    },
  };
}

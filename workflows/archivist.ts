import { condition, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import type { AuditEntry } from '../activities/ports.js';
import type { MeetingRun } from './meeting-run.js';

/** One event per burst, and the list is up to date when the answer comes (design §4). */
const quick = proxyLocalActivities<Activities>({
  startToCloseTimeout: '2s',
  scheduleToCloseTimeout: '2s',
  retry: { maximumAttempts: 1 },
});

/** While the database is away: waits for it, for as long as it takes. */
const patient = proxyActivities<Activities>({
  startToCloseTimeout: '20s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

/** Writes what changed into the archive, in bursts, audit included; nothing is written twice and nothing is lost. */
export class Archivist {
  private writing = false;
  /** The initial state is written too: a meeting is in the list as soon as it exists. */
  private writtenRevision = -1;

  constructor(private readonly run: MeetingRun) {}

  get isIdle(): boolean {
    return !this.writing && !this.behind;
  }

  private get behind(): boolean {
    return this.run.audit.length > 0 || this.writtenRevision < this.run.state.revision;
  }

  async work(): Promise<never> {
    for (;;) {
      await condition(() => this.behind);
      this.writing = true;
      await this.write();
      this.writing = false;
    }
  }

  private async write(): Promise<void> {
    const { state } = this.run;
    const audit: AuditEntry[] = [...this.run.audit];
    try {
      await quick.writeView({ state, audit });
    } catch {
      await patient.writeView({ state, audit });
    }
    this.writtenRevision = state.revision;
    this.run.audit = this.run.audit.slice(audit.length);
  }
}

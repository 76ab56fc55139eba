import { condition, workflowInfo } from '@temporalio/workflow';
import type { AuditEntry } from '../activities/ports.js';
import type { MeetingRun } from './meeting-run.js';
import { workflowNow } from './clock.js';

/** Writes what changed into the archive, in bursts, audit included, one event each; the list is up to date when the answer comes (design §4). Nothing is written twice and nothing is lost. */
export class Archivist {
  private writing = false;
  /** The initial state is written too: a meeting is in the list as soon as it exists. */
  private writtenRevision = -1;
  /** Of the last burst; the engine's own clock may go back a little. */
  private at = 0;

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
    this.at = Math.max(this.at, workflowNow());
    const told = { at: this.at, run: workflowInfo().runId, after: this.writtenRevision };
    await this.run.records.write((a) => a.writeView({ state, audit, told }));
    this.writtenRevision = state.revision;
    this.run.audit = this.run.audit.slice(audit.length);
  }
}

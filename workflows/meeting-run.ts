import { setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { AuditEntry } from '../activities/ports.js';
import type { Change, Effect } from '../domain/meeting/effects.js';
import { isEnded } from '../domain/meeting/phases.js';
import type { By, MeetingState } from '../domain/meeting/state.js';
import type { Answer, LedgerEntry, MeetingInput } from './contracts.js';
import type { CommandName } from '../domain/meeting/commands.js';
import { Records } from './records.js';
import { details, upsertChangedAttributes } from './operator.js';
import { workflowNow } from './clock.js';

/** The newest answers that a repeated command finds across continue-as-new (design §3, Idempotency). */
const ledgerSize = 500;
/** Past this many events the meeting goes on in a new run (design §3). */
const defaultHistoryLimit = 2_000;

/** The one mutable thing of a run: the state, and what is still to be done because of it. */
export class MeetingRun {
  state: MeetingState;
  readonly records = new Records();
  /** Effects in order, oldest first; taken out when handed over. */
  outbox: Effect[];
  /** What the archive has not got yet. */
  audit: AuditEntry[];
  /** Set by every change; the timers' loop takes it back. */
  timersDirty = true;
  private ledger: LedgerEntry[];
  private readonly historyLimit?: number;

  constructor(input: MeetingInput) {
    this.state = input.state;
    this.outbox = [...input.outbox];
    this.audit = [...input.audit];
    this.ledger = [...input.ledger];
    this.historyLimit = input.historyLimit;
    setCurrentDetails(details(this.state));
  }

  /** Ended, and no digest is left that tells of it (H2). */
  get isOver(): boolean {
    const { phase, cancelling, timers } = this.state;
    return isEnded(phase) && cancelling === undefined && !timers.some((t) => t.kind === 'digest');
  }

  /** Every change has reached the timers. */
  get isSettled(): boolean {
    return !this.timersDirty;
  }

  get historyIsLong(): boolean {
    const { continueAsNewSuggested, historyLength } = workflowInfo();
    return continueAsNewSuggested || historyLength > (this.historyLimit ?? defaultHistoryLimit);
  }

  /** Assigns what a rule returned and queues what it wants done. */
  apply<R>(change: Change<R>, event: string, by: By, ref?: string, onBehalfOf?: string): R {
    if (change.state === this.state) return change.result;
    this.state = change.state;
    this.outbox.push(...change.effects);
    this.audit.push({
      meetingId: this.state.id,
      revision: this.state.revision,
      at: workflowNow(),
      event,
      person: by.person,
      key: by.key,
      via: by.via,
      onBehalfOf,
      ref,
    });
    this.timersDirty = true;
    upsertChangedAttributes(this.state);
    setCurrentDetails(details(this.state));
    return change.result;
  }

  answered(key: string): LedgerEntry | undefined {
    return this.ledger.find((entry) => entry.key === key);
  }

  remember(key: string, hash: string, answer: Answer<CommandName>): void {
    this.ledger = [...this.ledger, { key, hash, answer }].slice(-ledgerSize);
  }

  /** The next run's input. */
  carryOver(): MeetingInput {
    const { state, outbox, ledger, audit, historyLimit } = this;
    return { state, outbox, ledger, audit, historyLimit };
  }
}

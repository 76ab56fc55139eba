/** Ports of the mail activity in memory: what they were asked, and faults on order. */
import type {
  Department,
  InvitationPort,
  MailClaims,
  MailKey,
  OutgoingMail,
  Person,
  Ports,
} from '../../activities/ports.js';
import type { FollowUp } from '../../domain/series/follow-up.js';

type MailPorts = Pick<
  Ports,
  | 'directory'
  | 'claims'
  | 'invitations'
  | 'surveys'
  | 'minutes'
  | 'inputs'
  | 'analyses'
  | 'series'
  | 'backlog'
  | 'transport'
>;

export interface ClaimRow {
  key: MailKey;
  messageId: string;
  status: 'claimed' | 'sent' | 'failed';
  reason?: string;
  sentAt?: number;
}

const idOf = ({ meetingId, kind, person, occasion }: MailKey): string => [meetingId, kind, person, occasion].join('|');

export class MemoryPorts implements MailPorts {
  readonly rows = new Map<string, ClaimRow>();
  readonly kept = new Map<string, { sequence: number; method: 'REQUEST' | 'CANCEL'; hash: string }>();
  /** What the mail server took, in order. */
  readonly outbox: OutgoingMail[] = [];
  silentPeople: string[] | undefined;
  texts: Record<string, Awaited<ReturnType<Ports['minutes']['load']>>> = {};
  /** Asked before each sending; throws to refuse. */
  onSend: (mail: OutgoingMail) => void | Promise<void> = () => undefined;
  /** Asked before each write of "sent"; throws while the archive is away. */
  onMarkSent: (key: MailKey) => void = () => undefined;
  onClaim: (key: MailKey) => void = () => undefined;

  constructor(
    readonly people: Person[],
    readonly departments: Department[] = [],
  ) {}

  readonly directory: Ports['directory'] = {
    people: (ids) => Promise.resolve(this.people.filter((p) => ids.includes(p.id))),
    departments: (ids) => Promise.resolve(this.departments.filter((d) => ids.includes(d.id))),
    headsUpward: () => Promise.resolve([]),
    unreachable: (ids) =>
      Promise.resolve(ids.filter((id) => this.people.find((p) => p.id === id)?.email === undefined)),
  };

  /** S1: what a test says of the last meeting. */
  followUp: FollowUp | null = null;
  readonly series: Ports['series'] = {
    active: () => Promise.resolve(null),
    made: () => Promise.resolve([]),
    heldBefore: () => Promise.resolve(null),
    followUp: () => Promise.resolve(this.followUp),
  };
  offered: Awaited<ReturnType<Ports['backlog']['offered']>> = [];
  readonly backlog: Ports['backlog'] = {
    put: () => Promise.resolve(),
    withdraw: () => Promise.resolve([]),
    take: () => Promise.resolve([]),
    offered: () => Promise.resolve(this.offered),
  };
  readonly analyses: Ports['analyses'] = { save: () => Promise.resolve('a'), load: () => Promise.resolve({}) };

  readonly claims: MailClaims = {
    claim: async (key, _at, messageId) => {
      await Promise.resolve();
      this.onClaim(key);
      const row = this.rows.get(idOf(key));
      if (row === undefined) this.rows.set(idOf(key), { key, messageId, status: 'claimed' });
      return row === undefined || row.status === 'claimed' ? 'send' : 'done';
    },
    markSent: async (key, at) => {
      await Promise.resolve();
      this.onMarkSent(key);
      const row = this.rows.get(idOf(key));
      if (row) Object.assign(row, { status: 'sent', sentAt: at });
    },
    markFailed: async (key, _at, reason) => {
      await Promise.resolve();
      const row = this.rows.get(idOf(key));
      if (row && row.status !== 'sent') Object.assign(row, { status: 'failed', reason });
    },
  };

  readonly invitations: InvitationPort = {
    next: async (meetingId, person, hash, method) => {
      await Promise.resolve();
      const id = `${meetingId}|${person}`;
      const last = this.kept.get(id);
      if (last?.hash === hash && last.method === method) return { sequence: last.sequence, repeat: true };
      const sequence = last === undefined ? 0 : last.sequence + 1;
      this.kept.set(id, { sequence, hash, method });
      return { sequence, repeat: false };
    },
    current: (meetingId, person) => Promise.resolve(this.kept.get(`${meetingId}|${person}`) ?? null),
  };

  readonly surveys: Ports['surveys'] = {
    open: () => Promise.resolve(),
    close: () => Promise.resolve({ answers: 0 }),
    result: () => Promise.resolve(null),
    silent: (_meeting, people) => Promise.resolve(people.filter((p) => this.silentPeople?.includes(p) ?? true)),
  };

  readonly minutes: Ports['minutes'] = {
    save: () => Promise.resolve('hash'),
    load: (_meeting, hash) => Promise.resolve(this.texts[hash] ?? null),
  };

  readonly inputs: Ports['inputs'] = {
    save: () => Promise.resolve('hash'),
    find: () => Promise.resolve(undefined),
    load: () => Promise.resolve({}),
  };

  readonly transport: Ports['transport'] = {
    send: async (mail) => {
      await this.onSend(mail);
      this.outbox.push(mail);
    },
  };

  /** Of a person's claims: kind, occasion, what became of it. */
  of(person: string): string[] {
    return [...this.rows.values()]
      .filter((r) => r.key.person === person)
      .map((r) => [r.key.kind, r.key.occasion, r.status, r.reason].filter(Boolean).join(' '));
  }

  sentTo(address: string): OutgoingMail[] {
    return this.outbox.filter((m) => m.to.address === address);
  }
}

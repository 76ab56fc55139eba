/**
 * What the activities need from outside. A port's comments are its contract; one suite runs on every adapter. Those that the
 * database serves are defined beside it, in archive/ports.ts.
 * All instants are epoch milliseconds of workflow time unless said otherwise.
 */
import type { AnalysesPort } from '../archive/analyses.js';
import type { Keys } from '../archive/keys.js';
import type { NormProposalsPort } from '../archive/norm-proposals.js';
import type { KnowledgeCare } from '../archive/knowledge-care.js';
import type { ProposalsPort } from '../archive/proposals.js';
import type { ReviewsPort } from '../archive/reviews.js';
import type {
  BacklogPort,
  BallotBoxes,
  DigestPort,
  DirectoryPort,
  FilesPort,
  InvitationPort,
  MailClaims,
  InputsPort,
  MinutesPort,
  SeriesPort,
  StandingPort,
  SurveyBoxes,
  TopicHistoryPort,
  ViewPort,
} from '../archive/ports.js';

export type {
  AuditEntry,
  BacklogPort,
  BallotBoxes,
  Burst,
  Department,
  Digest,
  DigestItem,
  DigestPort,
  DirectoryPort,
  InvitationPort,
  MailClaims,
  MailKey,
  MinutesContent,
  MinutesPort,
  Person,
  SeriesPort,
  StandingPort,
  SurveyBoxes,
  TopicHistoryPort,
  ViewPort,
} from '../archive/ports.js';

/** A rendered mail, ready for the wire. Recipients only as {name, address}: a crafted address string reaches others. */
export interface OutgoingMail {
  to: { name: string; address: string };
  replyTo?: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  messageId: string;
  headers: Record<string, string>;
  calendar?: { method: 'REQUEST' | 'CANCEL'; content: string };
}

export interface MailTransport {
  /**
   * Resolves after the server's 250. Rejects with `permanent: true` when the server refused the recipient or the message for
   * good (5xx); any other rejection may be tried again with the same Message-ID.
   */
  send(mail: OutgoingMail): Promise<void>;
}

export class MailRefused extends Error {
  readonly permanent = true;
}

export interface Ports {
  directory: DirectoryPort;
  claims: MailClaims;
  invitations: InvitationPort;
  digests: DigestPort;
  ballots: BallotBoxes;
  surveys: SurveyBoxes;
  minutes: MinutesPort;
  inputs: InputsPort;
  /** E12: the texts that the minutes show. */
  analyses: AnalysesPort;
  files: FilesPort;
  view: ViewPort;
  backlog: BacklogPort;
  series: SeriesPort;
  standing: StandingPort;
  /** R1 */
  reviews: ReviewsPort;
  /** R2 */
  proposals: ProposalsPort;
  /** Y1 */
  normProposals: NormProposalsPort;
  keys: Pick<Keys, 'administrators'>;
  topics: TopicHistoryPort;
  /** R5 */
  knowledgeCare: Omit<KnowledgeCare, 'queue'>;
  transport: MailTransport;
}

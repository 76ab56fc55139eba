import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import type { Locale, MeetingState, PersonId } from '../../domain/meeting/state.js';
import type { Links } from '../../render/links.js';
import type { MailInput } from '../../render/mail/context.js';
import { NothingToSay } from '../../render/mail/index.js';
import { departmentsOf, peopleOf } from '../../render/names.js';
import type { MailJob, MailSummary } from '../index.js';
import type { Department, MailKey, OutgoingMail, Person, Ports } from '../ports.js';
import { MailRefused } from '../ports.js';

/** What a mail says, for one reader. */
export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  /** Notice, emergency, change, cancellation: the calendar object; `hash` leaves SEQUENCE and DTSTAMP out. */
  invitation?: { method: 'REQUEST' | 'CANCEL'; hash: string; content(sequence: number): string };
}

export interface MailAddress {
  name: string;
  address: string;
}

/** Everything but the job; passed in. */
export interface MailDeps {
  ports: Pick<Ports, 'directory' | 'claims' | 'invitations' | 'surveys' | 'minutes' | 'transport'>;
  render(input: MailInput): Promise<RenderedMail>;
  links: Links;
  from: MailAddress;
  /** H9: every mail goes to this one address only, marked with whom it was for. */
  trialTo?: MailAddress | undefined;
  log: { warn(details: object, message: string): void };
  /** Tells the engine that we live; throws when the activity is to end. */
  heartbeat(done: number): void;
  /** Wall clock milliseconds since this mail was first tried; when over `giveUpMs`, a recipient is given up. */
  sinceScheduledMs(): number;
  sleep(ms: number): Promise<void>;
}

/** After two days of temporary failures a recipient is shown to the host as not reached. */
const giveUpMs = 2 * 24 * 3_600_000;
const atOnce = 4;
type Outcome = keyof MailSummary | 'later';

/** Some recipients are to be tried again; the others have their mail and their claim says so. */
export class TryAgain extends Error {}

/**
 * One mail to everyone it is for (design §7): claimed before sending, with a Message-ID made from the claim's key, so that
 * an attempt after a kill finds who has it. Nobody's failure holds up the others; what can be tried again is, by throwing at
 * the end.
 */
export async function sendMails(deps: MailDeps, job: MailJob): Promise<MailSummary> {
  const summary: MailSummary = { sent: 0, failed: 0, skipped: 0 };
  const cast = await loadCast(deps, job);
  const limit = pLimit(atOnce);
  let done = 0;
  let later = 0;
  const one = async (person: PersonId): Promise<void> => {
    const outcome = await sendTo(deps, job, cast, person);
    if (outcome === 'later') later++;
    else summary[outcome]++;
    deps.heartbeat(++done);
  };
  const recipients = await recipientsOf(deps, job);
  await Promise.all(recipients.map((person) => limit(() => one(person))));
  if (later > 0) throw new TryAgain(`${later} of ${recipients.length} recipients not reached yet`);
  // F5: a count of reminders would say how many had answered.
  return job.effect.mail === 'surveyReminder' ? { sent: 0, failed: 0, skipped: 0 } : summary;
}

/** F5: only who has not answered is reminded; the list never leaves this activity. */
async function recipientsOf({ ports }: MailDeps, { effect, state }: MailJob): Promise<PersonId[]> {
  return effect.mail === 'surveyReminder' ? ports.surveys.silent(state.id, effect.to) : effect.to;
}

/** Names, and the text of the minutes, as they are now: the same for every recipient. */
interface Cast {
  people: Person[];
  departments: Department[];
  minutes: MailInput['minutes'];
}

async function loadCast({ ports }: MailDeps, { effect, state }: MailJob): Promise<Cast> {
  const hash = state.minutes?.hash;
  const [people, departments, minutes] = await Promise.all([
    ports.directory.people([...new Set([...effect.to, ...peopleOf(state)])]),
    ports.directory.departments(departmentsOf(state)),
    hash === undefined ? undefined : ports.minutes.load(state.id, hash),
  ]);
  return { people, departments, minutes: minutes ?? undefined };
}

async function sendTo(deps: MailDeps, job: MailJob, cast: Cast, personId: PersonId): Promise<Outcome> {
  const { effect, state, now } = job;
  const reader = cast.people.find((p) => p.id === personId);
  const key: MailKey = { meetingId: state.id, kind: effect.mail, person: personId, occasion: effect.occasion };
  if (reader?.email === undefined) return unreachable(deps, key, now);
  try {
    const rendered = await deps.render(inputOf(deps, job, cast, reader));
    const { claimed, calendar } = await numbered(deps, key, rendered);
    const messageId = messageIdOf(claimed, deps.from.address);
    if ((await deps.ports.claims.claim(claimed, now, messageId)) === 'done') return 'skipped';
    return await hand(deps, claimed, now, {
      ...addressed(deps, reader, hostOf(state, cast.people), rendered),
      text: rendered.text,
      html: rendered.html,
      messageId,
      ...(calendar === undefined ? {} : { calendar }),
    });
  } catch (error) {
    if (error instanceof NothingToSay) return 'skipped';
    // The archive is away, or the text could not be made: nothing was sent, and the host must learn of it in the end.
    deps.log.warn({ err: error, mail: effect.mail, person: personId }, 'a mail waits');
    return 'later';
  }
}

/** H4: who has no channel is shown to the host. */
async function unreachable({ ports }: MailDeps, key: MailKey, now: number): Promise<Outcome> {
  if ((await ports.claims.claim(key, now, '')) === 'done') return 'skipped';
  await ports.claims.markFailed(key, now, 'noChannel');
  return 'failed';
}

function inputOf(deps: MailDeps, { effect, state, now }: MailJob, cast: Cast, reader: Person): MailInput {
  const locale: Locale = reader.locale ?? state.locale;
  return { effect, state, now, reader, locale, links: deps.links, ...cast };
}

/**
 * Design §7: an invitation is compared with the last content that went to this person; the same content keeps its SEQUENCE
 * and so its claim, which then says whether it went out; another content takes the next one.
 */
async function numbered(
  { ports }: MailDeps,
  key: MailKey,
  { invitation }: RenderedMail,
): Promise<{ claimed: MailKey; calendar?: OutgoingMail['calendar'] }> {
  if (invitation === undefined) return { claimed: key };
  const { method, hash } = invitation;
  const { sequence } = await ports.invitations.next(key.meetingId, key.person, hash, method);
  return {
    claimed: { ...key, occasion: `invite:${sequence}` },
    calendar: { method, content: invitation.content(sequence) },
  };
}

/** The same mail has the same Message-ID, however often it is tried. */
export function messageIdOf({ meetingId, kind, person, occasion }: MailKey, fromAddress: string): string {
  const digest = createHash('sha256').update([meetingId, kind, person, occasion].join('\n')).digest('hex');
  return `<${digest.slice(0, 32)}@${fromAddress.split('@')[1] ?? 'convoke.local'}>`;
}

/** From and envelope in our domain, the host in Reply-To; in trial mode everything to one address (H9). */
function addressed(
  { trialTo }: MailDeps,
  reader: Person,
  host: MailAddress | undefined,
  { subject, headers }: RenderedMail,
): Pick<OutgoingMail, 'to' | 'subject' | 'headers' | 'replyTo'> {
  const to = { name: reader.name, address: reader.email ?? '' };
  const replyTo = host === undefined ? {} : { replyTo: host };
  if (trialTo === undefined) return { to, subject, headers, ...replyTo };
  const marked = `[→ ${reader.name === '' ? to.address : reader.name}] ${subject}`;
  return { to: trialTo, subject: marked, headers: { ...headers, 'X-Convoke-Trial-For': to.address }, ...replyTo };
}

function hostOf(state: MeetingState, people: Person[]): MailAddress | undefined {
  const host = people.find((p) => p.id === (state.actingHost ?? state.host));
  return host?.email === undefined ? undefined : { name: host.name, address: host.email };
}

/** Sends; once the server has it, "sent" is written however long that takes, and never makes the mail go twice. */
async function hand(deps: MailDeps, key: MailKey, now: number, mail: OutgoingMail): Promise<Outcome> {
  try {
    await deps.ports.transport.send(mail);
  } catch (error) {
    return refusedOrLater(deps, key, now, error);
  }
  for (let wait = 200; ; wait = Math.min(wait * 2, 10_000)) {
    try {
      await deps.ports.claims.markSent(key, now);
      return 'sent';
    } catch (error) {
      deps.log.warn({ err: error, mail: key.kind }, 'a mail was sent, its record waits');
      deps.heartbeat(-1);
      await deps.sleep(wait);
    }
  }
}

async function refusedOrLater(deps: MailDeps, key: MailKey, now: number, error: unknown): Promise<Outcome> {
  const reason = error instanceof Error ? error.message : 'unknown';
  if (!(error instanceof MailRefused) && deps.sinceScheduledMs() < giveUpMs) {
    deps.log.warn({ mail: key.kind, person: key.person, reason }, 'a mail is tried again');
    return 'later';
  }
  await deps.ports.claims.markFailed(key, now, reason.slice(0, 300));
  return 'failed';
}

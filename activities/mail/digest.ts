/** H2: one mail per person and day with all that waits for them, whichever meetings it comes from. */
import pLimit from 'p-limit';
import { insideHours } from '../../domain/calendar/index.js';
import type { MeetingState, PersonId } from '../../domain/meeting/state.js';
import { isStillWanted } from '../../domain/meeting/wanted.js';
import { renderDigest } from '../../render/mail/digest.js';
import { domainOf, NothingToSay, trialSubject } from '../../render/mail/index.js';
import { departmentsOf, nameIn, peopleOf } from '../../render/names.js';
import type { ChatMessage } from '../../render/chat.js';
import { channelsOf, ChatRound } from '../chat/round.js';
import { clocksOf } from '../clocks.js';
import type { DigestJob, MailSummary } from '../index.js';
import type { Digest, DigestItem, MailKey, OutgoingMail, Person, Ports } from '../ports.js';
import { MailRefused } from '../ports.js';
import type { MailAddress, MailDeps } from './deps.js';
import { messageIdOf } from './message-id.js';
import { giveUpMs } from './moot.js';
import { reasonOf } from './reasons.js';
import { withMailboxes } from './cast.js';
import { TryAgain } from './send-mails.js';
import { sentForSure } from './sent.js';

const atOnce = 4;
/** Another meeting's worker has claimed the digest and is silent: after this long it is ours to send. */
const takeOverMs = 15 * 60_000;

export type DigestDeps = Omit<MailDeps, 'ports' | 'render'> & {
  ports: MailDeps['ports'] & Pick<Ports, 'digests' | 'view'>;
};

/** How long a digest that has gone out by mail waits for a chat. */
const chatPatienceMs = 2 * 3_600_000;

type Outcome = 'sent' | 'failed' | 'skipped' | 'later';

/**
 * The meetings of a person all come here at the same minute; the first claims everything, the others find nothing left. As
 * with the other mails nobody's failure holds up anybody, and the counts say nothing of what was in the mail.
 */
export async function sendDigests(deps: DigestDeps, job: DigestJob): Promise<MailSummary> {
  const people = await deps.ports.digests.people(job.state.id, job.slot);
  const summary: MailSummary = { sent: 0, failed: 0, skipped: 0 };
  const limit = pLimit(atOnce);
  let later = 0;
  const one = async (person: PersonId): Promise<void> => {
    const outcome = await sendTo(deps, job, person);
    if (outcome === 'later') later++;
    else summary[outcome]++;
    deps.heartbeat(summary.sent + summary.failed + summary.skipped + later);
  };
  await Promise.all(people.map((person) => limit(() => one(person))));
  if (later > 0) throw new TryAgain('some digests are not sent yet');
  return summary;
}

/**
 * H1: a rule that did not know somebody's clock yet took the meeting's, and a server that was away may let the evening come:
 * what waits for a digest waits on.
 */
async function isTheirHour(
  { ports, sinceScheduledMs }: DigestDeps,
  job: DigestJob,
  person: PersonId,
): Promise<boolean> {
  const { state, now } = job;
  const at = now + sinceScheduledMs();
  const own = (await clocksOf(ports.directory, { people: [person], zoneName: state.zone.name, now }))[person];
  return insideHours(own?.calendar ?? state.calendar, own ?? state.zone, at);
}

/** Until nothing of that day is left: an older digest of ours that was never sent goes first. */
async function sendTo(deps: DigestDeps, job: DigestJob, person: PersonId): Promise<Outcome> {
  let outcome: Outcome = 'skipped';
  if (!(await isTheirHour(deps, job, person).catch(() => true))) return 'later';
  for (;;) {
    try {
      const { digests } = deps.ports;
      const takeOver = deps.sinceScheduledMs() > takeOverMs;
      const claimed = await digests.claim(person, job.slot, job.state.id, job.now, takeOver);
      if (claimed === null) return outcome;
      if (claimed === 'elsewhere') return 'later';
      outcome = await send(deps, job, person, claimed);
      if (outcome === 'later') return outcome;
    } catch (error) {
      deps.log.warn({ mail: 'digest', reason: reasonOf(error) }, 'a digest waits');
      return 'later';
    }
  }
}

async function send(deps: DigestDeps, job: DigestJob, person: PersonId, digest: Digest): Promise<Outcome> {
  const { ports, from } = deps;
  const key = { meetingId: '', kind: 'digest' as const, person, occasion: digest.id };
  const messageId = messageIdOf(key, domainOf(from.address));
  const [reader] = await withMailboxes(ports, await ports.directory.people([person]), [person]);
  const chats = reader !== undefined && channelsOf(deps.chat, reader).length > 0;
  if (reader === undefined || (reader.email === undefined && !chats))
    return await giveUp(deps, digest, job.now, 'noChannel');
  const wanted = await stillWanted(deps, job, person, digest.items);
  // What was settled meanwhile is told to nobody; the record is the same, since it would say who had answered a survey (F5).
  if (wanted.length === 0) return await markSent(deps, digest, job.now, messageId);
  const mail = await outgoing(deps, job, reader, digest, wanted);
  if (mail === undefined) return await giveUp(deps, digest, job.now, 'nothingToSay');
  const { message, ...rest } = mail;
  const told = chats ? await byChat(deps, job, reader, key, message) : [];
  const mailed =
    rest.to === undefined
      ? 'none'
      : await byMail(deps, { ...rest, to: rest.to, messageId }, chats ? key : undefined, job.now);
  if (mailed === 'later' || told.includes('later')) return 'later';
  const reached = mailed === 'sent' || told.some((outcome) => ['sent', 'done'].includes(outcome));
  if (reached) return await markSent(deps, digest, job.now, messageId);
  return await giveUp(deps, digest, job.now, mailed === 'none' ? 'refused chat' : mailed);
}

/** F7: before the mail, since neither waits for the other. Who has the mail misses little when the chat stays away. */
function byChat(deps: DigestDeps, job: DigestJob, reader: Person, key: MailKey, message: ChatMessage) {
  const { state, now } = job;
  const chatJob = { effect: { mail: 'digest', to: [reader.id] }, state, now };
  const patience = reader.email === undefined ? {} : { patienceMs: chatPatienceMs };
  return new ChatRound(deps, chatJob, patience).tell(reader, key, message);
}

/**
 * Once: the digest's own record says so; who has chats, too, has a claim for the mail alone (`key`), since the digest stays
 * open until everything is settled. Returns `none`, `sent`, `later`, or why it was given up.
 */
async function byMail(deps: DigestDeps, mail: OutgoingMail, key: MailKey | undefined, now: number): Promise<string> {
  const { claims, transport } = deps.ports;
  if (key !== undefined && (await claims.claim(key, now, mail.messageId)) === 'done') return 'sent';
  try {
    await transport.send(mail);
  } catch (error) {
    const reason = reasonOf(error);
    if (!(error instanceof MailRefused) && deps.sinceScheduledMs() < giveUpMs) {
      deps.log.warn({ mail: 'digest', reason }, 'a digest is tried again');
      return 'later';
    }
    const why = `${error instanceof MailRefused ? 'refused' : 'gaveUp'} ${reason}`;
    if (key !== undefined) await claims.markFailed(key, now, why);
    return why;
  }
  if (key !== undefined) await sentForSure(deps, key, now);
  return 'sent';
}

interface Wanted {
  item: DigestItem;
  state: MeetingState;
}

/** Each meeting as it is now; our own by the workflow, the others by the archive. */
async function stillWanted(
  { ports, sinceScheduledMs }: DigestDeps,
  { state: own, now }: DigestJob,
  person: PersonId,
  items: DigestItem[],
): Promise<Wanted[]> {
  const ids = [...new Set(items.map((i) => i.meetingId))];
  const states = await Promise.all(ids.map((id) => (id === own.id ? Promise.resolve(own) : ports.view.meeting(id))));
  const at = now + sinceScheduledMs();
  const wanted: Wanted[] = [];
  for (const item of items) {
    const state = states[ids.indexOf(item.meetingId)];
    if (!state || !isStillWanted(state, item, person, at)) continue;
    if (item.mail === 'surveyReminder' && (await ports.surveys.silent(state.id, [person])).length === 0) continue;
    wanted.push({ item, state });
  }
  return wanted;
}

/** Undefined when nothing in it can be said any more. */
async function outgoing(
  deps: DigestDeps,
  job: DigestJob,
  reader: Person,
  digest: Digest,
  wanted: Wanted[],
): Promise<(Omit<OutgoingMail, 'messageId' | 'to'> & { to?: MailAddress; message: ChatMessage }) | undefined> {
  const { ports, links, from, trialTo } = deps;
  const states = [...new Set(wanted.map((w) => w.state))];
  const [people, departments] = await Promise.all([
    ports.directory.people([...new Set([reader.id, ...states.flatMap((state) => peopleOf(state))])]),
    ports.directory.departments([...new Set(states.flatMap((state) => departmentsOf(state)))]),
  ]);
  const locale = reader.locale ?? states[0]?.locale ?? 'zh-TW';
  const input = { entries: wanted, slot: digest.slot, now: job.now, reader, locale, people, departments, links, from };
  const rendered = await renderDigest(input).catch((error: unknown) => {
    if (error instanceof NothingToSay) return undefined;
    throw error;
  });
  if (rendered === undefined) return undefined;
  if (reader.email === undefined) return rendered;
  const to = { name: nameIn(locale, reader), address: reader.email };
  const trial = trialTo && { to: trialTo, subject: trialSubject(locale, to, rendered.subject) };
  return { to, ...rendered, ...trial };
}

async function giveUp({ ports }: DigestDeps, digest: Digest, now: number, reason: string): Promise<Outcome> {
  await ports.digests.markFailed(digest.id, now, reason);
  return 'failed';
}

/** Written however long that takes: a digest that the server has never goes twice for want of its record. */
async function markSent(deps: DigestDeps, digest: Digest, now: number, messageId: string): Promise<Outcome> {
  for (let wait = 200; ; wait = Math.min(wait * 2, 10_000)) {
    try {
      await deps.ports.digests.markSent(digest.id, now, messageId);
      return 'sent';
    } catch (error) {
      deps.log.warn({ mail: 'digest', reason: reasonOf(error) }, 'a digest was sent, its record waits');
      deps.heartbeat(-1);
      await deps.sleep(wait);
    }
  }
}

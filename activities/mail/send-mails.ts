import pLimit from 'p-limit';
import type { PersonId } from '../../domain/meeting/state.js';
import { urgencyOf } from '../../domain/meeting/urgency.js';
import { domainOf, NothingToSay } from '../../render/mail/index.js';
import type { RenderedMail } from '../../render/mail/index.js';
import { channelsOf, ChatRound } from '../chat/round.js';
import type { MailJob, MailSummary } from '../index.js';
import type { MailKey, Person } from '../ports.js';
import { MailRefused } from '../ports.js';
import { addressed } from './addressing.js';
import { loadCast } from './cast.js';
import type { Cast } from './cast.js';
import type { MailDeps } from './deps.js';
import { numbered } from './invitations.js';
import type { Numbered } from './invitations.js';
import { messageIdOf } from './message-id.js';
import { expired, giveUpMs, moot } from './moot.js';
import { reasonOf } from './reasons.js';
import { sentForSure } from './sent.js';

export type { MailAddress, MailDeps } from './deps.js';
export type { RenderedMail } from '../../render/mail/index.js';
export { messageIdOf } from './message-id.js';

const atOnce = 4;
type Outcome = 'sent' | 'failed' | 'skipped' | 'digestOnly' | 'later';

/** Some recipients are to be tried again; the others have their mail and their claim says so. */
export class TryAgain extends Error {}

/**
 * One mail to everyone it is for (design §7): claimed before sending, with a Message-ID made from the claim's key, so that
 * an attempt after a kill finds who has it. Nobody's failure holds up the others; what can be tried again is, by throwing at
 * the end. What the error says goes into the history: no name, no address, no count.
 *
 * F7: who has a chat gets the same there. A chat that cannot be reached holds up no mail, nor a mailbox a chat: what is not
 * settled is left to an activity of its own.
 */
export async function sendMails(deps: MailDeps, job: MailJob): Promise<MailSummary> {
  const summary: MailSummary = { sent: 0, failed: 0, skipped: 0 };
  if (moot(job)) return { ...summary, skipped: job.effect.to.length };
  const cast = await loadCast(deps, job);
  const limit = pLimit(atOnce);
  let done = 0;
  let later = 0;
  const digestOnly: PersonId[] = [];
  const round = new ChatRound(deps, job);
  const one = async (person: PersonId): Promise<void> => {
    const outcome = await sendTo(deps, job, cast, person, round);
    if (outcome === 'later') later++;
    else if (outcome === 'digestOnly') digestOnly.push(person);
    else summary[outcome]++;
    deps.heartbeat(++done);
  };
  await Promise.all(job.effect.to.map((person) => limit(() => one(person))));
  if (later > 0) throw new TryAgain('some recipients are not reached yet');
  const chats = round.leftOver(cast.people);
  return {
    ...summary,
    ...(digestOnly.length > 0 ? { digestOnly } : {}),
    ...(chats.length > 0 ? { chats } : {}),
  };
}

async function sendTo(
  deps: MailDeps,
  job: MailJob,
  cast: Cast,
  personId: PersonId,
  round: ChatRound,
): Promise<Outcome> {
  const { effect, state, now } = job;
  const reader = cast.people.find((p) => p.id === personId);
  const key: MailKey = { meetingId: state.id, kind: effect.mail, person: personId, occasion: effect.occasion };
  try {
    if (reader === undefined || (reader.email === undefined && channelsOf(deps.chat, reader).length === 0))
      return await giveUp(deps, key, now, 'noChannel');
    if (expired(job, deps.sinceScheduledMs())) return await giveUp(deps, key, now, 'tooLate');
    // H2: unsubscribed means the digest, not silence; who is tried again and changes their mind meanwhile gets neither twice.
    if (reader.digestOnly === true && urgencyOf(effect) !== 'atOnce') return 'digestOnly';
    if (cast.silent !== undefined && !cast.silent.includes(personId)) {
      await round.tell(reader, key, undefined);
      return await keepSilent(deps, key, now);
    }
    return await deliver(deps, job, cast, key, reader, round);
  } catch (error) {
    return await failedBefore(deps, job, key, error);
  }
}

async function deliver(
  deps: MailDeps,
  job: MailJob,
  cast: Cast,
  key: MailKey,
  reader: Person,
  round: ChatRound,
): Promise<Outcome> {
  const { effect, state, now } = job;
  const locale = reader.locale ?? state.locale;
  const { silent: _, ...told } = cast;
  const { links, from } = deps;
  const rendered = await deps.render({ effect, state, now, reader, locale, ...told, links, from });
  const numberedKey = await numbered(deps.ports, state, key, rendered, now);
  if (numberedKey === 'superseded') return 'skipped';
  const outcome = await mailTo(deps, job, cast.people, reader, rendered, numberedKey);
  await round.tell(reader, numberedKey.claimed, rendered.message);
  return outcome;
}

async function mailTo(
  deps: MailDeps,
  job: MailJob,
  people: Person[],
  reader: Person,
  rendered: RenderedMail,
  { claimed, calendar }: Numbered,
): Promise<Outcome> {
  const { email } = reader;
  // H4: a chat is a channel, too.
  if (email === undefined) return 'skipped';
  const messageId = messageIdOf(claimed, domainOf(deps.from.address));
  if ((await deps.ports.claims.claim(claimed, job.now, messageId)) === 'done') return 'skipped';
  const locale = reader.locale ?? job.state.locale;
  return await hand(deps, claimed, job.now, job, {
    ...addressed(deps, job, { ...reader, email }, people, locale, rendered),
    text: rendered.text,
    html: rendered.html,
    messageId,
    ...(calendar === undefined ? {} : { calendar }),
  });
}

/** H4, design §7: what cannot be delivered is shown to the host. The reason is a code, never an address or a sentence. */
async function giveUp({ ports, from }: MailDeps, key: MailKey, now: number, reason: string): Promise<Outcome> {
  if ((await ports.claims.claim(key, now, messageIdOf(key, domainOf(from.address)))) === 'done') return 'skipped';
  await ports.claims.markFailed(key, now, reason);
  return 'failed';
}

/**
 * F5: who has answered gets no reminder, but the same claim as the others, so that neither the deliveries nor the result
 * of the activity says who had.
 */
async function keepSilent(deps: MailDeps, key: MailKey, now: number): Promise<Outcome> {
  const claim = await deps.ports.claims.claim(key, now, messageIdOf(key, domainOf(deps.from.address)));
  if (claim === 'done') return 'skipped';
  return await markSent(deps, key, now);
}

/** Sends; once the server has it, only the record of it is left to be written. */
async function hand(
  deps: MailDeps,
  key: MailKey,
  now: number,
  job: MailJob,
  mail: Parameters<MailDeps['ports']['transport']['send']>[0],
): Promise<Outcome> {
  try {
    await deps.ports.transport.send(mail);
  } catch (error) {
    const reason = reasonOf(error);
    if (!(error instanceof MailRefused) && deps.sinceScheduledMs() < giveUpMs) {
      deps.log.warn({ ...about(job, key), reason }, 'a mail is tried again');
      return 'later';
    }
    await deps.ports.claims.markFailed(
      key,
      now,
      error instanceof MailRefused ? `refused ${reason}` : `gaveUp ${reason}`,
    );
    return 'failed';
  }
  return await markSent(deps, key, now);
}

async function markSent(deps: MailDeps, key: MailKey, now: number): Promise<Outcome> {
  await sentForSure(deps, key, now);
  return 'sent';
}

/** The archive is away, or the text could not be made: nothing was sent, and the host must learn of it in the end. */
async function failedBefore(deps: MailDeps, job: MailJob, key: MailKey, error: unknown): Promise<Outcome> {
  const hopeless = error instanceof NothingToSay;
  deps.log.warn(
    { ...about(job, key), reason: reasonOf(error) },
    hopeless ? 'a mail has nothing to say' : 'a mail waits',
  );
  if (!hopeless && deps.sinceScheduledMs() < giveUpMs) return 'later';
  return await giveUp(deps, key, job.now, hopeless ? 'nothingToSay' : 'gaveUp').catch((): Outcome => 'later');
}

/** F5: a log that names who was reminded would say who had not answered. */
function about({ effect }: MailJob, { person }: MailKey): object {
  return effect.mail === 'surveyReminder' ? { mail: effect.mail } : { mail: effect.mail, person };
}

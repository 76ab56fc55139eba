import pLimit from 'p-limit';
import type { MailKind } from '../../domain/meeting/effects.js';
import { floorOf } from '../../domain/meeting/floor.js';
import type { MeetingState, PersonId } from '../../domain/meeting/state.js';
import { urgencyOf } from '../../domain/meeting/urgency.js';
import { domainOf, NothingToSay } from '../../render/mail/index.js';
import type { MailInput } from '../../render/mail/index.js';
import { departmentsOf, peopleOf } from '../../render/names.js';
import type { AnalysisTexts } from '../../render/types.js';
import type { MailJob, MailSummary } from '../index.js';
import type { MailKey, Person } from '../ports.js';
import { MailRefused } from '../ports.js';
import { addressed } from './addressing.js';
import type { MailDeps } from './deps.js';
import { numbered } from './invitations.js';
import { messageIdOf } from './message-id.js';
import { lastFollowUp } from '../follow-up.js';
import { expired, giveUpMs, moot } from './moot.js';
import { reasonOf } from './reasons.js';

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
 */
export async function sendMails(deps: MailDeps, job: MailJob): Promise<MailSummary> {
  const summary: MailSummary = { sent: 0, failed: 0, skipped: 0 };
  if (moot(job)) return { ...summary, skipped: job.effect.to.length };
  const cast = await loadCast(deps, job);
  const limit = pLimit(atOnce);
  let done = 0;
  let later = 0;
  const digestOnly: PersonId[] = [];
  const one = async (person: PersonId): Promise<void> => {
    const outcome = await sendTo(deps, job, cast, person);
    if (outcome === 'later') later++;
    else if (outcome === 'digestOnly') digestOnly.push(person);
    else summary[outcome]++;
    deps.heartbeat(++done);
  };
  await Promise.all(job.effect.to.map((person) => limit(() => one(person))));
  if (later > 0) throw new TryAgain('some recipients are not reached yet');
  return digestOnly.length > 0 ? { ...summary, digestOnly } : summary;
}

/** Names, and the text of the minutes, as they are now: the same for every recipient. */
interface Cast extends Pick<
  MailInput,
  'departments' | 'minutes' | 'minutesBefore' | 'inputs' | 'analyses' | 'followUp'
> {
  people: Person[];
  /** F5: only who has not answered is reminded; the list never leaves this activity. */
  silent: PersonId[] | undefined;
}

/** S1: mails that show what became of the last meeting's actions. */
const beforehand: readonly MailKind[] = ['notice', 'emergency', 'change', 'preRead', 'hostBrief'];

async function loadCast({ ports }: MailDeps, { effect, state }: MailJob): Promise<Cast> {
  // M3: a correction's mail is about its own version, even if another has come since.
  const { hash = state.minutes?.hash, beforeHash } = effect.params;
  const textOf = (key: unknown) => (typeof key === 'string' ? ports.minutes.load(state.id, key) : undefined);
  const followUp = beforehand.includes(effect.mail) ? await lastFollowUp(ports, state) : undefined;
  const [minutes, minutesBefore] = await Promise.all([textOf(hash), textOf(beforeHash)]);
  const owned = (followUp ?? minutes?.followUp)?.actions ?? [];
  const written = (state.writtenInputs ?? []).map((w) => w.hash);
  const [known, departments, inputs, silent, analyses] = await Promise.all([
    ports.directory.people([...new Set([...effect.to, ...peopleOf(state), ...owned.map((a) => a.owner)])]),
    ports.directory.departments([...new Set([...departmentsOf(state), ...owned.flatMap((a) => a.department ?? [])])]),
    written.length === 0 ? {} : ports.inputs.load(state.id, written),
    effect.mail === 'surveyReminder' ? ports.surveys.silent(state.id, effect.to) : undefined,
    analysesOf(ports, state, effect.mail),
  ]);
  const people = await withMailboxes(ports, known, effect.to);
  const texts = { minutes: minutes ?? undefined, minutesBefore: minutesBefore ?? undefined, inputs };
  return { people, departments, ...texts, silent, analyses, followUp };
}

/** E12: asked for only where the minutes are told. */
async function analysesOf(
  { analyses }: MailDeps['ports'],
  state: MeetingState,
  mail: MailKind,
): Promise<AnalysisTexts> {
  const written = floorOf(state).analyses;
  if (written.length === 0 || !['minutes', 'draftMinutes', 'confirmMinutes'].includes(mail)) return {};
  const texts = await analyses.load(
    state.id,
    written.map((a) => a.hash),
  );
  return Object.fromEntries(written.map((a) => [a.topicId, texts[a.hash] ?? {}]));
}

/**
 * H4, H6: whose mails go to an assistant's address has that address here; an assistant without one leaves them their own.
 */
export async function withMailboxes(
  { directory }: Pick<MailDeps['ports'], 'directory'>,
  people: Person[],
  readers: PersonId[],
): Promise<Person[]> {
  const through = people.flatMap((p) => (readers.includes(p.id) && p.through !== undefined ? [p.through] : []));
  if (through.length === 0) return people.map(({ through: _, ...p }) => p);
  const assistants = await directory.people([...new Set(through)]);
  return people.map(({ through: id, ...person }) => {
    const email = assistants.find((a) => a.id === id)?.email;
    return id === undefined || email === undefined ? person : { ...person, email, through: id };
  });
}

async function sendTo(deps: MailDeps, job: MailJob, cast: Cast, personId: PersonId): Promise<Outcome> {
  const { effect, state, now } = job;
  const reader = cast.people.find((p) => p.id === personId);
  const key: MailKey = { meetingId: state.id, kind: effect.mail, person: personId, occasion: effect.occasion };
  try {
    if (reader?.email === undefined) return await giveUp(deps, key, now, 'noChannel');
    if (expired(job, deps.sinceScheduledMs())) return await giveUp(deps, key, now, 'tooLate');
    // H2: unsubscribed means the digest, not silence; who is tried again and changes their mind meanwhile gets neither twice.
    if (reader.digestOnly === true && urgencyOf(effect) !== 'atOnce') return 'digestOnly';
    if (cast.silent !== undefined && !cast.silent.includes(personId)) return await keepSilent(deps, key, now);
    return await deliver(deps, job, cast, key, { ...reader, email: reader.email });
  } catch (error) {
    return await failedBefore(deps, job, key, error);
  }
}

async function deliver(
  deps: MailDeps,
  job: MailJob,
  cast: Cast,
  key: MailKey,
  reader: Person & { email: string },
): Promise<Outcome> {
  const { effect, state, now } = job;
  const locale = reader.locale ?? state.locale;
  const { people, departments, minutes, minutesBefore, inputs, analyses, followUp } = cast;
  const { links, from } = deps;
  const texts = { departments, minutes, minutesBefore, inputs, analyses, followUp };
  const rendered = await deps.render({ effect, state, now, reader, locale, people, ...texts, links, from });
  const numberedKey = await numbered(deps.ports, state, key, rendered, now);
  if (numberedKey === 'superseded') return 'skipped';
  const { claimed, calendar } = numberedKey;
  const messageId = messageIdOf(claimed, domainOf(from.address));
  if ((await deps.ports.claims.claim(claimed, now, messageId)) === 'done') return 'skipped';
  return await hand(deps, claimed, now, job, {
    ...addressed(deps, job, reader, people, locale, rendered),
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

/** "Sent" is written however long that takes, and never makes the mail go twice. Ends only with the worker. */
async function markSent(deps: MailDeps, key: MailKey, now: number): Promise<Outcome> {
  for (let wait = 200; ; wait = Math.min(wait * 2, 10_000)) {
    try {
      await deps.ports.claims.markSent(key, now);
      return 'sent';
    } catch (error) {
      deps.log.warn({ mail: key.kind, reason: reasonOf(error) }, 'a mail was sent, its record waits');
      deps.heartbeat(-1);
      await deps.sleep(wait);
    }
  }
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

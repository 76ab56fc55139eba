/** F7: what the sending of a mail left over: messages that wait for the morning (H1), and chats that were away. */
import type { PersonId } from '../../domain/meeting/state.js';
import { NothingToSay } from '../../render/mail/index.js';
import type { MailJob } from '../index.js';
import { loadCast } from '../mail/cast.js';
import type { Cast } from '../mail/cast.js';
import type { MailDeps } from '../mail/deps.js';
import { numbered } from '../mail/invitations.js';
import { expired } from '../mail/moot.js';
import type { MailKey } from '../ports.js';
import { ChatRound } from './round.js';

/** To be called again after so long; undefined: as soon as usual. What the error says goes into the history: no names. */
export class ChatsWait extends Error {
  constructor(readonly afterMs: number | undefined) {
    super('some messages wait');
  }
}

/** Made anew from the same snapshot, since links and texts are kept nowhere; what has changed since is told by its own. */
export async function sendChats(deps: MailDeps, job: MailJob): Promise<void> {
  const cast = await loadCast(deps, job);
  const round = new ChatRound(deps, job, { late: expired(job, (job.waitedMs ?? 0) + deps.sinceScheduledMs()) });
  for (const person of job.effect.to) {
    await tell(deps, job, cast, person, round);
    deps.heartbeat(1);
  }
  if (round.leftOver(cast.people).length > 0) throw new ChatsWait(round.waitMs);
}

async function tell(deps: MailDeps, job: MailJob, cast: Cast, person: PersonId, round: ChatRound): Promise<void> {
  const { effect, state, now } = job;
  const reader = cast.people.find((p) => p.id === person);
  if (reader === undefined) return;
  const key: MailKey = { meetingId: state.id, kind: effect.mail, person, occasion: effect.occasion };
  const { silent, ...told } = cast;
  if (silent !== undefined && !silent.includes(person)) {
    await round.tell(reader, key, undefined);
    return;
  }
  const locale = reader.locale ?? state.locale;
  const { links, from } = deps;
  try {
    const rendered = await deps.render({ effect, state, now, reader, locale, ...told, links, from });
    const numberedKey = await numbered(deps.ports, state, key, rendered, now);
    if (numberedKey !== 'superseded') await round.tell(reader, numberedKey.claimed, rendered.message);
  } catch (error) {
    if (!(error instanceof NothingToSay)) throw error;
  }
}

/** Y1: a year's open proposals by mail to who may answer them: at once, and as a reminder later. */
import { zoneAround } from '../../archive/review-input.js';
import { toLocal } from '../../domain/calendar/index.js';
import { normKeepers } from '../../domain/norms-year.js';
import { normsMail } from '../../render/norms/mail.js';
import type { MailSummary } from '../index.js';
import { sendOwnMails, type OwnMailDeps } from '../mail/of-no-meeting.js';
import type { Planning } from '../plan-series.js';
import type { Person, Ports } from '../ports.js';

export type NormsMailDeps = OwnMailDeps & {
  ports: OwnMailDeps['ports'] & Pick<Ports, 'normProposals' | 'reviews' | 'keys'>;
  planning: Planning;
};

export interface NormsMailJob {
  year: number;
  /** 0: the first mail; from 1 on the reminders. */
  round: number;
  /** Workflow time. */
  now: number;
}

/** `open`: what still waits; nobody is written to when nothing does. */
export async function sendNorms(deps: NormsMailDeps, job: NormsMailJob): Promise<MailSummary & { open: number }> {
  const { ports, planning, links } = deps;
  const { year, round, now } = job;
  const looked = await ports.normProposals.year(year);
  const proposals = (await ports.normProposals.list(year)).filter((p) => p.state === 'open').map((p) => p.proposal);
  const open = proposals.length;
  if (looked === null || open === 0) return { sent: 0, failed: 0, skipped: 0, open };
  const zone = zoneAround(planning.timeZone, now);
  const leaders = await ports.reviews.leaders(toLocal(zone, now).date);
  const to = normKeepers((await planning.norms(now)).pmo, leaders, await ports.keys.administrators());
  if (to.length === 0)
    deps.log.warn(
      { mail: 'norms', year },
      'nobody is asked: no PMO is named, and no key of an administrator has a person',
    );
  const write = async (reader: Person) => {
    const locale = reader.locale ?? planning.locale;
    // H6: what somebody is to decide is not handed on; an assistant's mailbox gets no way to answer.
    const url = (ref?: string) =>
      links.url(
        { purpose: 'norms', person: reader.id, meeting: String(year), ...(ref === undefined ? {} : { ref }) },
        now,
      );
    const urls = new Map(await Promise.all(proposals.map(async ({ id }) => [id, await url(id)] as const)));
    const own = reader.through === undefined ? { all: await url(), of: (id: string) => urls.get(id) } : undefined;
    const terms = { ...looked, reminder: round > 0, zone };
    return { ...normsMail(terms, proposals, { locale, links: own }), locale };
  };
  const sent = await sendOwnMails(deps, { kind: 'norms', occasion: `${year}-${round}`, now, to, write });
  return { ...sent, open };
}

/** Y1: changing the norms: who may, from when on, and what is wrong with it. */
import { addDays, fromLocal, toLocal } from '../../domain/calendar/index.js';
import type { LocalDate } from '../../domain/calendar/index.js';
import { fault, Refusal } from '../../domain/errors.js';
import type { Fault } from '../../domain/errors.js';
import type { Norms } from '../../domain/norms.js';
import { isPmo } from '../../domain/pmo.js';
import { changeFaults, changesAnything, effectiveFaults, withdrawalFaults } from '../../domain/norms-history.js';
import type { NormChange } from '../../domain/norms-history.js';
import type { NormChanges } from '../../domain/norms-check.js';
import type { Principal } from '../auth.js';
import type { Api } from '../context.js';
import { Problem, problem } from '../errors.js';
import { bounds } from '../schemas/base.js';
import type { PutNormsBody } from '../schemas/norms.js';
import { zoneFor } from '../zones.js';

export async function actsAsPmo({ deps }: Api, { actor }: Pick<Principal, 'actor'>): Promise<boolean> {
  return isPmo(actor, (await deps.norms(deps.clock())).pmo);
}

export async function requireNormKeeper(api: Api, principal: Pick<Principal, 'actor'>): Promise<void> {
  if (!(await keepsNorms(api, principal))) problem('Forbidden', 'Y1.notAllowed');
}

/** Administrators and the PMO; a personal link is its person's, whatever keys they have. */
export async function keepsNorms(api: Api, { actor }: Pick<Principal, 'actor'>): Promise<boolean> {
  if (actor.roles.includes('admin') || (await actsAsPmo(api, { actor }))) return true;
  if (actor.via !== 'link' || actor.person === undefined) return false;
  return (await api.deps.archive.keys.administrators()).includes(actor.person);
}

const zoneOf = (api: Api) => zoneFor(api.deps.config.timeZone, api.deps.clock());
const today = (api: Api): LocalDate => toLocal(zoneOf(api), api.deps.clock()).date;

export interface Wanted {
  changes: NormChanges;
  effectiveFrom?: LocalDate | undefined;
  /** What somebody wrote, or which proposal says so. */
  reason?: string;
  because?: NormChange['because'];
  version?: number | undefined;
  proposals?: string[];
}

export async function putNorms(api: Api, principal: Principal, body: PutNormsBody): Promise<void> {
  const { pmo, ...values } = body.changes;
  const who = await resolvedPmo(api, pmo);
  const changes = { ...values, ...(pmo === undefined ? {} : { pmo: who.pmo ?? null }) } as NormChanges;
  await changeNorms(api, principal, { ...body, changes }, who.faults);
}

/** The change that was made; undefined: all of it holds then already. Tried again when somebody else was faster. */
export async function changeNorms(
  api: Api,
  { actor }: Principal,
  { changes, effectiveFrom, reason = '', because, version, proposals = [] }: Wanted,
  faults: Fault[] = [],
): Promise<NormChange | undefined> {
  const { norms } = api.deps.archive;
  const now = api.deps.clock();
  const day = today(api);
  const from = effectiveFrom ?? day;
  const effectiveAt = from === day ? now : fromLocal(zoneOf(api), from, '00:00');
  const { person, key } = actor;
  const by = { ...(person === undefined ? {} : { person }), ...(key === undefined ? {} : { key }) };
  for (let tries = 0; tries < 5; tries++) {
    const history = await norms.history();
    const newest = Math.max(1, ...history.map((c) => c.version));
    if (version !== undefined && version !== newest) problem('Conflict', 'Y1.stale', 'version', { newest });
    const why = { reason, ...(because === undefined ? {} : { because }) };
    const change = { effectiveFrom: from, effectiveAt, changes, ...why, ...by, at: now, proposals };
    const next = { ...change, version: newest + 1 };
    const found = [
      ...(Object.keys(changes).length === 0 ? [fault('Y1.empty', 'changes')] : []),
      ...changeFaults(history, next),
      ...effectiveFaults(from, day, addDays(day, bounds.startDays)),
      ...faults,
    ];
    if (found.length > 0) throw new Problem('BadInput', found);
    if (!changesAnything(history, next)) return undefined;
    const made = await norms.add(change, newest);
    if (made !== null) return made;
  }
  return problem('Conflict', 'S1.busy', '', { id: 'norms' });
}

/** Undoes what is not in force yet. */
export async function withdrawNorms(api: Api, { actor }: Principal, version: number): Promise<void> {
  const { norms } = api.deps.archive;
  const history = await norms.history();
  const found = history.find((c) => c.version === version) ?? problem('NotFound', 'Y1.noSuchVersion', '', { version });
  if (found.withdrawnAt !== undefined) return;
  const faults = withdrawalFaults(history, version);
  if (faults.length > 0) throw new Problem('BadInput', faults);
  const done = await norms.withdraw(version, actor.person ?? actor.key ?? '', api.deps.clock());
  if (!done) problem('Conflict', 'Y1.inForce', '', { version });
}

/** Only who is known: a slip of the pen must not make a new PMO. */
async function resolvedPmo(
  api: Api,
  pmo: PutNormsBody['changes']['pmo'],
): Promise<{ pmo?: Norms['pmo']; faults: Fault[] }> {
  if (pmo === undefined || pmo === null) return { faults: [] };
  const { person, department } = pmo;
  if ((person === undefined) === (department === undefined)) return { faults: [fault('Y1.pmo', 'changes.pmo')] };
  const { directory } = api.deps.archive;
  try {
    if (person !== undefined) return { pmo: { person: await api.known(person, 'changes.pmo.person') }, faults: [] };
    const [row] = await directory.findDepartments([{ ref: department ?? '', path: 'changes.pmo.department' }]);
    return { pmo: { department: row!.id }, faults: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { faults: error.faults };
  }
}

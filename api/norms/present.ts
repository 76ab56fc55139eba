/** Y1: norms and their changes for one reader. */
import type { z } from 'zod';
import { toIso } from '../../domain/calendar/index.js';
import type { Locale } from '../../domain/meeting/state.js';
import { defaultNorms } from '../../domain/norms.js';
import type { Norms } from '../../domain/norms.js';
import { coming, difference, normsAt } from '../../domain/norms-history.js';
import type { NormChange } from '../../domain/norms-history.js';
import { normNames, normTable } from '../../domain/norms-table.js';
import { translator } from '../../locales/index.js';
import { reasonText } from '../../render/norms/text.js';
import type { Api } from '../context.js';
import { Names, present } from '../present/context.js';
import type { normChangeShape, normsShape } from '../schemas/norms.js';
import { zoneFor } from '../zones.js';

type ChangeAnswer = z.output<typeof normChangeShape>;

export async function presentNorms(api: Api, locale: Locale): Promise<z.output<typeof normsShape>> {
  const now = api.deps.clock();
  const history = await api.deps.archive.norms.history();
  const norms = normsAt(history, now);
  const say = translator(locale);
  const zone = zoneFor(api.deps.config.timeZone, now);
  const names = await namesOf(api, history, locale);
  return present({
    version: norms.version,
    newest: Math.max(1, ...history.map((c) => c.version)),
    now: toIso(zone, now),
    norms: normNames.map((name) => ({
      name,
      label: say(`norms.${name}`),
      ...normTable[name],
      value: norms[name],
      default: defaultNorms[name],
    })),
    pmo: norms.pmo === undefined ? undefined : pmoOf(names, norms.pmo),
    coming: coming(history, now).map((c) => changeOf(api, history, c, names, locale)),
  });
}

/** The newest first. */
export async function presentHistory(api: Api, locale: Locale): Promise<ChangeAnswer[]> {
  const history = await api.deps.archive.norms.history();
  const names = await namesOf(api, history, locale);
  return history.map((c) => changeOf(api, history, c, names, locale)).reverse();
}

function changeOf(api: Api, history: NormChange[], c: NormChange, names: Names, locale: Locale): ChangeAnswer {
  const now = api.deps.clock();
  const say = translator(locale);
  const zone = zoneFor(api.deps.config.timeZone, now);
  const shown = (value: unknown): ChangeAnswer['changes'][number]['before'] =>
    typeof value === 'object' && value !== null ? pmoOf(names, value) : (value as number | string | null);
  const { version, effectiveFrom, because, proposals, withdrawnBy } = c;
  return present({
    version,
    state:
      c.withdrawnAt !== undefined
        ? ('withdrawn' as const)
        : c.effectiveAt > now
          ? ('coming' as const)
          : ('inForce' as const),
    effectiveFrom,
    effectiveAt: toIso(zone, c.effectiveAt),
    changes: difference(history, c).map(({ name, before, after }) => ({
      name,
      label: say(`norms.${name}`),
      before: shown(before),
      after: shown(after),
    })),
    reason: because === undefined ? c.reason : reasonText(say, because),
    by: present({ person: names.maybePerson(c.person), key: c.key }),
    at: toIso(zone, c.at),
    proposals,
    withdrawnAt: c.withdrawnAt === undefined ? undefined : toIso(zone, c.withdrawnAt),
    withdrawnBy,
  });
}

const pmoOf = (names: Names, { person, department }: NonNullable<Norms['pmo']>) =>
  present({ person: names.maybePerson(person), department: names.maybeDepartment(department) });

function namesOf(api: Api, history: NormChange[], locale: Locale): Promise<Names> {
  const pmos = history.map((c) => c.changes.pmo);
  const people = [...history.map((c) => c.person), ...pmos.map((p) => p?.person)].filter((p) => p !== undefined);
  const departments = pmos.flatMap((p) => p?.department ?? []);
  return Names.load(api.deps.archive.directory, { people, departments }, locale);
}

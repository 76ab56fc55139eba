/** One import: read the table, ask what it would do, do it. */
import type { FastifyRequest } from 'fastify';
import { fromLocal, toLocal } from '../../domain/calendar/index.js';
import type { Fault } from '../../domain/errors.js';
import { fault, Refusal } from '../../domain/errors.js';
import { importedMeeting, importFaults, mostImported } from '../../domain/meeting/imported.js';
import type { ImportContext, ImportedAction } from '../../domain/meeting/imported.js';
import { translator } from '../../locales/index.js';
import type { Api } from '../context.js';
import { begin } from '../create.js';
import { problem } from '../errors.js';
import { randomId } from '../ids.js';
import { Mentions, lookUp, settle } from '../mentions.js';
import type { Resolved } from '../mentions.js';
import type { ImportKind } from '../schemas/imports.js';
import { zoneFor } from '../zones.js';
import { at, isHeading, readRows } from './columns.js';
import type { ReadTable } from './columns.js';
import { readTable } from './table.js';

export interface Asked {
  kind: ImportKind;
  dryRun: boolean;
  coordinator?: string | undefined;
  title?: string | undefined;
  bytes: Buffer;
}

export interface Done {
  rows: number;
  made: string[];
  changed: string[];
  unchanged: number;
  faults: Fault[];
  meetingId?: string;
}

export async function runImport(api: Api, request: FastifyRequest, asked: Asked): Promise<Done> {
  const table = await readTable(asked.bytes, isHeading(asked.kind));
  if (table.length === 0) problem('BadInput', 'import.empty');
  switch (asked.kind) {
    case 'people':
      return people(api, readRows('people', table), asked);
    case 'departments':
      return departments(api, readRows('departments', table), asked);
    case 'actions':
      return actions(api, request, readRows('actions', table), asked);
  }
}

/** With faults of the table itself the rest is still looked at, but only looked at. */
const dry = ({ dryRun }: Asked, { faults }: ReadTable<unknown>): boolean => dryRun || faults.length > 0;

async function people(api: Api, read: ReturnType<typeof readRows<'people'>>, asked: Asked): Promise<Done> {
  const rows = read.good.map(({ row, value }) => {
    const { name, email, departments, language, timeZone, nameZhTW, nameZhCN, nameEn, ...channels } = value;
    const names = { 'zh-TW': nameZhTW, 'zh-CN': nameZhCN, en: nameEn };
    return {
      row,
      value: {
        name,
        ...(email === undefined ? {} : { email }),
        ...(departments === undefined ? {} : { departments }),
        ...(language === undefined ? {} : { locale: language }),
        ...(timeZone === undefined ? {} : { timeZone }),
        names: given(names),
        channels: given(channels),
      },
    };
  });
  const done = await api.deps.archive.imports.people(rows, { dryRun: dry(asked, read) });
  return told(read, done);
}

const given = <K extends string>(
  record: Partial<Record<K, string | undefined>>,
): Partial<Record<K, string>> & Record<string, string> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Partial<Record<K, string>> &
    Record<string, string>;

async function departments(api: Api, read: ReturnType<typeof readRows<'departments'>>, asked: Asked): Promise<Done> {
  const rows = read.good.map(({ row, value: { name, head, parent, nameZhTW, nameZhCN, nameEn } }) => ({
    row,
    value: {
      name,
      names: given({ 'zh-TW': nameZhTW, 'zh-CN': nameZhCN, en: nameEn }),
      ...(head === undefined ? {} : { head }),
      ...(parent === undefined ? {} : { parent }),
    },
  }));
  const done = await api.deps.archive.imports.departments(rows, { dryRun: dry(asked, read) });
  return told(read, done);
}

function told(
  { good, faults, headings }: ReadTable<unknown>,
  done: {
    made: string[];
    changed: string[];
    unchanged: number;
    faults: { row: number; field: string; fault: Fault }[];
  },
): Done {
  const { made, changed, unchanged } = done;
  const found = done.faults.map((f) => at(f.fault, f.row, f.field, headings));
  return { rows: good.length, made, changed, unchanged, faults: byRow([...faults, ...found]) };
}

const byRow = (faults: Fault[]): Fault[] =>
  [...faults].sort((a, b) => Number(a.params['row'] ?? 0) - Number(b.params['row'] ?? 0));

/** Actions go into one record that is followed up like a meeting's (F1–F3); nobody is mailed for what they know. */
async function actions(
  api: Api,
  request: FastifyRequest,
  read: ReturnType<typeof readRows<'actions'>>,
  asked: Asked,
): Promise<Done> {
  const { good, headings } = read;
  const { clock, config, archive } = api.deps;
  if (good.length > mostImported) problem('BadInput', 'import.tooManyRows', '', { max: mostImported });
  const now = clock();
  const zone = zoneFor(config.timeZone, now);
  const { actor, id: principal } = request.principal;
  const by = {
    ...(actor.person === undefined ? {} : { person: actor.person }),
    key: actor.key ?? principal,
    via: 'api' as const,
  };
  const context: ImportContext = { now, norms: await api.deps.norms(now), calendar: config.calendar, zone, by };
  const coordinator = asked.coordinator ?? actor.person;
  if (coordinator === undefined) problem('BadInput', 'input.required', 'coordinator');
  const faults = [
    ...read.faults,
    ...good.flatMap(({ row, value }) =>
      importFaults({ dueAt: fromLocal(zone, value.due, '18:00') }, context).map((f) => at(f, row, 'due', headings)),
    ),
  ];
  const mentions = mentionsIn(good, coordinator);
  let who: Resolved | undefined;
  try {
    who = await lookUp(archive.directory, mentions);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    faults.push(
      ...error.faults.map((f) =>
        placed(
          f,
          good.map((g) => g.row),
          headings,
        ),
      ),
    );
  }
  const rows = good.length;
  const made = good.map(({ value }) => value.task);
  if (rows === 0 && faults.length === 0) problem('BadInput', 'import.empty');
  const base = { rows, made, changed: [], unchanged: 0, faults: byRow(faults) };
  if (asked.dryRun || faults.length > 0 || who === undefined) return base;
  const real = await settle(archive.directory, mentions, who);
  const person = real.person('coordinator');
  const locale = config.locale;
  const title = asked.title ?? translator(locale)('imports.title', { date: toLocal(zone, now).date });
  const [card] = await archive.directory.people([person]);
  const department =
    card?.departments[0] ??
    real.maybeDepartment(`row[0].department`) ??
    (await archive.directory.ensureDepartment(title)).id;
  const input = {
    id: randomId(),
    title,
    coordinator: person,
    department,
    locale,
    actions: good.map(({ value }, i) => actionOf(value, i, real, zone)),
  };
  const state = await begin(api, importedMeeting(input, context), request.principal);
  return { ...base, meetingId: state.id };
}

type ActionRow = ReturnType<typeof readRows<'actions'>>['good'][number];

function mentionsIn(good: ActionRow[], coordinator: string): Mentions {
  const mentions = new Mentions().person(coordinator, 'coordinator');
  good.forEach(({ value }, i) => {
    mentions.person(value.owner, `row[${i}].owner`).department(value.department, `row[${i}].department`);
    value.supporting?.forEach((d, j) => mentions.department(d, `row[${i}].supporting[${j}]`));
  });
  return mentions;
}

function actionOf(value: ActionRow['value'], i: number, who: Resolved, zone: ImportContext['zone']): ImportedAction {
  const department = who.maybeDepartment(`row[${i}].department`) ?? who.homeOf(`row[${i}].owner`);
  return {
    task: value.task,
    owner: who.person(`row[${i}].owner`),
    dueAt: fromLocal(zone, value.due, '18:00'),
    ...(department === undefined ? {} : { department }),
    supporting: (value.supporting ?? []).map((_, j) => who.department(`row[${i}].supporting[${j}]`)),
  };
}

/** `row[3].owner` of what was looked up → the row of the file. */
function placed(found: Fault, rows: number[], headings: Map<string, string>): Fault {
  const [, index, field = ''] = /^row\[(\d+)\]\.(.+)$/.exec(found.path) ?? [];
  return index === undefined
    ? fault(found.code, found.path, found.params)
    : at(found, rows[Number(index)] ?? 0, field, headings);
}

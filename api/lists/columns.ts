/** The lists as tables: which columns each has, of the rows that its JSON list gives. */
import { hasText, translator, type Translate } from '../../locales/index.js';
import type { Locale } from '../../domain/meeting/state.js';
import type { Cell } from '../../render/table/cells.js';

type Row = Record<string, unknown>;
/** What a cell is made from: the row, and how codes are said. */
type Make = (row: Row, word: (topic: string, code: unknown) => string) => Cell;

export interface List {
  /** The route whose answers these are. */
  path: string;
  /** Whether it comes in pages. */
  paged: boolean;
  columns: readonly (readonly [name: string, make: Make])[];
}

const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
const at = (row: Row, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Row | null | undefined)?.[key], row);

const plain =
  (path: string): Make =>
  (row) => {
    const value = at(row, path);
    return typeof value === 'number' ? value : text(value);
  };
const yes =
  (path: string): Make =>
  (row, word) =>
    word('yes', at(row, path) === true ? 'yes' : 'no');
const coded =
  (topic: string, path: string): Make =>
  (row, word) =>
    word(topic, at(row, path));
const date =
  (path: string): Make =>
  (row) => {
    const value = text(at(row, path));
    return value === '' ? undefined : { date: value.slice(0, 10) };
  };
/** ISO 8601 with an offset: the wall clock of its own place. */
const moment =
  (path: string): Make =>
  (row) => {
    const value = text(at(row, path));
    return value === '' ? undefined : { moment: value.slice(0, 16).replace('T', ' ') };
  };
const names =
  (path: string): Make =>
  (row) =>
    listOf(row, path)
      .map((x) => text(x['name']))
      .join('; ');
const ids =
  (path: string): Make =>
  (row) =>
    listOf(row, path)
      .map((x) => text(x['id']))
      .join(' ');
const listOf = (row: Row, path: string): Row[] => {
  const value = at(row, path);
  return Array.isArray(value) ? (value as Row[]) : [];
};

const id = ['id', plain('id')] as const;
const department = [
  ['department', plain('department.name')],
  ['departmentId', plain('department.id')],
] as const;

export const lists = {
  meetings: {
    path: '/v1/meetings',
    paged: true,
    columns: [
      id,
      ['title', plain('title')],
      ['phase', coded('phase', 'phase')],
      ['kind', coded('kind', 'kind')],
      ['startsAt', moment('startsAt')],
      ['plannedEndAt', moment('plannedEndAt')],
      ['timeZone', plain('timeZone')],
      ['host', plain('host.name')],
      ['hostId', plain('host.id')],
      ['departments', names('departments')],
      ['departmentIds', ids('departments')],
      ['seriesId', plain('seriesId')],
      ['language', plain('locale')],
    ],
  },
  actions: {
    path: '/v1/actions',
    paged: true,
    columns: [
      id,
      ['task', plain('task')],
      ['owner', plain('owner.name')],
      ['ownerId', plain('owner.id')],
      ...department,
      ['supporting', names('supporting')],
      ['status', coded('status', 'status')],
      ['dueDate', date('dueDate')],
      ['firstDueDate', date('firstDueDate')],
      ['missed', plain('missedTotal')],
      ['percent', plain('percent')],
      ['meeting', plain('title')],
      ['meetingId', plain('meeting')],
      ['topicId', plain('topicId')],
    ],
  },
  tasks: {
    path: '/v1/tasks',
    paged: true,
    columns: [
      id,
      ['kind', coded('task', 'kind')],
      [
        'assignee',
        (row) => text(at(row, 'assignee.name')) || text(at(row, 'owner.name')) || text(at(row, 'person.name')),
      ],
      ['assigneeId', (row) => text(at(row, 'assignee.id')) || text(at(row, 'owner.id')) || text(at(row, 'person.id'))],
      ['status', coded('status', 'status')],
      ['dueAt', moment('dueAt')],
      ['about', plain('about')],
      ['meeting', plain('title')],
      ['meetingId', plain('meeting')],
    ],
  },
  series: {
    path: '/v1/series',
    paged: false,
    columns: [
      id,
      ['title', plain('title')],
      ['department', plain('initiator.department.name')],
      ['departmentId', plain('initiator.department.id')],
      ['host', plain('host.name')],
      ['hostId', plain('host.id')],
      ['minutes', plain('durationMinutes')],
      ['participants', (row) => listOf(row, 'participants').length],
      ['timeZone', plain('timeZone')],
      ['next', (row) => moment('startsAt')(listOf(row, 'upcoming')[0] ?? {}, () => '')],
      ['waiting', plain('waiting')],
      ['paused', yes('paused')],
      ['endedAt', moment('endedAt')],
    ],
  },
  people: {
    path: '/v1/people',
    paged: true,
    columns: [
      id,
      ['name', plain('name')],
      ['email', plain('email')],
      ['departments', names('departments')],
      ['departmentIds', ids('departments')],
      ['language', plain('locale')],
      ['timeZone', plain('timeZone')],
      ['reachable', yes('reachable')],
      ['active', yes('active')],
      ['successor', plain('successor.name')],
      ['successorId', plain('successor.id')],
    ],
  },
  departments: {
    path: '/v1/departments',
    paged: true,
    columns: [
      id,
      ['name', plain('name')],
      ['head', plain('head.name')],
      ['headId', plain('head.id')],
      ['acting', plain('acting.person.name')],
      ['parent', plain('parent.name')],
      ['parentId', plain('parent.id')],
      ['closed', yes('closed')],
      ['successor', plain('successor.name')],
      ['successorId', plain('successor.id')],
    ],
  },
  backlog: {
    path: '/v1/backlog',
    paged: false,
    columns: [
      ['topicId', plain('topicId')],
      ['title', plain('title')],
      ...department,
      ['since', moment('since')],
      ['reason', coded('deferral', 'reason')],
      ['carried', plain('carried')],
      ['question', plain('factQuestion')],
      ['brings', plain('brings.name')],
      ['material', plain('bringsMaterial')],
      ['by', date('date')],
      ['meetingId', plain('meetingId')],
      ['seriesId', plain('seriesId')],
    ],
  },
  stories: {
    path: '/v1/stories',
    paged: true,
    columns: [
      id,
      ['title', plain('title')],
      ['text', plain('text')],
      ['author', plain('author.name')],
      ['authorId', plain('author.id')],
      ...department,
      ['at', moment('at')],
      ['meetingId', plain('meetingId')],
    ],
  },
  knowledge: {
    path: '/v1/knowledge',
    paged: true,
    columns: [
      id,
      ['kind', coded('knowledgeKind', 'kind')],
      ['title', plain('title')],
      ['excerpt', plain('excerpt.text')],
      ...department,
      ['at', moment('at')],
      ['author', plain('author.name')],
      ['authorId', plain('author.id')],
      ['owner', plain('ownerPerson.name')],
      ['ownerId', plain('ownerPerson.id')],
      ['ownerDepartment', plain('ownerDepartment.name')],
      ['ownerDepartmentId', plain('ownerDepartment.id')],
      ['reviewOn', date('reviewOn')],
      ['link', plain('link')],
      ['language', plain('locale')],
      ['meetingId', plain('meetingId')],
      ['topicId', plain('topicId')],
      ['seriesId', plain('series')],
    ],
  },
} as const satisfies Record<string, List>;

export type ListName = keyof typeof lists;
export const listNames = Object.keys(lists) as ListName[];

/** The table's words for one reader. */
export function tableOf(name: ListName, locale: Locale): { title: string; head: string[]; row(item: Row): Cell[] } {
  const say: Translate = translator(locale);
  const list: List = lists[name];
  const word = (topic: string, code: unknown): string => {
    if (typeof code !== 'string') return '';
    const own = `lists.${topic}.${code}`;
    const shared = `words.${topic}.${code}`;
    return hasText(locale, own) ? say(own) : hasText(locale, shared) ? say(shared) : code;
  };
  return {
    title: say(`lists.title.${name}`),
    head: list.columns.map(([column]) => say(`lists.column.${column}`)),
    row: (item) => list.columns.map(([, make]) => make(item, word)),
  };
}

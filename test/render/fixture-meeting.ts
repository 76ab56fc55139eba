import type {
  Action,
  Alternate,
  FollowUpTask,
  MeetingState,
  Plan,
  Topic,
  Objection,
} from '../../domain/meeting/state.js';
import type { DepartmentCard, PersonCard } from '../../render/types.js';
import { aMeeting, at, meetingId } from '../support/meeting.js';

const card = (id: string, name: string, more: Partial<PersonCard> = {}): PersonCard => ({
  id,
  name,
  email: `${id}@example.com`,
  ...more,
});

export const people: PersonCard[] = [
  card('p1', '林美玲'),
  card('p2', '王大明'),
  card('p3', '陳怡君'),
  card('p4', '張志豪'),
  card('p5', '黃董事'),
  card('p6', '李承翰'),
  card('p7', 'Alice Wang', { locale: 'en', timeZone: 'America/New_York' }),
  card('p8', '吳淑芬', { locale: 'zh-CN' }),
  card('p9', '周志強'),
  card('p10', '許雅婷'),
  card('p11', 'Bob Smith', { locale: 'en' }),
  card('p12', '何美君'),
];

export const departments: DepartmentCard[] = [
  { id: 'd1', name: '研發部' },
  { id: 'd2', name: '採購部' },
  { id: 'd3', name: '生產部' },
  { id: 'd4', name: 'Acme Inc.' },
];

const [t1, t2, t3] = [`${meetingId}-t1`, `${meetingId}-t2`, `${meetingId}-t3`];

const topic = (topicId: string, order: number, title: string, more: Partial<Topic> = {}): Topic => ({
  topicId,
  title,
  minutes: 15,
  priority: order + 1,
  order,
  materials: [],
  status: 'planned',
  spentMs: 0,
  ...more,
});

/** Three topics with everything an agenda can have. */
export const agenda: Topic[] = [
  topic(t1, 0, '專案 A 交期', {
    department: 'd1',
    presenter: 'p1',
    expectedConclusion: '確認新的交期與里程碑',
    materials: [
      {
        id: `${meetingId}-m1`,
        title: '專案進度表',
        owner: 'p1',
        dueAt: at('2026-01-30', '12:00'),
        link: 'https://files.example.com/plan.xlsx',
      },
    ],
  }),
  topic(t2, 1, '關鍵零件缺料', { department: 'd2', presenter: 'p6', expectedConclusion: '決定是否啟用第二供應商' }),
  topic(t3, 2, '產線人力調度', { department: 'd3', minutes: 20 }),
];

/** P8: p12 is not invited, presents one topic and owes a material of another. */
export const prepared: Topic[] = agenda.map((t, i) => {
  if (i === 2) return { ...t, presenter: 'p12', expectedConclusion: '確認各班人力' };
  const material = {
    id: `${meetingId}-m${i + 5}`,
    title: `缺料清單 ${i + 1}`,
    owner: 'p12',
    dueAt: at('2026-01-30', '12:00'),
  };
  return i === 1 ? { ...t, materials: [material] } : t;
});

const held: Topic[] = [
  {
    ...agenda[0]!,
    status: 'finished',
    outcome: 'decided',
    basis: 'vote',
    conclusion: '交期延後至 3 月 20 日,\n里程碑由研發部每週更新。',
  },
  { ...agenda[1]!, status: 'finished', outcome: 'informed', conclusion: '採購部已取得第二供應商報價。' },
  {
    ...agenda[2]!,
    status: 'finished',
    outcome: 'deferred',
    deferral: {
      reason: 'facts',
      factQuestion: '夜班實際可增加多少人力?',
      department: 'd3',
      bringsMaterial: '近三個月工時統計',
      date: '2026-02-09',
    },
  },
];

const tracked = { percent: 40, notes: [], reports: 0, obstacles: [], missed: 0, missedTotal: 0 };

export const action: Action = {
  ...tracked,
  id: `${meetingId}-a1`,
  task: '完成第二供應商評估報告',
  owner: 'p7',
  department: 'd2',
  supporting: ['d1', 'd3'],
  topicId: t2,
  status: 'open',
  dueAt: at('2026-02-06', '18:00'),
  firstDueAt: at('2026-02-06', '18:00'),
  dues: [
    {
      dueAt: at('2026-02-06', '18:00'),
      setAt: at('2026-02-02', '10:00'),
      by: { person: 'p2', via: 'api' },
      missed: false,
    },
  ],
  createdAt: at('2026-02-02', '10:00'),
  createdBy: { person: 'p2', via: 'api' },
};

/** The same after three misses, with what its owner said. */
export const escalatedAction: Action = {
  ...action,
  status: 'escalated',
  dueAt: at('2026-02-13', '18:00'),
  missed: 3,
  missedTotal: 3,
  dues: [
    { ...action.dues[0]!, missed: true },
    { ...action.dues[0]!, dueAt: at('2026-02-10', '18:00'), missed: true, reason: '等待供應商回覆樣品測試' },
    { ...action.dues[0]!, dueAt: at('2026-02-13', '18:00'), missed: true, reason: 'silence' },
  ],
  obstacles: [
    { at: at('2026-02-09', '09:00'), by: { person: 'p7', via: 'link' }, text: '樣品卡在海關,尚未放行。' },
    { at: at('2026-02-11', '09:00'), by: { person: 'p7', via: 'link' }, text: '測試產線排不進去。' },
  ],
};

/** The same, waiting for another department. */
export const blockedAction: Action = {
  ...action,
  block: {
    department: 'd3',
    note: '等財務部核准加購測試機台的預算。',
    at: at('2026-02-05', '10:00'),
    by: { person: 'p7', via: 'link' },
    asked: 1,
    until: at('2026-02-13', '18:00'),
  },
  obstacles: [
    {
      at: at('2026-02-05', '10:00'),
      by: { person: 'p7', via: 'link' },
      text: '等財務部核准加購測試機台的預算。',
      department: 'd3',
    },
  ],
};

export const plan: Plan = {
  ...tracked,
  id: `${meetingId}-p1`,
  kind: 'improvementPlan',
  reason: 'survey',
  score: 2.4,
  text: '縮短報告時間,資料提前一天寄出。',
  owner: 'p1',
  department: 'd1',
  status: 'open',
  percent: 0,
  dueAt: at('2026-02-12', '18:00'),
  firstDueAt: at('2026-02-12', '18:00'),
  dues: [{ dueAt: at('2026-02-12', '18:00'), setAt: at('2026-02-05', '12:00'), by: { via: 'clock' }, missed: false }],
  createdAt: at('2026-02-05', '12:00'),
  createdBy: { via: 'clock' },
};

const task = (n: number, kind: FollowUpTask['kind'], assignee: string): FollowUpTask => ({
  id: `${meetingId}-q${n}`,
  kind,
  about: action.id,
  assignee,
  asked: 1,
  status: 'open',
  dueAt: at('2026-02-24', '18:00'),
  createdAt: at('2026-02-13', '18:00'),
});

export const talkTask = task(1, 'talk', 'p3');
export const decisionTask: FollowUpTask = { ...task(2, 'escalation', 'p6'), chain: ['p6', 'p5'], step: 0 };

export const stuckTask: FollowUpTask = { ...task(3, 'topicStuck', 'p3'), about: t1, timesCarried: 3 };

/** Before the meeting. */
export function planned(overrides: Partial<MeetingState> = {}): MeetingState {
  return aMeeting({
    phase: 'notice',
    title: '專案 A 跨部門進度協調',
    goal: '確認專案 A 的交期,並決定缺料與人力的處理方式。',
    sharedGoal: '三月底前順利出貨',
    agenda,
    onlineLink: 'https://meet.example.com/a?room=1,2',
    rsvps: { p2: { reply: 'accepted', at: at('2026-01-28', '11:00'), by: { via: 'engine' } } },
    ...overrides,
  });
}

/** After it. */
export function done(overrides: Partial<MeetingState> = {}): MeetingState {
  const base = planned();
  const state = aMeeting({ phase: 'followUp' });
  const { title, goal, sharedGoal, onlineLink, rsvps } = base;
  return {
    ...state,
    title,
    goal,
    ...(sharedGoal === undefined ? {} : { sharedGoal }),
    ...(onlineLink === undefined ? {} : { onlineLink }),
    rsvps,
    agenda: held,
    minutes: { ...state.minutes!, nextMeetingAt: at('2026-02-09', '09:30'), objections: [objection] },
    votes: [
      {
        id: `${meetingId}-v1`,
        topicId: t1,
        motion: '交期延後至 3 月 20 日',
        secret: false,
        status: 'closed',
        electorate: ['p1', 'p2', 'p3', 'p6', 'p7', 'p8', 'p9'],
        required: 5,
        openedAt: at('2026-02-02', '09:45'),
        closedAt: at('2026-02-02', '09:47'),
        complete: true,
        tally: { agree: 5, against: 1, neutral: 1 },
        passed: true,
      },
    ],
    keyPoints: [
      {
        id: `${meetingId}-k1`,
        topicId: t2,
        text: '第二供應商可於兩週內交樣。',
        kind: 'information',
        department: 'd2',
        dueAt: at('2026-02-12', '18:00'),
        at: at('2026-02-02', '10:00'),
        by: { person: 'p4', via: 'api' },
      },
    ],
    actions: [
      action,
      {
        ...action,
        id: `${meetingId}-a2`,
        task: '更新里程碑並公告',
        owner: 'p1',
        department: 'd1',
        supporting: [],
        dueAt: at('2026-02-05', '18:00'),
      },
    ],
    plans: [plan],
    tasks: [talkTask, decisionTask, stuckTask],
    survey: {
      eligible: ['p1', 'p2', 'p7'],
      opensAt: at('2026-02-02', '10:30'),
      closesAt: at('2026-02-05', '10:30'),
      status: 'open',
    },
    ...overrides,
  };
}

/** N3: a key person who has asked for another time. */
export const absence: Alternate = {
  id: `${meetingId}-q9`,
  kind: 'alternate',
  person: 'p6',
  reason: 'declined',
  status: 'open',
  dueAt: at('2026-01-30', '18:00'),
  createdAt: at('2026-01-29', '10:00'),
  asked: 1,
  way: 'otherTime',
  proposedAt: at('2026-02-03', '14:00'),
  comment: '當天出差,次日下午可以。',
};

/** M3: rejected, with the reason. */
export const objection: Objection = {
  id: `${meetingId}-o1`,
  person: 'p7',
  at: at('2026-02-03', '10:00'),
  by: { person: 'p7', via: 'link' },
  text: '交樣時間應為三週。',
  topicId: t2,
  version: 1,
  status: 'rejected',
  asked: 1,
  answerBy: at('2026-02-05', '10:00'),
  answer: { at: at('2026-02-03', '14:00'), by: { person: 'p4', via: 'link' }, reason: '錄音中說的是兩週。' },
};

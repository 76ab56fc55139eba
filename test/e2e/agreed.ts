/** The meeting of these tests: nine people of four departments, eight of them with a vote, and all offices. */
import { aWednesday, taipeiTime } from './meeting.js';

export const wednesday = aWednesday();
export const mail = (name: string): string => `${name}@example.com`;

const seat = (name: string, department: string, role = 'core', more: object = {}) => ({
  email: mail(name),
  name: names[name],
  department,
  role,
  ...more,
});

export const names: Record<string, string> = {
  mei: '林美玲',
  an: '陳安琪',
  bo: '王博文',
  jo: 'Jo Smith',
  ka: '張家豪',
  li: '李立群',
  mo: '莫子謙',
  su: '蘇雅文',
  ob: '歐陽旁聽',
};

/** In whose hands it lies: mei hosts, an coordinates, jo keeps the minutes, ob only observes; vp sponsors, fin is told. */
export const agreed = (title: string, more: Record<string, unknown> = {}) => ({
  title,
  goal: '確認試產時程與人力缺口',
  sharedGoal: '一月底前第一批出貨',
  kind: 'regular',
  issueKind: 'progress',
  startsAt: taipeiTime(wednesday, '09:30'),
  timeZone: 'Asia/Taipei',
  durationMinutes: 60,
  place: '第一會議室',
  locale: 'zh-TW',
  initiator: { department: '研發部', email: mail('mei') },
  host: mail('mei'),
  coordinator: mail('an'),
  recorder: mail('jo'),
  sponsor: mail('vp'),
  participants: [
    seat('mei', '研發部', 'head'),
    seat('an', '品保部', 'core', { key: true }),
    seat('bo', '製造部', 'head', { topics: ['組裝人力'] }),
    seat('jo', '業務部'),
    seat('ka', '製造部'),
    seat('li', '研發部'),
    seat('mo', '品保部', 'support'),
    seat('su', '業務部'),
    seat('ob', '業務部', 'observer'),
  ],
  supportDepartments: [{ name: '財務部', email: mail('fin') }],
  agenda: [
    { title: '下一步', minutes: 5, priority: 3, expectedConclusion: '分工' },
    { title: '組裝人力', minutes: 15, priority: 2, expectedConclusion: '決定人力' },
    { title: '試產開始日', minutes: 20, priority: 1, expectedConclusion: '決定日期', presenter: mail('mei') },
  ],
  ...more,
});

export const voters = ['mei', 'an', 'bo', 'jo', 'ka', 'li', 'mo', 'su'];
export const invited = [...voters, 'ob'].map(mail);

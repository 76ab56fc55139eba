import type { MailEffect, MailKind } from '../../domain/meeting/effects.js';
import type { Locale, MeetingState } from '../../domain/meeting/state.js';
import { createLinks } from '../../render/links.js';
import type { MailInput } from '../../render/mail/index.js';
import { at } from '../support/meeting.js';
import {
  absence,
  action,
  blockedAction,
  decisionTask,
  departments,
  done,
  escalatedAction,
  objection,
  people,
  plan,
  planned,
  prepared,
  stuckTask,
  talkTask,
} from './fixture-meeting.js';

export * from './fixture-meeting.js';

export const publicUrl = 'https://convoke.example.com';
export const links = createLinks({ secrets: ['a secret for the tests of render'], publicUrl });
export const from = { name: 'Convoke', address: 'convoke@mail.example.com' };

const params: Partial<Record<MailKind, MailEffect['params']>> = {
  notice: { replyBy: at('2026-01-30', '10:00') },
  emergency: { replyBy: at('2026-02-02', '09:30') },
  change: { whatChanged: 'time,place', reason: '會議室調整', replyBy: at('2026-01-30', '10:00') },
  cancellation: { reason: '專案暫停' },
  replyReminder: { replyBy: at('2026-01-30', '15:00') },
  replyChanged: { reply: 'declined', before: 'accepted' },
  notOpened: { stage: 1 },
  notHeld: { draft: false },
  draftLimit: { limit: at('2026-02-01', '09:30') },
  alternate: { replyBy: at('2026-01-30', '18:00') },
  confirmMinutes: { dueAt: at('2026-02-03', '10:30') },
  survey: { closesAt: at('2026-02-05', '10:30') },
  surveyReminder: { closesAt: at('2026-02-05', '10:30') },
  missed: { missed: 2, latest: at('2026-03-02', '18:00'), forewarned: true },
  talk: { missed: 1, replyBy: at('2026-02-24', '18:00') },
  pleaseCheck: { acceptedAt: at('2026-02-11', '09:00') },
  escalation: { missed: 3, replyBy: at('2026-02-24', '18:00') },
  decided: { decision: 'extend' },
  improvementPlan: { reason: 'survey', score: 2.4 },
  corrected: { version: 2, before: 1, reason: '人數誤植' },
  objection: { answerBy: at('2026-02-05', '10:00') },
  minutesExtract: { version: 1 },
  reopened: { version: 1, reason: '漏了一個議題' },
  onLeave: { dueAt: at('2026-02-23', '18:00'), was: at('2026-02-06', '18:00'), back: '2026-02-13', silence: false },
  blockAsked: { again: false },
  blocker: { department: 'd3', wantedBy: at('2026-02-13', '18:00') },
  topicStuck: { replyBy: at('2026-02-24', '18:00'), up: false, nobody: false },
};

const refs: Partial<Record<MailKind, string>> = {
  replyChanged: 'r3',
  alternate: absence.id,
  otherTime: absence.id,
  actionReminder: action.id,
  missed: action.id,
  talk: talkTask.id,
  pleaseCheck: action.id,
  escalation: decisionTask.id,
  decided: action.id,
  improvementPlan: plan.id,
  objection: objection.id,
  objectionAnswered: objection.id,
  onLeave: action.id,
  blockAsked: action.id,
  blocker: action.id,
  topicStuck: stuckTask.id,
};

/** Who gets the mail by the rules. */
const readers: Partial<Record<MailKind, string>> = {
  notHeld: 'p1',
  draftLimit: 'p2',
  prepare: 'p12',
  prepareReminder: 'p12',
  prepareOff: 'p12',
  hostBrief: 'p2',
  alternate: 'p6',
  otherTime: 'p2',
  notOpened: 'p1',
  confirmMinutes: 'p4',
  talk: 'p3',
  pleaseCheck: 'p3',
  escalation: 'p6',
  improvementPlan: 'p1',
  minutesExtract: 'p11',
  objection: 'p4',
  blockAsked: 'p3',
  blocker: 'p8',
  topicStuck: 'p3',
};

export const kinds: MailKind[] = [
  'notice',
  'emergency',
  'change',
  'cancellation',
  'notHeld',
  'replyReminder',
  'replyChanged',
  'notOpened',
  'draftLimit',
  'preRead',
  'prepare',
  'prepareReminder',
  'prepareOff',
  'hostBrief',
  'alternate',
  'otherTime',
  'confirmMinutes',
  'minutes',
  'draftMinutes',
  'corrected',
  'objection',
  'objectionAnswered',
  'minutesExtract',
  'reopened',
  'survey',
  'surveyReminder',
  'actionReminder',
  'missed',
  'talk',
  'pleaseCheck',
  'escalation',
  'decided',
  'improvementPlan',
  'onLeave',
  'blockAsked',
  'blocker',
  'topicStuck',
];

function stateFor(kind: MailKind): MeetingState {
  switch (kind) {
    case 'notice':
    case 'change':
    case 'replyReminder':
    case 'replyChanged':
    case 'notOpened':
      return planned();
    case 'draftLimit':
      return planned({ phase: 'preparation', publishedAt: undefined, place: undefined });
    case 'prepare':
    case 'prepareReminder':
      return planned({ agenda: prepared });
    case 'prepareOff':
      return planned({ agenda: prepared, phase: 'cancelled', cancelReason: '專案暫停' });
    case 'preRead':
    case 'hostBrief':
    case 'alternate':
    case 'otherTime':
      return planned({ alternates: [absence] });
    case 'emergency':
      return planned({ kind: 'emergency', emergencyReason: '主要供應商通知延遲出貨' });
    case 'cancellation':
      return planned({ phase: 'cancelled', cancelReason: '專案暫停' });
    case 'notHeld':
      return planned({ phase: 'lapsed' });
    case 'escalation':
      return done({ actions: [escalatedAction] });
    case 'blockAsked':
    case 'blocker':
      return done({ actions: [blockedAction] });
    case 'draftMinutes':
    case 'confirmMinutes': {
      const state = done();
      const { confirmedAt: _, ...unconfirmed } = state.minutes!;
      return { ...state, minutes: unconfirmed };
    }
    default:
      return done();
  }
}

/** Everything for one mail of a kind, as the rules would send it. */
export function mailOf(kind: MailKind, locale: Locale, more: Partial<MailInput> = {}): MailInput {
  const state = more.state ?? stateFor(kind);
  const ref = refs[kind];
  const reader = people.find((p) => p.id === (readers[kind] ?? 'p7'))!;
  const { timeZone: _, ...local } = reader;
  const effect: MailEffect = {
    type: 'mail',
    mail: kind,
    occasion: 'test',
    to: [reader.id],
    params: params[kind] ?? {},
    ...(ref === undefined ? {} : { ref }),
  };
  return {
    effect,
    state,
    now: state.publishedAt ?? state.createdAt,
    reader: local,
    locale,
    people,
    departments,
    links,
    from,
    ...more,
  };
}

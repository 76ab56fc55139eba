import type { preparing as base } from '../zh-TW/preparing.js';

/** Mails to who presents or prepares something without being invited (P3, P8). */
export const preparing: Record<keyof typeof base, string> = {
  materials:
    'Please prepare for this meeting, by {due}: {titles}. You are not on the list of invited people and need not attend.',
  presents:
    'You are asked to present at this meeting: {topics}. You are not on the list of invited people; please come for your topic, and ask the host if you need to be there longer.',
  also: 'Please also prepare, by {due}: {titles}.',
  changed: 'What you were asked for has changed, or its time; this is how it stands now.',
  late: 'We do not have your material yet: {titles} (due {due}). Please hand it in as soon as you can, so that people can read it before the meeting.',
  cancelled: 'The meeting is cancelled; you need not prepare anything for it any more.',
  calledOff: 'The interrupted meeting will not go on; you need not prepare anything for it any more.',
  nothing: 'The agenda has changed; you need not prepare anything for this meeting any more.',
  topics: 'Your topics',
  contact: 'Questions go to the host, {host}.',
};

/** The mails that carry the meeting itself: notice, emergency, change, cancellation (N1, N4, X1). */
import { participantOf } from '../../domain/meeting/people.js';
import { replyBy as defaultReplyBy } from '../../domain/meeting/preparation.js';
import { isInvited } from '../invitees.js';
import type { Link } from '../document.js';
import { fact } from '../document.js';
import { manyLines, oneLine } from '../text.js';
import type { MailBody, MailBuilder, MailContext } from './context.js';
import { flag, instant, textParam } from './context.js';
import {
  agendaSection,
  lastMeeting,
  fileLinks,
  handInSection,
  materialsSection,
  participantsFact,
  placeFacts,
  purposeFacts,
  rolesFact,
  urgencyFact,
} from './parts.js';

/** By when a reply is wanted, as the rule said, else as it would say now; undefined when that is past. */
export function replyLimit(c: MailContext): number | undefined {
  const limit = instant(c, 'replyBy') ?? defaultReplyBy(c.state, c.now);
  return limit > c.now ? limit : undefined;
}

/** N2: three answers, each opening the form with that answer chosen; a GET never changes anything. */
export function replyButtons(c: MailContext): Promise<Link[]> {
  const button = (reply: string): Promise<Link> =>
    c.link(c.say(`mail.button.${reply}`), 'reply', { query: `reply=${reply}` });
  return Promise.all(['accepted', 'declined', 'tentative'].map(button));
}

export async function viewButton(c: MailContext): Promise<Link[]> {
  return [await c.link(c.say('mail.button.view'), 'reply')];
}

async function changeReplyButton(c: MailContext): Promise<Link[]> {
  return [await c.link(c.say('mail.button.changeReply'), 'reply')];
}

const replyOf = (c: MailContext): string | undefined => c.state.rsvps[c.reader.id]?.reply;
const replyWord = (c: MailContext, reply: string): string => c.say(`words.reply.${reply}`);

/** "Reply by": without the second half when it is past. */
function withLimit(c: MailContext, key: string): string {
  const limit = replyLimit(c);
  return limit === undefined ? c.say(`${key}Now`) : c.say(key, { replyBy: c.when.when(limit) });
}

async function asked(c: MailContext, question: string): Promise<Pick<MailBody, 'wanted' | 'buttons'>> {
  const reply = replyOf(c);
  if (reply === undefined) return { wanted: [question], buttons: await replyButtons(c) };
  const answered = c.say('mail.notice.answered', { reply: replyWord(c, reply) });
  const wanted = [c.reader.id === c.state.host ? c.say('mail.notice.host') : answered];
  return { wanted, buttons: await changeReplyButton(c) };
}

async function details(c: MailContext): Promise<Pick<MailBody, 'facts' | 'sections'>> {
  return {
    facts: [...urgencyFact(c), ...placeFacts(c), ...purposeFacts(c), ...rolesFact(c), ...participantsFact(c)],
    sections: [
      ...(await handInSection(c)),
      ...lastMeeting(c),
      agendaSection(c),
      ...materialsSection(c, await fileLinks(c)),
    ],
  };
}

export const notice: MailBuilder = async (c) => {
  const { wanted, buttons } = await asked(c, withLimit(c, 'mail.notice.wanted'));
  const replyBy = c.when.time(replyLimit(c) ?? c.state.startsAt);
  return {
    subject: c.say('subject.notice', { title: c.title, when: c.when.when(c.state.startsAt), replyBy }),
    wanted: [...standingIn(c), ...wanted, c.say('mail.notice.calendar')],
    buttons,
    ...(await details(c)),
  };
};

/** N3: what a delegate takes over. */
function standingIn(c: MailContext): string[] {
  const standsFor = participantOf(c.state, c.reader.id)?.standsFor;
  return standsFor === undefined ? [] : [c.say('mail.notice.delegate', { name: c.names.person(standsFor) })];
}

export const emergency: MailBuilder = async (c) => {
  const { wanted, buttons } = await asked(c, c.say('mail.emergency.wanted'));
  return {
    subject: c.say('subject.emergency', { title: c.title, when: c.when.when(c.state.startsAt) }),
    banner: { tone: 'urgent', text: c.say('mail.emergency.banner') },
    wanted: [...standingIn(c), ...wanted, c.say('mail.notice.calendar')],
    buttons,
    ...(await details(c)),
  };
};

/** `time,place` → "時間、地點"; codes that nobody has named are left out. */
function whatChanged(c: MailContext, codes: string): string {
  const known = ['time', 'place', 'agenda', 'people', 'duration'];
  const words = codes
    .split(',')
    .map((code) => code.trim())
    .filter((code) => known.includes(code))
    .map((code) => c.say(`words.change.${code}`));
  return words.join(c.say('words.comma'));
}

const changeSubject = (c: MailContext, what: string): string =>
  c.say('subject.change', { title: c.title, whatChanged: what, when: c.when.when(c.state.startsAt) });

export const change: MailBuilder = async (c) => {
  if (!isInvited(c.state, c.reader.id)) return removed(c);
  if (flag(c, 'adjourned') || flag(c, 'calledOff')) return adjourned(c);
  const codes = textParam(c, 'whatChanged') ?? '';
  const what = whatChanged(c, codes);
  const reply = replyOf(c);
  const again = withLimit(c, codes.includes('time') ? 'mail.change.replyAgain' : 'mail.notice.wanted');
  const answer = reply === undefined ? again : c.say('mail.change.keep', { reply: replyWord(c, reply) });
  const shown = what === '' ? c.say('mail.change.whatUnknown') : c.say('mail.change.what', { what });
  const body = await details(c);
  return {
    subject: changeSubject(c, what === '' ? c.say('words.change.agenda') : what),
    wanted: [`${shown}\n${answer}`, c.say('mail.change.calendar')],
    buttons: reply === undefined ? await replyButtons(c) : await changeReplyButton(c),
    ...body,
    facts: [...fact(c.say('mail.label.reason'), manyLines(textParam(c, 'reason') ?? '')), ...body.facts],
  };
};

/** E15: the same meeting goes on then, or not at all; nobody is asked to reply again. */
const adjourned: MailBuilder = async (c) => {
  const off = flag(c, 'calledOff');
  const body = await details(c);
  return {
    subject: changeSubject(c, c.say(off ? 'words.change.notResumed' : 'words.change.adjourned')),
    ...(off ? { banner: { tone: 'ended' as const, text: c.say('mail.calledOff.banner') } } : {}),
    wanted: off
      ? [c.say('mail.calledOff.text'), c.say('mail.change.calendar')]
      : [c.say('mail.adjourned.text', { when: c.when.when(c.state.startsAt) }), c.say('mail.change.calendar')],
    buttons: await viewButton(c),
    ...body,
    facts: [...fact(c.say('mail.label.reason'), manyLines(textParam(c, 'reason') ?? '')), ...body.facts],
  };
};

/** N4: somebody taken off the list learns that they need not come; the meeting is not cancelled. */
const removed: MailBuilder = async (c) => ({
  subject: changeSubject(c, c.say('words.change.people')),
  banner: { tone: 'ended', text: c.say('mail.removed.banner') },
  wanted: [removedText(c), c.say('mail.cancellation.calendar')],
  buttons: await viewButton(c),
  facts: fact(c.say('mail.label.host'), c.names.person(c.state.host)),
});

function removedText(c: MailContext): string {
  const delegate = c.state.participants.find((p) => p.standsFor === c.reader.id)?.person;
  return delegate === undefined
    ? c.say('mail.removed.text')
    : c.say('mail.removed.delegated', { name: c.names.person(delegate) });
}

export const cancellation: MailBuilder = async (c) => {
  if (c.state.phase !== 'cancelled') return removed(c);
  const reason = textParam(c, 'reason') ?? c.state.cancelReason ?? '';
  return {
    subject: c.say('subject.cancellation', { title: c.title, when: c.when.when(c.state.startsAt) }),
    banner: { tone: 'ended', text: c.say('mail.cancellation.banner') },
    wanted: [c.say('mail.cancellation.text'), c.say('mail.cancellation.calendar')],
    buttons: await viewButton(c),
    facts: [
      ...fact(c.say('mail.label.reason'), manyLines(reason)),
      ...fact(c.say('mail.label.place'), oneLine(c.state.place ?? '')),
      ...fact(c.say('mail.label.host'), c.names.person(c.state.host)),
    ],
  };
};

/** N2: whether the reader's seat makes their coming or an alternate necessary. */
export const isKey = (c: MailContext): boolean => participantOf(c.state, c.reader.id)?.key === true;

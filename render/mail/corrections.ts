/** M3, H7: corrections, objections and their answers, extracts for external people, a close that was taken back. */
import { objectionsOf } from '../../domain/meeting/corrections.js';
import type { Objection } from '../../domain/meeting/state.js';
import type { Fact } from '../document.js';
import { fact } from '../document.js';
import { amendedSections } from '../minutes/amended.js';
import { changeSections } from '../minutes/changes.js';
import { minutesDifference } from '../minutes-diff.js';
import { minutesDocument } from '../minutes.js';
import { draftMinutes } from '../minutes-draft.js';
import { manyLines, oneLine } from '../text.js';
import type { MailBody, MailBuilder, MailContext } from './context.js';
import { flag, instant, number, textParam } from './context.js';
import { NothingToSay } from './item-parts.js';

const subjectParams = (c: MailContext) => ({ title: c.title, date: c.when.day(c.state.startsAt) });

/** Where the minutes can be read, and until when something can be said against them (M3). */
export async function readingLinks(c: MailContext): Promise<Pick<MailBody, 'buttons' | 'wanted'>> {
  const until = c.state.minutes?.objectionsUntil;
  const open = until !== undefined && until > c.now;
  return {
    buttons: [
      await c.link(c.say('mail.button.readMinutes'), 'minutes'),
      ...(open ? [await c.link(c.say('mail.button.object'), 'objection')] : []),
    ],
    wanted: open ? [c.say('mail.minutes.objections', { until: c.when.when(until) })] : [],
  };
}

/** M3: the difference alone, to everybody who has the version before. */
export const corrected: MailBuilder = async (c) => {
  const { state, minutes, minutesBefore, say, when, names, locale } = c;
  const v = number(c, 'version') ?? state.minutes?.version ?? 0;
  const before = number(c, 'before');
  const made = state.minutes?.versions.find((x) => x.version === v);
  const { buttons, wanted } = await readingLinks(c);
  const changes =
    minutes === undefined || minutesBefore === undefined ? [] : minutesDifference(minutesBefore, minutes, locale);
  const told = before === undefined ? say('mail.corrected.new', { v }) : say('mail.corrected.wanted', { v, before });
  return {
    subject: say('subject.corrected', { ...subjectParams(c), v }),
    wanted: [told, ...wanted],
    buttons,
    facts: [
      ...fact(say('mail.label.reason'), manyLines(textParam(c, 'reason') ?? made?.reason ?? '')),
      ...fact(say('mail.label.correctedBy'), made?.by.person === undefined ? '' : names.person(made.by.person)),
      ...(changes.length > 0 ? fact(say('mail.label.marks'), say('mail.corrected.marks')) : []),
    ],
    sections: [
      ...changeSections(state, changes, say, when),
      ...(before === undefined ? [] : amendedSections(c, before, v)),
    ],
  };
};

function objectionOf(c: MailContext): Objection {
  const found = objectionsOf(c.state).find((o) => o.id === c.effect.ref);
  if (found === undefined) throw new NothingToSay(c.kind, c.effect.ref);
  return found;
}

function objectionFacts(c: MailContext, o: Objection): Fact[] {
  const topic = c.state.agenda.find((t) => t.topicId === o.topicId);
  return [
    ...fact(c.say('mail.label.objectionBy'), o.person === undefined ? '' : c.names.person(o.person)),
    ...fact(c.say('mail.label.topic'), topic === undefined ? '' : oneLine(topic.title)),
    ...fact(c.say('mail.label.objection'), manyLines(o.text)),
    ...fact(c.say('minutes.label.version'), c.say('minutes.version', { v: o.version })),
  ];
}

/** M3: host and recorder are asked: accept, or reject with a reason. */
export const objection: MailBuilder = async (c) => {
  const found = objectionOf(c);
  const replyBy = c.when.when(instant(c, 'answerBy') ?? found.answerBy);
  return {
    subject: c.say('subject.objection', { ...subjectParams(c), replyBy }),
    wanted: [
      c.say('mail.objection.wanted', { replyBy }),
      ...(flag(c, 'again') ? [c.say('mail.objection.again')] : []),
      c.say('mail.objection.how'),
    ],
    buttons: [await c.link(c.say('mail.button.answerObjection'), 'answer', { ref: found.id })],
    facts: objectionFacts(c, found),
  };
};

export const objectionAnswered: MailBuilder = async (c) => {
  const found = objectionOf(c);
  const { status, answer } = found;
  const by = answer?.by.person;
  return {
    subject: c.say('subject.objectionAnswered', subjectParams(c)),
    wanted: [c.say(`mail.objectionAnswered.${status === 'open' ? 'unanswered' : status}`)],
    // The minutes that it was about are no more when the meeting was reopened.
    buttons: status === 'reopened' ? [] : [await c.link(c.say('mail.button.readMinutes'), 'minutes')],
    facts: [
      ...objectionFacts(c, found),
      ...fact(c.say('mail.label.reason'), manyLines(answer?.reason ?? '')),
      ...fact(c.say('mail.label.decidedBy'), by === undefined ? '' : c.names.person(by)),
    ],
  };
};

/** H7: own topics' conclusions and own actions; no list, vote or survey. */
export const minutesExtract: MailBuilder = async (c) => {
  const { state, minutes, locale, reader, cards, say } = c;
  const content = minutes ?? draftMinutes(state);
  const readerZone = reader.timeZone;
  const document = minutesDocument({ state, content, locale, ...cards, readerZone, extractFor: reader.id });
  const { buttons, wanted } = await readingLinks(c);
  return {
    subject: say('subject.minutesExtract', subjectParams(c)),
    wanted: [
      say(number(c, 'before') === undefined ? 'mail.minutesExtract.wanted' : 'mail.minutesExtract.again'),
      ...wanted,
    ],
    buttons,
    facts: document.facts.filter((f) => f.label !== say('mail.label.when')),
    sections: document.sections,
  };
};

/** M3: the close was taken back. */
export const reopened: MailBuilder = async (c) => ({
  subject: c.say('subject.reopened', subjectParams(c)),
  wanted: [c.say('mail.reopened.wanted')],
  buttons: [await c.link(c.say('mail.button.view'), 'reply')],
  facts: fact(c.say('mail.label.reason'), manyLines(textParam(c, 'reason') ?? '')),
});

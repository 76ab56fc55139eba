/** Minutes and survey (M1, M2, F5). */
import { isEnded } from '../../domain/meeting/follow-up/items.js';
import { asksForSuggestions } from '../../domain/meeting/follow-up/survey.js';
import type { Action, MeetingState } from '../../domain/meeting/state.js';
import type { Translate } from '../../locales/index.js';
import type { Item, Section } from '../document.js';
import { fact, items } from '../document.js';
import { amendedSections } from '../minutes/amended.js';
import { changeSections } from '../minutes/changes.js';
import { minutesDifference } from '../minutes-diff.js';
import { minutesDocument } from '../minutes.js';
import type { MinutesDocument } from '../minutes.js';
import type { MailBody, MailBuilder, MailContext } from './context.js';
import { instant, number } from './context.js';
import { readingLinks } from './corrections.js';
import { sentence } from './item-parts.js';
import { whenLines } from './parts.js';

function documentOf(c: MailContext): MinutesDocument {
  const { state, minutes, analyses, locale, reader, cards, inputs } = c;
  return minutesDocument({ state, content: minutes, analyses, locale, ...cards, readerZone: reader.timeZone, inputs });
}

const minutesDue = (c: MailContext): number =>
  instant(c, 'dueAt') ?? c.state.minutes?.dueAt ?? c.state.plannedEndAt + c.state.norms.minutesHours * 3_600_000;

/** M1: recorder at the close and next morning, host in the last working hour. */
export const confirmMinutes: MailBuilder = async (c) => {
  const due = c.when.when(minutesDue(c));
  const lastHour = c.effect.occasion.startsWith('lastHour');
  const document = documentOf(c);
  return {
    subject: c.say('subject.confirmMinutes', { title: c.title, due }),
    wanted: [
      c.say(lastHour ? 'mail.confirmMinutes.lastHour' : 'mail.confirmMinutes.wanted', { due }),
      c.say('mail.confirmMinutes.limit'),
    ],
    buttons: [await c.link(c.say('mail.button.confirm'), 'confirm')],
    facts: [],
    sections: [
      { heading: c.say('mail.heading.draft'), blocks: [{ type: 'facts', facts: document.facts }] },
      ...document.sections,
    ],
  };
};

/** The reader's own actions, each with its link, before everything else. */
async function ownActions(c: MailContext): Promise<{ open: Action[]; section: Section[] }> {
  const open = c.state.actions.filter((a) => a.owner === c.reader.id && !isEnded(a)).sort((a, b) => a.dueAt - b.dueAt);
  if (open.length === 0) return { open, section: [] };
  const list = await Promise.all(
    open.map(async (a): Promise<Item> => ({
      title: sentence(c, a),
      exact: true,
      link: await c.link(c.say('mail.button.progress'), 'progress', { ref: a.id }),
    })),
  );
  return { open, section: [{ heading: c.say('mail.heading.yourActions'), blocks: [items(list)] }] };
}

async function minutesBody(c: MailContext): Promise<Omit<MailBody, 'subject'>> {
  const document = documentOf(c);
  const { open, section } = await ownActions(c);
  const [first] = open;
  const reading = await readingLinks(c);
  const yours = first
    ? c.say('mail.minutes.yours', { count: open.length, due: c.when.when(first.dueAt) })
    : c.say('mail.minutes.nothing');
  const button = first
    ? await c.link(c.say('mail.button.progress'), 'progress', { ref: first.id })
    : await c.link(c.say('mail.button.view'), 'reply');
  return {
    wanted: [yours, ...reading.wanted],
    buttons: [button, ...reading.buttons],
    // The time stands above already.
    facts: document.facts.filter((f) => f.label !== c.say('mail.label.when')),
    sections: [...section, ...sinceDraft(c), ...document.sections],
  };
}

/** M3: who had the draft learns what the confirmation changed. */
function sinceDraft(c: MailContext): Section[] {
  const { state, minutes, minutesBefore, locale, say, when } = c;
  if (minutes === undefined || minutesBefore === undefined) return [];
  const [before, v] = [number(c, 'before'), number(c, 'version')];
  return [
    ...changeSections(state, minutesDifference(minutesBefore, minutes, locale), say, when),
    ...(before === undefined || v === undefined ? [] : amendedSections(c, before, v)),
  ];
}

/** {n} of the subject: what was agreed, but for what was cancelled by a decision since. */
const agreed = (c: MailContext): number => c.state.actions.filter((a) => a.status !== 'cancelled').length;

export const minutes: MailBuilder = async (c) => {
  const body = await minutesBody(c);
  const subject = { title: c.title, date: c.when.day(c.state.startsAt), n: agreed(c) };
  return { ...body, subject: c.say('subject.minutes', subject) };
};

/** M1: at the limit, marked as what it is. */
export const draftMinutes: MailBuilder = async (c) => {
  const body = await minutesBody(c);
  return {
    ...body,
    subject: c.say('subject.draftMinutes', { title: c.title, date: c.when.day(c.state.startsAt) }),
    banner: { tone: 'caution', text: c.say('mail.draftMinutes.banner') },
    wanted: [...body.wanted, c.say('mail.draftMinutes.text')],
  };
};

function surveyBuilder(kind: 'survey' | 'surveyReminder'): MailBuilder {
  return async (c) => {
    const { survey } = c.state;
    const closesAt = instant(c, 'closesAt') ?? survey?.closesAt ?? c.now;
    const closes = c.when.when(closesAt);
    const [held = ''] = whenLines(c);
    const asks = asksForSuggestions(c.state, survey?.eligible.length ?? 0);
    return {
      subject: c.say(`subject.${kind}`, { title: c.title, closes }),
      when: [held],
      wanted: [
        c.say(kind === 'survey' && !asks ? 'mail.survey.wantedScore' : `mail.${kind}.wanted`, { closes }),
        ...surveyRules(c.state, c.say, asks),
        c.say('mail.survey.once'),
      ],
      buttons: [await c.link(c.say('mail.button.survey'), 'survey')],
      facts: fact(c.say('mail.label.by'), c.when.full(closesAt)),
    };
  };
}

/** F5: what is kept and shown, in mail and form alike; too few suggestions wait for the series, where there is one. */
export function surveyRules({ seriesId, norms }: MeetingState, say: Translate, asks: boolean): string[] {
  const { surveyMinForMean: mean, surveyMinForSuggestions: n } = norms;
  if (!asks) return [say('mail.survey.anonymousScore', { mean }), say('forms.survey.notAsked', { n })];
  return [say(seriesId === undefined ? 'mail.survey.anonymousAlone' : 'mail.survey.anonymous', { mean, n })];
}

/** F5: anonymous, one minute, with the rule from how many answers suggestions are shown. */
export const survey = surveyBuilder('survey');
export const surveyReminder = surveyBuilder('surveyReminder');

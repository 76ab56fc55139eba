import type { MeetingAnswer } from '../../api/schemas/answers.js';
import { lastWorkingHourBefore, nextWorkingDay } from '../../domain/calendar/index.js';
import { defaultNorms } from '../../domain/norms.js';
import { tellOutcomes } from './changes.js';
import type { Mail } from './mailbox.js';
import { kindOf } from './people.js';
import { StoryProblem } from './problems.js';
import type { Stage } from './stage.js';
import type { TaleKey } from './words.js';

const minute = 60_000;
/** Well below 3 on average, whoever answers first. */
const scores = [2, 3, 2, 4, 2, 3, 2, 3];
const suggestions: TaleKey[] = ['suggestion.1', 'suggestion.2', 'suggestion.3', 'suggestion.4', 'suggestion.5'];

/**
 * M1, F5: the recorder is told and reminded, the survey goes round, the minutes are confirmed by link. Answers how the
 * meeting stood before anybody had answered the survey.
 */
export async function minutesAct(stage: Stage): Promise<MeetingAnswer> {
  const { say } = stage.words;
  stage.props.teller.heading(say('act.minutes'));
  const meeting = await stage.meeting();
  const { minutes, closedAt = '' } = meeting;
  const due = stage.moment(Date.parse(minutes?.dueAt ?? ''));
  stage.tellAt(Date.parse(closedAt), say('minutesDrafted', { name: stage.cast.recorder.name, due }));
  const mails = await stage.tellMails();
  await stage.step('step.survey', () => answerSurvey(stage, mails));
  await stage.step('step.minutes', () => confirmMinutes(stage));
  return meeting;
}

/** Most answer the same day; two leave it for later, where there are enough. */
async function answerSurvey(stage: Stage, mails: Mail[]): Promise<void> {
  await stage.pass(90);
  const before = await stage.meeting();
  const asked = mails.filter((mail) => kindOf(mail.subject) === 'survey');
  const now = asked.length > 4 ? asked.slice(0, -2) : asked;
  for (const [i, mail] of now.entries()) await answer(stage, mail, i);
  if (now.length > 0) await stage.tell(stage.words.say('surveyAnswered', { count: now.length }));
  await tellOutcomes(stage, before);
}

/** F5: a score, and from the first few a suggestion. */
export async function answer(stage: Stage, mail: Mail, n: number, happy = false): Promise<void> {
  const suggestion = happy ? undefined : suggestions[n];
  const score = String(happy ? 4 + (n % 2) : scores[n % scores.length]);
  // F5: where it could never be shown, it is not asked for.
  const more: Record<string, string> = suggestion === undefined ? {} : { suggestion: stage.words.line(suggestion) };
  await stage.people.fillIn(mail, { score }, more);
}

async function confirmMinutes(stage: Stage): Promise<void> {
  await untilReminded(stage, await stage.meeting());
  await confirmedBy(stage, 'summary');
}

export async function confirmedBy(stage: Stage, summary: TaleKey): Promise<void> {
  const { say, line } = stage.words;
  const { recorder } = stage.cast;
  const mail = stage.people.mailFor(recorder, ['confirmMinutes']);
  await stage.people.fillIn(mail, { summary: line(summary), do: 'confirm' });
  await stage.tell(say('minutesConfirmed', { name: recorder.name }));
  await stage.tellMails();
  await expectPhase(stage, 'followUp');
}

/** The recorder is reminded the next morning; where the limit comes before, the host is in its last working hour. */
async function untilReminded(stage: Stage, meeting: MeetingAnswer): Promise<void> {
  const { say } = stage.words;
  const { calendar, zone } = stage.props;
  const dueAt = Date.parse(meeting.minutes?.dueAt ?? '');
  const morning = stage.at(nextWorkingDay(calendar, stage.dateAt(stage.now)), defaultNorms.minutesReminderAt);
  const reminded = morning < dueAt;
  const at = reminded ? morning : lastWorkingHourBefore(calendar, zone, dueAt);
  if (at <= stage.now) return;
  await stage.goTo(at + minute);
  const { recorder, host } = stage.cast;
  const told = reminded ? say('minutesReminded', { name: recorder.name }) : say('minutesLastHour', { name: host.name });
  await stage.tell(told);
  await stage.tellMails();
  await stage.pass(5);
}

export async function expectPhase(stage: Stage, phase: MeetingAnswer['phase']): Promise<void> {
  const found = (await stage.meeting()).phase;
  const { say } = stage.words;
  if (found !== phase) throw new StoryProblem(say('expect.phase', { phase }), say('expect.phase', { phase: found }));
}

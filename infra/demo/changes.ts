import type { ActionAnswer, MeetingAnswer, TaskAnswer } from '../../api/schemas/answers.js';
import type { Instant } from '../../domain/calendar/index.js';
import type { MailKind } from './people.js';
import type { Stage } from './stage.js';
import type { Colour } from './teller.js';
import type { DemoKey } from './words.js';

/** Something that time brought about, with the mails that belong to it. */
export interface Change {
  at: Instant;
  text: string;
  colour?: Colour;
  mails: MailKind[];
}

/** What time made of a meeting between two looks, oldest first. */
export function changesBetween(stage: Stage, before: MeetingAnswer, after: MeetingAnswer): Change[] {
  const actions = after.actions.flatMap((action) => {
    const earlier = before.actions.find((a) => a.id === action.id);
    return earlier === undefined ? [] : actionChanges(stage, earlier, action);
  });
  const changes = [...actions, ...outcomes(stage, before, after), ...plansDone(stage, before, after)];
  return changes.sort((a, b) => a.at - b.at);
}

/** What may also follow at once from what people did: the survey is complete, a plan is wanted. */
function outcomes(stage: Stage, before: MeetingAnswer, after: MeetingAnswer): Change[] {
  return [...surveyChange(stage, before, after), ...plansRaised(stage, before, after)];
}

/** What the clock gives as the reason for a date that it sets (F2). */
const bySilence = 'silence';
const missedKeys: DemoKey[] = ['missed1', 'missed2', 'missed3'];

function actionChanges(stage: Stage, before: ActionAnswer, after: ActionAnswer): Change[] {
  const { say } = stage.words;
  const task = say('quoted', { text: after.task });
  const changes: Change[] = [];
  if (after.missedTotal > before.missedTotal) {
    const last = after.dues.findLast((d) => d.missed);
    changes.push({
      at: Date.parse(last?.dueAt ?? after.dueAt),
      text: say(missedKeys[after.missed - 1] ?? 'missed3', { task }),
      colour: 'red',
      mails: ['missed', 'escalation'],
    });
  }
  if (after.dues.length > before.dues.length && after.dues.at(-1)?.reason === bySilence) {
    const at = Date.parse(after.dues.at(-1)?.setAt ?? after.dueAt);
    const text = say('clockSetsDate', { task, due: stage.day(after.dueDate) });
    changes.push({ at, text, colour: 'yellow', mails: ['dueMoved'] });
  }
  if (before.status !== 'done' && after.status === 'done' && !stage.checked.has(after.id)) {
    const text = say('acceptedBySilence', { task });
    changes.push({ at: Date.parse(after.endedAt ?? ''), text, colour: 'green', mails: [] });
  }
  return changes;
}

/** Tells what followed from what people just did, and the mails that were set off. */
export async function tellOutcomes(stage: Stage, before: MeetingAnswer): Promise<void> {
  const mails = await stage.newMails();
  for (const { at, text, colour } of untold(stage, outcomes(stage, before, await stage.meeting())))
    stage.tellAt(at, text, colour);
  stage.showMails(mails);
}

/** Each change once, whoever comes to tell it first. */
export function untold(stage: Stage, changes: Change[]): Change[] {
  const fresh = changes.filter(({ text }) => !stage.told.has(text));
  for (const { text } of fresh) stage.told.add(text);
  return fresh;
}

function surveyChange({ words, now }: Stage, before: MeetingAnswer, { survey }: MeetingAnswer): Change[] {
  if (survey?.status !== 'published' || before.survey?.status === 'published') return [];
  const { answers = 0, mean, closesAt } = survey;
  const text =
    mean === undefined
      ? words.say('surveyPublishedFew', { answers })
      : words.say('surveyPublished', { answers, mean: mean.toFixed(1) });
  return [{ at: Math.min(Date.parse(closesAt), now), text, mails: [] }];
}

const plansOf = (meeting: MeetingAnswer): TaskAnswer[] => meeting.tasks.filter((t) => t.kind === 'improvementPlan');

function plansRaised(stage: Stage, before: MeetingAnswer, after: MeetingAnswer): Change[] {
  const known = plansOf(before).map((plan) => plan.id);
  const raised = plansOf(after).filter((plan) => !known.includes(plan.id));
  return raised.map((plan) => {
    const key = after.survey?.mean === plan.score ? 'planRaised' : 'planRaisedEffectiveness';
    const due = stage.day(stage.dateAt(Date.parse(plan.dueAt)));
    const text = stage.words.say(key, { score: plan.score?.toFixed(1) ?? '', name: plan.assignee?.name ?? '', due });
    return { at: Date.parse(plan.createdAt), text, colour: 'yellow', mails: ['improvementPlan'] };
  });
}

/** F1: also accepted by silence. */
function plansDone(stage: Stage, before: MeetingAnswer, after: MeetingAnswer): Change[] {
  const open = plansOf(before).filter((plan) => plan.status !== 'done' && !stage.checked.has(plan.id));
  const done = plansOf(after).filter((plan) => plan.status === 'done' && open.some((p) => p.id === plan.id));
  return done.map(({ endedAt = '' }) => ({
    at: Date.parse(endedAt),
    text: stage.words.say('planDone'),
    colour: 'green',
    mails: [],
  }));
}

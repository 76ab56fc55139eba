import type { ActionAnswer, MeetingAnswer } from '../../api/schemas/answers.js';
import { daysBetween } from '../../domain/calendar/index.js';
import type { Instant } from '../../domain/calendar/index.js';
import { expectPhase } from './minutes.js';
import type { Stage } from './stage.js';

/** F6 and the end: what the meeting was worth, what became of its actions, what waits for the next one if none took it. */
export async function ending(stage: Stage, taken = false): Promise<Instant> {
  const { say, list } = stage.words;
  stage.props.teller.heading(say('act.end'));
  stage.doing = say('step.end');
  await expectPhase(stage, 'closed');
  const meeting = await stage.meeting();
  const endedAt = Date.parse(meeting.endedAt ?? meeting.now);
  stage.tellAt(endedAt, say('closedAll'), 'green');
  stage.detail(worth(stage, meeting));
  for (const action of meeting.actions) stage.detail(actionLine(stage, action), 'blue');
  const carried = meeting.agenda.filter((t) => t.outcome === 'deferred').map((t) => t.title);
  if (carried.length > 0 && !taken) stage.detail(say('carriedOver', { titles: list(carried) }), 'yellow');
  return endedAt;
}

/** F6: ½·mean + ½·(1 + 4·completion). */
function worth(stage: Stage, { effectiveness, survey, actions }: MeetingAnswer): string {
  const { say } = stage.words;
  if (typeof effectiveness !== 'number') return say('notRated');
  const counted = actions.filter((a) => a.cancelledByDecision !== true);
  const score = effectiveness.toFixed(1);
  if (survey?.mean === undefined || counted.length === 0) return say('effectivenessOnly', { score });
  const inTime = counted.filter((a) => a.status === 'done' && (a.reportedAt ?? '').slice(0, 10) <= a.firstDueDate);
  const completion = `${Math.round((100 * inTime.length) / counted.length)} %`;
  return say('effectiveness', { score, mean: survey.mean.toFixed(1), completion });
}

function actionLine(stage: Stage, { text, missedTotal }: ActionAnswer): string {
  const { say } = stage.words;
  return missedTotal > 0 ? say('actionEndMissed', { text, missed: missedTotal }) : text;
}

export function figures(stage: Stage, began: Instant, endedAt: Instant, seconds: number): string {
  const { all } = stage.props.mailbox;
  const [from, to] = [stage.dateAt(began), stage.dateAt(endedAt)];
  return stage.words.say('figures', {
    days: daysBetween(from, to),
    from: stage.day(from),
    to: stage.day(to),
    seconds: seconds.toFixed(1),
    mails: all.length,
    people: new Set(all.map((mail) => mail.to.address)).size,
  });
}

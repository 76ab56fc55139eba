import type { MeetingAnswer } from '../../../api/schemas/answers.js';
import type { Instant } from '../../../domain/calendar/index.js';
import { translator } from '../../../locales/index.js';
import { ending } from '../ending.js';
import { expectPhase } from '../minutes.js';
import type { Stage } from '../stage.js';

interface TopicLife {
  title: string;
  meetings: { startsAt: string; outcome?: string; basis?: string }[];
}

/** What each meeting was worth, and what became of the topic that went through two of them. Answers when all was over. */
export async function summingUp(stages: Stage[], seriesId: string): Promise<Instant> {
  const [first] = stages;
  if (first === undefined) throw new Error('a story without meetings');
  const { say } = first.words;
  const ended = await ending(first, true);
  first.doing = say('step.sum');
  const meetings: MeetingAnswer[] = [];
  for (const stage of stages) {
    await stage.goTo(ended);
    await stage.newMails();
    await expectPhase(stage, 'closed');
    meetings.push(await stage.meeting());
  }
  first.tellAt(ended, say('seasonEnded', { count: meetings.length }), 'green');
  for (const meeting of meetings) first.detail(worth(first, meeting));
  await topicLife(first, meetings[0]);
  await waiting(first, seriesId);
  return ended;
}

const dayOf = (stage: Stage, iso: string): string => stage.day(stage.dateAt(Date.parse(iso)));

function worth(stage: Stage, { startsAt, title, effectiveness }: MeetingAnswer): string {
  const { say } = stage.words;
  const when = dayOf(stage, startsAt);
  return typeof effectiveness === 'number'
    ? say('meetingWorth', { when, title, score: effectiveness.toFixed(1) })
    : say('meetingUnrated', { when, title });
}

async function topicLife(stage: Stage, meeting: MeetingAnswer | undefined): Promise<void> {
  const { say } = stage.words;
  const carried = meeting?.agenda.find((t) => t.outcome === 'deferred');
  if (carried === undefined) return;
  const life = await stage.props.api.get<TopicLife>(`/v1/topics/${carried.topicId}`);
  stage.detail(say('topicLife', { title: life.title }));
  const word = translator(stage.props.locale);
  for (const { startsAt, outcome = '', basis } of life.meetings) {
    const plain = word(`words.outcome.${outcome}`);
    const told =
      basis === undefined ? plain : say('outcomeWithBasis', { outcome: plain, basis: word(`words.basis.${basis}`) });
    stage.detail(say('topicThen', { when: dayOf(stage, startsAt), outcome: told }), 'blue');
  }
}

async function waiting(stage: Stage, seriesId: string): Promise<void> {
  const { say, list } = stage.words;
  const { items } = await stage.props.api.get<{ items: { title: string }[] }>(`/v1/backlog?series=${seriesId}`);
  const titles = list(items.map((t) => t.title));
  if (items.length === 0) stage.detail(say('nothingWaits'), 'green');
  else stage.detail(say('carriedOver', { titles }), 'yellow');
}

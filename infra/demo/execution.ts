import type { MeetingAnswer, TopicAnswer } from '../../api/schemas/answers.js';
import type { ReadBack } from '../../domain/meeting/commands.js';
import type { Instant } from '../../domain/calendar/index.js';
import { lastWorkingDayBefore } from '../../domain/calendar/index.js';
import type { Outcome } from '../../domain/meeting/state.js';
import { defaultNorms } from '../../domain/norms.js';
import { translator } from '../../locales/index.js';
import { agreeActions } from './agreements.js';
import type { Api } from './api.js';
import { kindOf } from './people.js';
import type { Stage } from './stage.js';
import { type Ballots, takeVote } from './voting.js';

const minute = 60_000;
/** Minutes by which the host extends, and how long a meeting may be so that this is still possible (P2). */
const extension = 10;
const longestToExtend = defaultNorms.durationCapMinutes - 2 * extension;

/** E: opening, roll call, topics with votes and key points, actions, and the close with its read-back. */
export async function executionAct(stage: Stage): Promise<void> {
  const meeting = await stage.meeting();
  const startsAt = Date.parse(meeting.startsAt);
  await stage.goTo(startsAt - 8 * minute);
  await tellBrief(stage, startsAt);
  stage.props.teller.heading(stage.words.say('act.execution'));
  const host = await stage.as(stage.cast.host);
  await stage.step('step.open', () => open(stage, host, meeting));
  await topics(stage, host, meeting);
  await stage.step('step.actions', async () => {
    await openDiscussion(stage, host, meeting);
    await agreeActions(stage, host, meeting);
  });
  await stage.step('step.close', () => close(stage, host));
}

/** H11, E3 */
async function open(stage: Stage, host: Api, meeting: MeetingAnswer): Promise<void> {
  const { say, list } = stage.words;
  const { everyone, absent, slow } = stage.cast;
  const startsAt = Date.parse(meeting.startsAt);
  await host.post(stage.path('/open'));
  await stage.tell(say('opened', { name: stage.cast.host.name, minutes: defaultNorms.openEarlyMinutes }));
  await stage.goTo(startsAt);
  const someoneElse = everyone.filter((p) => p.votes && p.id !== slow.id && p.id !== absent?.id).length > 1;
  const late = someoneElse && slow.id !== stage.cast.host.id ? slow : undefined;
  const here = everyone.filter((p) => p.id !== absent?.id && p.id !== late?.id);
  for (const { id } of here) await host.put(stage.path(`/attendance/${id}`), { present: true });
  const votes = here.filter((p) => p.votes).length;
  await stage.tell(say('rollCall', { names: list(here.map((p) => p.name)), votes }));
  if (absent) stage.detail(say('absent', { names: absent.name }));
  if (meeting.sharedGoal !== undefined) stage.detail(say('sharedGoal', { text: meeting.sharedGoal }));
  if (late === undefined) return;
  await stage.pass(4);
  await host.put(stage.path(`/attendance/${late.id}`), { present: true });
  await stage.tell(say('late', { name: late.name, minutes: 4 }));
}

export const briefAt = (stage: Stage, startsAt: Instant): Instant =>
  stage.at(lastWorkingDayBefore(stage.props.calendar, stage.dateAt(startsAt)), defaultNorms.hostBriefAt);

/** E2: what came since the last reply, above all what the host should know. */
export async function tellBrief(stage: Stage, startsAt: Instant): Promise<void> {
  const mails = await stage.newMails();
  if (mails.length === 0) return;
  const briefed = mails.some((mail) => kindOf(mail.subject) === 'hostBrief');
  const name = stage.cast.host.name;
  stage.tellAt(briefAt(stage, startsAt), stage.words.say(briefed ? 'briefed' : 'mailsOnly', { name }));
  stage.showMails(mails);
}

/** The first is decided by a vote, the second fails one, the third meets no objection; the last of four is not reached. */
async function topics(stage: Stage, host: Api, meeting: MeetingAnswer): Promise<void> {
  const { agenda } = meeting;
  const reached = agenda.length >= 4 ? agenda.slice(0, -1) : agenda;
  for (const [i, topic] of reached.entries())
    await stage.step('step.topic', () => discuss(stage, host, topic, i + 1), { title: topic.title });
}

async function discuss(stage: Stage, host: Api, topic: TopicAnswer, n: number): Promise<void> {
  const { say, line } = stage.words;
  const { topicId, title, minutes } = topic;
  await host.post(stage.path(`/topics/${topicId}/start`));
  await stage.tell(say('topicStarted', { n, title, minutes }));
  await stage.pass(Math.max(2, Math.round(minutes * 0.5)));
  const point = (kind: string, text: string): Promise<void> => keyPoint(stage, host, topic, kind, text);
  if (n === 1) await point('information', line('keyPoint.1'));
  if (n === 1) await point('concern', line('keyPoint.2'));
  if (n === 2) await point('concern', line('keyPoint.3'));
  await stage.pass(Math.max(2, Math.round(minutes * 0.6)));
  const end = endings[n - 1] ?? report;
  const finish = await end(stage, host, topic);
  await host.post(stage.path(`/topics/${topicId}/finish`), finish.body);
  await stage.tell(finish.told, finish.colour);
  const { agenda } = await stage.meeting();
  const actual = agenda.find((t) => t.topicId === topicId)?.actualMinutes ?? 0;
  stage.detail(say('topicTook', { actual: Math.round(actual), planned: minutes }), 'dim');
}

export async function keyPoint(stage: Stage, host: Api, topic: TopicAnswer, kind: string, text: string): Promise<void> {
  const { department, topicId } = topic;
  const lead = department === undefined ? {} : { department: department.id };
  await host.post(stage.path('/key-points'), { topicId, kind, text, ...lead });
  const word = translator(stage.props.locale)(`words.keyPoint.${kind}`);
  await stage.tell(stage.words.say('keyPoint', { kind: word, text }));
}

interface Ending {
  body: object;
  told: string;
  colour: 'green' | 'yellow';
}
type End = (stage: Stage, host: Api, topic: TopicAnswer) => Promise<Ending>;

/** E8, E9: an open vote that passes with just what is required; where nobody may vote, nobody objects. */
const decide: End = async (stage, host, topic) => {
  const { say, line } = stage.words;
  const motion = line('motion', { topic: topic.title });
  const just: Ballots = (required) => required;
  const passed = await takeVote(stage, host, { topic, motion, secret: false, agreeing: just });
  if (!passed) return noObjection(stage, motion);
  return { body: { outcome: 'decided', basis: 'vote' }, told: say('decidedByVote', { text: motion }), colour: 'green' };
};

/** E9, E11: a secret vote one short of it, so the question is carried over with what is to be found out. */
const defer: End = async (stage, host, topic) => {
  const { say, line } = stage.words;
  const motion = line('secretMotion', { topic: topic.title });
  await takeVote(stage, host, { topic, motion, secret: true, agreeing: (required) => required - 1 });
  const question = line('factQuestion', { topic: topic.title });
  const brings = line('brings', { topic: topic.title });
  const department = topic.department ?? (await stage.meeting()).initiator.department;
  const date = stage.wdAfter(5);
  const deferral = { factQuestion: question, department: department.id, bringsMaterial: brings, date };
  const told = say('deferred', { question, department: department.name, brings });
  return { body: { outcome: 'deferred', deferral }, told, colour: 'yellow' };
};

const agree: End = async (stage, _host, topic) =>
  noObjection(stage, stage.words.line('conclusion', { topic: topic.title }));

function noObjection(stage: Stage, conclusion: string): Ending {
  const told = stage.words.say('decidedNoObjection', { text: conclusion });
  return { body: { outcome: 'decided', basis: 'noObjection', conclusion }, told, colour: 'green' };
}

const report: End = async (stage) => ({
  body: { outcome: 'informed' },
  told: stage.words.say('informedOnly'),
  colour: 'green',
});

const endings: End[] = [decide, defer, agree];

/** P7, E15: the open discussion lasts until the planned end, and the actions need some minutes more. */
async function openDiscussion(stage: Stage, host: Api, meeting: MeetingAnswer): Promise<void> {
  const { openDiscussionMinutes, durationMinutes } = meeting;
  const end = Date.parse(meeting.plannedEndAt);
  if (openDiscussionMinutes > 0) await stage.tell(stage.words.say('openDiscussion'));
  if (durationMinutes > longestToExtend || end - stage.now > 60 * minute)
    return stage.pass(Math.min(openDiscussionMinutes, 10));
  await stage.goTo(end - minute);
  await host.post(stage.path('/extend'), { minutes: extension });
  await stage.tell(stage.words.say('extended', { name: stage.cast.host.name, minutes: extension }));
  await stage.pass(3);
}

/** E14: the close never refuses; what was not reached is carried over. */
export async function close(stage: Stage, host: Api): Promise<void> {
  await stage.pass(2);
  const { readBack } = await host.post<{ readBack: ReadBack[] }>(stage.path('/close'));
  await stage.tell(stage.words.say('closed', { name: stage.cast.host.name }));
  readBack.forEach((item, i) => stage.detail(readBackLine(stage, item, i + 1), colours[item.outcome]));
}

const colours: Record<Outcome, 'green' | 'yellow' | 'dim'> = {
  decided: 'green',
  informed: 'green',
  deferred: 'yellow',
  dropped: 'dim',
};

function readBackLine(stage: Stage, item: ReadBack, n: number): string {
  const { say } = stage.words;
  const word = translator(stage.props.locale);
  const plain = word(`words.outcome.${item.outcome}`);
  const outcome =
    item.basis !== undefined
      ? say('outcomeWithBasis', { outcome: plain, basis: word(`words.basis.${item.basis}`) })
      : item.deferral !== undefined
        ? say('outcomeWithReason', { outcome: plain, reason: word(`words.deferral.${item.deferral.reason}`) })
        : plain;
  return say('readBack', { n, title: item.title, outcome });
}

import type { MeetingAnswer } from '../../../api/schemas/answers.js';
import type { Instant } from '../../../domain/calendar/index.js';
import { toIso } from '../../../domain/calendar/index.js';
import type { Api } from '../api.js';
import type { Stage } from '../stage.js';
import { castOf } from '../cast.js';
import { takeVote } from '../voting.js';
import { callTopic, catchUp, closeAndConfirm, acceptAll, openUp } from './room.js';
import type { Season } from './sample.js';

const hour = 3_600_000;
/** From the call to the start. */
const lead = 3.5 * hour;

/** X1: called in the morning, held in the afternoon. */
export async function emergency(first: Stage, { emergency: body }: Season, now: Instant): Promise<Stage> {
  const { say } = first.words;
  first.doing = say('step.emergency', { title: String(body['title']) });
  const startsAt = toIso(first.props.zone, now + lead);
  const { id } = await first.props.api.post<{ id: string }>('/v1/meetings', { ...body, startsAt });
  const stage = first.another(id);
  const meeting = await stage.meeting();
  stage.cast = castOf(meeting);
  const when = stage.moment(Date.parse(meeting.startsAt));
  const { initiator, title, emergencyReason = '' } = meeting;
  const mails = await stage.newMails();
  stage.tellAt(now, say('emergencyCalled', { name: initiator.person.name, title, when }), 'yellow');
  stage.detail(say('emergencyReason', { text: emergencyReason }));
  stage.showMails(mails);
  // Before its clock is pushed: nobody has to be reminded of what was announced a few minutes ago.
  const names = await acceptAll(stage);
  await catchUp(stage, now + 10 * 60_000);
  await stage.tell(say('replied', { names }));
  await hold(stage);
  return stage;
}

async function hold(stage: Stage): Promise<void> {
  const { host, meeting } = await openUp(stage);
  const [topic] = meeting.agenda;
  if (topic === undefined) return;
  await callTopic(stage, host, topic, 1);
  const motion = stage.words.line('airFreight');
  await takeVote(stage, host, { topic, motion, secret: false, agreeing: (required) => required + 1 });
  await host.post(stage.path(`/topics/${topic.topicId}/finish`), { outcome: 'decided', basis: 'vote' });
  await stage.tell(stage.words.say('decidedByVote', { text: motion }), 'green');
  const action = await agree(stage, host, meeting, topic.topicId);
  await closeAndConfirm(stage, host, 'summary.emergency');
  await doneToday(stage, meeting, action);
}

interface Agreed {
  id: string;
  text: string;
}

async function agree(stage: Stage, host: Api, { agenda }: MeetingAnswer, topicId: string): Promise<Agreed> {
  const owner = agenda[0]?.presenter?.id ?? stage.cast.slow.id;
  const body = { task: stage.words.line('task.air'), owner, dueDate: stage.wdAfter(2), topicId };
  const action = await host.post<Agreed>(stage.path('/actions'), body);
  await stage.tell(stage.words.say('actionAgreed'));
  stage.detail(action.text, 'blue');
  return action;
}

/** F1: by the API, with their own keys, before anybody has to be reminded. */
async function doneToday(stage: Stage, { agenda, coordinator, host }: MeetingAnswer, { id }: Agreed): Promise<void> {
  const owner = agenda[0]?.presenter ?? host;
  const checker = coordinator ?? host;
  await stage.pass(15);
  await (await stage.as({ email: '', ...owner })).post(`/v1/actions/${id}/complete`);
  await (await stage.as({ email: '', ...checker })).post(`/v1/actions/${id}/confirm`, { accepted: true });
  const task = stage.words.say('quoted', { text: stage.words.line('task.air') });
  await stage.tell(stage.words.say('doneToday', { name: owner.name, checker: checker.name, task }), 'green');
  await stage.newMails();
}

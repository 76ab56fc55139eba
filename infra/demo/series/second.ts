import type { TopicAnswer } from '../../../api/schemas/answers.js';
import type { Instant } from '../../../domain/calendar/index.js';
import type { Api } from '../api.js';
import { castOf } from '../cast.js';
import { keyPoint } from '../execution.js';
import { reply, tellAgenda } from '../notice.js';
import type { Stage } from '../stage.js';
import { takeVote } from '../voting.js';
import { callTopic, catchUp, closeAndConfirm, everyoneAccepts, informed, noObjection, openUp } from './room.js';
import type { Season } from './sample.js';

const breakoutMinutes = 8;

/** S1, E11: with the notice the draft takes what the first meeting left open. */
export async function secondNotice(stage: Stage, at: Instant): Promise<void> {
  const { say } = stage.words;
  stage.doing = say('step.publish');
  await catchUp(stage, at);
  const { api } = stage.props;
  await api.post(stage.path('/publish'));
  const mails = await stage.newMails();
  const meeting = await stage.meeting();
  await stage.tell(say('carriedCame'));
  tellAgenda(stage, meeting);
  for (const { title, carried } of meeting.agenda.filter((t) => t.carried))
    stage.detail(
      say('carriedLine', { title, count: carried?.times ?? 0, question: carried?.factQuestion ?? '' }),
      'yellow',
    );
  stage.showMails(mails);
}

/** N3: a key person declines and sends somebody, by the links in the mails. */
export async function secondReplies(stage: Stage, { delegate }: Season, at: Instant): Promise<void> {
  const { say, line } = stage.words;
  stage.doing = say('step.replies');
  await catchUp(stage, at);
  const meeting = await stage.meeting();
  stage.cast = castOf(meeting);
  const key = stage.cast.silentKey ?? stage.cast.slow;
  await everyoneAccepts(stage, [key.id]);
  await stage.pass(10);
  const comment = line('declinedKey');
  await reply(stage, key, { reply: 'declined', comment });
  await stage.tell(say('alternateAsked', { name: key.name, comment }));
  await stage.tellMails();
  await stage.pass(15);
  const mail = stage.people.mailFor(key, ['alternate']);
  await stage.people.fillIn(mail, { way: 'delegate', delegate: delegate.email, department: key.department });
  await stage.tell(say('delegateSent', { name: key.name, delegate: delegate.name }), 'green');
  // N4: what is changed within a minute goes out in one mail.
  await stage.pass(2);
  await stage.tellMails();
  await reply(stage, delegate, { reply: 'accepted' });
  await stage.tell(say('replied', { names: delegate.name }));
}

/** E8, E10: what was open is decided by secret vote; one topic is discussed in groups. */
export async function secondHeld(stage: Stage): Promise<void> {
  const { host, meeting } = await openUp(stage);
  const [carried, standing, schedule] = meeting.agenda;
  if (carried !== undefined) await settle(stage, host, carried);
  if (standing !== undefined) {
    await callTopic(stage, host, standing, 2);
    await informed(stage, host, standing);
  }
  if (schedule !== undefined) {
    await callTopic(stage, host, schedule, 3);
    await inGroups(stage, host, schedule);
    await noObjection(stage, host, schedule, 'schedule');
  }
  await closeAndConfirm(stage, host, 'summary.second');
}

async function settle(stage: Stage, host: Api, topic: TopicAnswer): Promise<void> {
  const { say, line } = stage.words;
  await callTopic(stage, host, topic, 1);
  await keyPoint(stage, host, topic, 'information', line('facts'));
  await stage.pass(6);
  const motion = line('secretMotion');
  await takeVote(stage, host, { topic, motion, secret: true, agreeing: (required) => required + 1 });
  await host.post(stage.path(`/topics/${topic.topicId}/finish`), { outcome: 'decided', basis: 'vote' });
  await stage.tell(say('decidedByVote', { text: motion }), 'green');
}

/** E10 */
async function inGroups(stage: Stage, host: Api, { topicId }: TopicAnswer): Promise<void> {
  const { say, line, list } = stage.words;
  const { everyone } = stage.cast;
  const half = Math.ceil(everyone.length / 2);
  const groups = [
    { name: line('group.1'), people: everyone.slice(0, half), report: line('report.1') },
    { name: line('group.2'), people: everyone.slice(half), report: line('report.2') },
  ];
  const members = groups.map(({ name, people }) => ({ name, members: people.map((p) => p.id) }));
  const body = { topicId, minutes: breakoutMinutes, groups: members };
  const { id } = await host.post<{ id: string }>(stage.path('/breakouts'), body);
  await stage.tell(say('breakouts', { count: groups.length, minutes: breakoutMinutes }));
  for (const { name, people } of groups)
    stage.detail(say('group', { group: name, names: list(people.map((p) => p.name)) }));
  await stage.pass(breakoutMinutes);
  await host.post(stage.path(`/breakouts/${id}/end`));
  for (const { name, report } of groups) {
    await host.put(stage.path(`/breakouts/${id}/report`), { group: name, text: report });
    await stage.tell(say('groupReport', { group: name, text: report }));
  }
}

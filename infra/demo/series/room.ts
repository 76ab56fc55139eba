import type { MeetingAnswer, TopicAnswer } from '../../../api/schemas/answers.js';
import type { Instant } from '../../../domain/calendar/index.js';
import { defaultNorms } from '../../../domain/norms.js';
import type { Api } from '../api.js';
import { castOf } from '../cast.js';
import { close, tellBrief } from '../execution.js';
import { answer, confirmedBy } from '../minutes.js';
import { reply } from '../notice.js';
import { kindOf } from '../people.js';
import type { Stage } from '../stage.js';
import type { TaleKey } from '../words.js';

/** By link, whoever has not replied; the host counts as coming. */
export async function everyoneAccepts(stage: Stage, but: string[] = []): Promise<void> {
  await stage.tell(stage.words.say('replied', { names: await acceptAll(stage, but) }));
}

/** Answers their names. */
export async function acceptAll(stage: Stage, but: string[] = []): Promise<string> {
  const { participants, others } = await stage.meeting();
  const open = [...participants, ...others].filter((p) => p.reply === undefined && !but.includes(p.person));
  for (const { name, email = '' } of open) await reply(stage, { name, email }, { reply: 'accepted' });
  return stage.words.list(open.map((p) => p.name));
}

/** E3, H11: opened some minutes early; everybody who said so is there. */
export async function openUp(stage: Stage): Promise<{ host: Api; meeting: MeetingAnswer }> {
  const { say, list } = stage.words;
  const before = await stage.meeting();
  stage.cast = castOf(before);
  const { startsAt } = before;
  const when = stage.when.time(Date.parse(startsAt));
  stage.doing = say('step.meeting', { title: before.title, when });
  const host = await stage.as(stage.cast.host);
  await stage.goTo(Date.parse(startsAt) - 3 * 60_000);
  await tellBrief(stage, Date.parse(startsAt));
  await host.post(stage.path('/open'));
  await stage.tell(say('opened', { name: stage.cast.host.name, minutes: defaultNorms.openEarlyMinutes }));
  await stage.goTo(Date.parse(startsAt));
  for (const { id } of stage.cast.everyone) await host.put(stage.path(`/attendance/${id}`), { present: true });
  const votes = stage.cast.everyone.filter((p) => p.votes).length;
  await stage.tell(say('rollCall', { names: list(stage.cast.everyone.map((p) => p.name)), votes }));
  return { host, meeting: await stage.meeting() };
}

export async function callTopic(stage: Stage, host: Api, topic: TopicAnswer, n: number): Promise<void> {
  const { topicId, title, minutes } = topic;
  await host.post(stage.path(`/topics/${topicId}/start`));
  await stage.tell(stage.words.say(minutes === 0 ? 'carriedStarted' : 'topicStarted', { n, title, minutes }));
  await stage.pass(4);
}

export async function informed(stage: Stage, host: Api, { topicId }: TopicAnswer): Promise<void> {
  await host.post(stage.path(`/topics/${topicId}/finish`), { outcome: 'informed' });
  await stage.tell(stage.words.say('informedOnly'), 'green');
}

/** E9 */
export async function noObjection(stage: Stage, host: Api, { topicId }: TopicAnswer, key: TaleKey): Promise<void> {
  const conclusion = stage.words.line(key);
  await host.post(stage.path(`/topics/${topicId}/finish`), { outcome: 'decided', basis: 'noObjection', conclusion });
  await stage.tell(stage.words.say('decidedNoObjection', { text: conclusion }), 'green');
}

/** E14, F5, M1: read back; everybody answers the survey within the hour, and the recorder confirms the same day. */
export async function closeAndConfirm(stage: Stage, host: Api, summary: TaleKey): Promise<void> {
  await close(stage, host);
  const mails = await stage.tellMails();
  await stage.pass(40);
  const asked = mails.filter((mail) => kindOf(mail.subject) === 'survey');
  for (const [i, mail] of asked.entries()) await answer(stage, mail, i, true);
  await stage.newMails();
  const { survey } = await stage.meeting();
  const mean = survey?.mean?.toFixed(1) ?? '';
  await stage.tell(stage.words.say('allAnswered', { count: asked.length, mean }));
  await confirmedBy(stage, summary);
}

/** The meeting's clock is pushed to where the story is; what fell due on the way is told there. */
export async function catchUp(stage: Stage, at: Instant): Promise<void> {
  await stage.goTo(at);
  const mails = await stage.newMails();
  if (mails.length === 0) return;
  const drafts = mails.some((mail) => kindOf(mail.subject) === 'draftLimit');
  stage.tellAt(at, stage.words.say(drafts ? 'draftReminded' : 'mailsOnly'));
  stage.showMails(mails);
}

import type { Instant } from '../../../domain/calendar/index.js';
import { castOf } from '../cast.js';
import { keyPoint } from '../execution.js';
import { tellAgenda } from '../notice.js';
import type { Stage } from '../stage.js';
import { callTopic, catchUp, closeAndConfirm, everyoneAccepts, informed, noObjection, openUp } from './room.js';

export async function thirdNotice(stage: Stage, at: Instant): Promise<void> {
  const { say } = stage.words;
  stage.doing = say('step.publish');
  await catchUp(stage, at);
  await stage.props.api.post(stage.path('/publish'));
  const mails = await stage.newMails();
  await stage.tell(say('nothingCarried'));
  tellAgenda(stage, await stage.meeting());
  stage.showMails(mails);
}

export async function thirdReplies(stage: Stage, at: Instant): Promise<void> {
  stage.doing = stage.words.say('step.replies');
  await catchUp(stage, at);
  stage.cast = castOf(await stage.meeting());
  await everyoneAccepts(stage);
}

export async function thirdHeld(stage: Stage): Promise<void> {
  const { host, meeting } = await openUp(stage);
  const [standing, schedule] = meeting.agenda;
  if (standing !== undefined) {
    await callTopic(stage, host, standing, 1);
    await keyPoint(stage, host, standing, 'information', stage.words.line('arrived'));
    await informed(stage, host, standing);
  }
  if (schedule !== undefined) {
    await callTopic(stage, host, schedule, 2);
    await noObjection(stage, host, schedule, 'goAhead');
  }
  await closeAndConfirm(stage, host, 'summary.third');
  await holdStuckTopics(stage);
}

/** F4: an action of the first meeting has been open at three now; the host knows why, and says so by the mail's link. */
async function holdStuckTopics(stage: Stage): Promise<void> {
  await stage.newMails();
  const mails = stage.people.mailsOf(stage.cast.host, 'topicStuck');
  for (const mail of mails)
    await stage.people.fillIn(mail, { choice: 'hold', reason: stage.words.line('stuckReason') });
  if (mails.length > 0) await stage.tell(stage.words.say('stuckHeld', { name: stage.cast.host.name }));
}

import type { MeetingAnswer } from '../../api/schemas/answers.js';
import type { Api } from './api.js';
import type { Actor } from './cast.js';
import type { Stage } from './stage.js';
import type { TaleKey } from './words.js';

interface Agreement {
  task: TaleKey;
  owner: Actor;
  /** Working days until it is due. */
  wd: number;
  topic: number;
}

/** E14: an action for the one who will miss its dates, and one each for two who will not. */
export async function agreeActions(stage: Stage, host: Api, meeting: MeetingAnswer): Promise<void> {
  const { slow, diligent } = stage.cast;
  const tasks: TaleKey[] = ['task.2', 'task.3'];
  const agreed: Agreement[] = [
    { task: 'task.1', owner: slow, wd: 5, topic: 0 },
    ...diligent.map((owner, i): Agreement => ({ task: tasks[i]!, owner, wd: 3 + i, topic: i + 1 })),
  ];
  const texts: string[] = [];
  for (const agreement of agreed) texts.push(await agree(stage, host, meeting, agreement));
  await stage.tell(stage.words.say('actionsAgreed', { count: texts.length }));
  for (const text of texts) stage.detail(text, 'blue');
}

async function agree(stage: Stage, host: Api, meeting: MeetingAnswer, agreement: Agreement): Promise<string> {
  const { task, owner, wd } = agreement;
  const topic = meeting.agenda[agreement.topic] ?? meeting.agenda[0];
  const body = {
    task: stage.words.line(task),
    owner: owner.id,
    dueDate: stage.wdAfter(wd),
    ...(topic === undefined ? {} : { topicId: topic.topicId }),
  };
  const { text } = await host.post<{ text: string }>(stage.path('/actions'), body);
  return text;
}

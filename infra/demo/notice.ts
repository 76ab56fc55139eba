import type { MeetingAnswer } from '../../api/schemas/answers.js';
import type { Instant } from '../../domain/calendar/index.js';
import { ApiRefusal } from './api.js';
import { castOf } from './cast.js';
import { directory, ensureHead } from './directory.js';
import type { Reader } from './people.js';
import { UserMistake } from './problems.js';
import { type ReplyTimes, replyTimes } from './reply-times.js';
import { requestOf } from './scenario.js';
import type { Stage } from './stage.js';

const minute = 60_000;

/** P and N: a meeting is prepared and announced, and everyone replies, some of them late. */
export async function noticeAct(stage: Stage): Promise<void> {
  const { say } = stage.words;
  stage.props.teller.heading(say('act.notice'));
  const meeting = await stage.step('step.create', () => create(stage));
  await announce(stage, meeting);
}

export async function announce(stage: Stage, meeting: MeetingAnswer): Promise<void> {
  await stage.step('step.publish', () => publish(stage, meeting));
  await stage.step('step.replies', () => replies(stage, Date.parse(meeting.startsAt)));
}

async function create(stage: Stage): Promise<MeetingAnswer> {
  const { scenario, locale, api } = stage.props;
  const inventedTopic = stage.words.line('topic');
  const request = requestOf(scenario, { place: stage.props, locale, now: stage.now, inventedTopic });
  const { id } = await judged(stage, async () => {
    await directory(stage);
    return api.post<{ id: string }>('/v1/meetings', request);
  });
  stage.begin(id);
  const meeting = await stage.meeting();
  stage.cast = castOf(meeting);
  await tellCreated(stage, meeting);
  await ensureHead(stage, meeting);
  return meeting;
}

/** What the API refuses in a file of the user's own is told to the user, each fault. */
async function judged<T>(stage: Stage, work: () => Promise<T>): Promise<T> {
  const { file } = stage.props.scenario;
  const { say } = stage.words;
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiRefusal) || file === undefined || error.faults.length === 0) throw error;
    const faults = error.faults.map(({ path, message }) =>
      path === '' ? `  - ${message}` : `  - ${say('fileFault', { path, message })}`,
    );
    throw new UserMistake([say('fileRefused', { file, count: faults.length }), ...faults]);
  }
}

async function tellCreated(stage: Stage, meeting: MeetingAnswer): Promise<void> {
  const { say } = stage.words;
  const { initiator, title, durationMinutes, participants, agenda } = meeting;
  await stage.tell(
    say('created', {
      name: initiator.person.name,
      department: initiator.department.name,
      title,
      when: stage.moment(Date.parse(meeting.startsAt)),
      minutes: durationMinutes,
      people: participants.length,
      topics: agenda.length,
    }),
  );
  stage.detail(say('goal', { text: meeting.goal }));
  if (meeting.sharedGoal !== undefined) stage.detail(say('sharedGoal', { text: meeting.sharedGoal }));
  tellAgenda(stage, meeting);
  const given = stage.props.scenario.meeting['agenda'];
  if (Array.isArray(given) && given.length === 0)
    stage.detail(say('inventedTopic', { title: stage.words.line('topic') }), 'dim');
  for (const { message } of meeting.warnings) stage.detail(say('hint', { text: message }), 'yellow');
}

export function tellAgenda(
  stage: Stage,
  { agenda, openDiscussionMinutes }: Pick<MeetingAnswer, 'agenda' | 'openDiscussionMinutes'>,
): void {
  const { say } = stage.words;
  agenda.forEach((t, i) => stage.detail(say('agendaLine', { n: i + 1, title: t.title, minutes: t.minutes })));
  if (openDiscussionMinutes > 0) stage.detail(say('agendaOpen', { minutes: openDiscussionMinutes }));
}

/** N1; an emergency, or a file that says so, was published in the same step. */
async function publish(stage: Stage, meeting: MeetingAnswer): Promise<void> {
  const { say } = stage.words;
  if (meeting.phase === 'preparation') {
    await judged(stage, () => stage.props.api.post(stage.path('/publish')));
    await stage.tell(say('published'));
  } else await stage.tell(say(meeting.kind === 'emergency' ? 'publishedAtOnce' : 'published'));
  await stage.tellMails();
}

/** N2: most reply the next morning, one cannot come, one changes their mind, two wait for their reminders. */
async function replies(stage: Stage, startsAt: Instant): Promise<void> {
  const { cast } = stage;
  const { say } = stage.words;
  const meeting = await stage.meeting();
  const late = [cast.slow, cast.silentKey].filter((p) => p !== undefined).map((p) => p.id);
  const special = [cast.absent?.id, cast.hesitant?.id, ...late];
  const open = [...meeting.participants, ...meeting.others].filter((p) => p.reply === undefined);
  const prompt = open.filter((p) => !special.includes(p.person));

  const times = replyTimes(stage.now, startsAt, stage.props);
  await stage.goTo(times.prompt);
  for (const { name, email = '' } of prompt) await reply(stage, { name, email }, { reply: 'accepted' });
  if (prompt.length > 0) await stage.tell(say('replied', { names: stage.words.list(prompt.map((p) => p.name)) }));
  if (cast.absent) {
    const comment = stage.words.line('declined');
    await reply(stage, cast.absent, { reply: 'declined', comment });
    await stage.tell(say('repliedDeclined', { name: cast.absent.name, comment }));
  }
  if (cast.hesitant) await hesitate(stage, cast.hesitant, times.changeOfMind);
  await remind(stage, times);
}

async function hesitate(stage: Stage, person: Reader, changeOfMind: Instant): Promise<void> {
  const { say } = stage.words;
  await reply(stage, person, { reply: 'tentative', comment: stage.words.line('tentative') });
  await stage.tell(say('repliedTentative', { name: person.name }));
  await stage.goTo(changeOfMind);
  await reply(stage, person, { reply: 'accepted' });
  await stage.tell(say('changedMind', { name: person.name }));
  await stage.tellMails();
}

/** The clock reminds who is silent, key people twice; without time for it they reply by themselves. */
async function remind(stage: Stage, times: ReplyTimes): Promise<void> {
  const { slow, silentKey } = stage.cast;
  const { say } = stage.words;
  if (times.first > stage.now) {
    await stage.goTo(times.first + minute);
    await stage.tell(say('reminded'));
    await stage.tellMails();
    await stage.goTo(times.afterFirst);
  }
  if (slow.id !== stage.cast.host.id) await accept(stage, [slow]);
  if (silentKey === undefined) return;
  if (times.second > stage.now) {
    await stage.goTo(times.second + minute);
    await stage.tell(say('remindedKey', { names: silentKey.name }));
    await stage.tellMails();
    await stage.goTo(times.afterSecond);
  }
  await accept(stage, [silentKey]);
}

async function accept(stage: Stage, people: Reader[]): Promise<void> {
  for (const person of people) await reply(stage, person, { reply: 'accepted' });
  await stage.tell(stage.words.say('repliedLate', { names: stage.words.list(people.map((p) => p.name)) }));
}

/** By the link in the newest mail that asks for it. */
export async function reply(stage: Stage, person: Reader, answers: Record<string, string>): Promise<void> {
  const mail = stage.people.mailFor(person, ['replyReminder', 'notice', 'emergency', 'replyChanged']);
  await stage.people.fillIn(mail, answers);
}

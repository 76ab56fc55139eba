/** Every form in every state that people come across, as addresses; for looking at them and for checks that hold for all. */
import { DAY } from '../../domain/calendar/index.js';
import type { MeetingState, Plan } from '../../domain/meeting/state.js';
import type { LinkPurpose } from '../../render/links.js';
import { draftMinutes } from '../../render/minutes-draft.js';
import type { TestApi } from '../api/support.js';
import { aMeeting, at, cast, people, Story } from './forms.fixture.js';

const task = '完成專案A的模具驗收並回報品保';

export const withAction = (): Story =>
  new Story(aMeeting({ phase: 'followUp' }), at('2026-02-03', '10:00')).run('action', {
    task,
    owner: 'p7',
    dueAt: at('2026-02-05', '18:00'),
    department: 'd2',
  });

export const withPlan = (): Story => {
  const story = new Story(aMeeting({ phase: 'followUp' }), at('2026-02-06', '10:00'));
  const by = { via: 'clock' } as const;
  const dueAt = at('2026-02-13', '18:00');
  const plan: Plan = {
    id: `${story.state.id}-p1`,
    kind: 'improvementPlan',
    reason: 'survey',
    score: 2.4,
    owner: 'p1',
    status: 'open',
    dueAt,
    firstDueAt: dueAt,
    dues: [{ dueAt, setAt: story.now, by, missed: false }],
    missed: 0,
    missedTotal: 0,
    obstacles: [],
    percent: 0,
    notes: [],
    reports: 0,
    createdAt: story.now,
    createdBy: by,
  };
  story.state = { ...story.state, plans: [plan] };
  return story;
};

/** F2: the owner said what it waits for; `accepted` by who tracks it, and asked about again. */
export const withBlock = (accepted = false): Story => {
  const story = withAction();
  const { id } = story.state.actions[0]!;
  story.run('progress', { id, blockedBy: 'd3', note: '等採購部核定模具的預算。' }, 'p7');
  return accepted ? story.run('blocked', { id, accepted: true }, 'p3').until(at('2026-02-11', '09:00')) : story;
};

/** F4: at three meetings in a row. */
export const withStuckTopic = (): Story => {
  const story = withAction();
  const { topicId } = story.state.agenda[0]!;
  const last = { choice: 'hold', reason: '等供應商回覆', at: at('2026-01-20', '10:00') } as const;
  return story.reply({ type: 'topicsCounted', held: true, topics: [{ topicId, timesCarried: 3, last }] });
};

export const held = (): Story => {
  const story = new Story(aMeeting({ phase: 'execution' }), at('2026-02-02', '10:00'));
  const [first, second] = story.state.agenda.map((t) => t.topicId);
  const conclusion = '二月二十四日起試產，第一批 500 件。';
  return story
    .run('startTopic', { topicId: first! })
    .run('finishTopic', { topicId: first!, outcome: 'decided', basis: 'noObjection', conclusion })
    .run('action', { task: '訂購備料', owner: 'p8', dueAt: at('2026-02-10', '18:00') })
    .run('keyPoint', { topicId: second!, text: '夜班人力不足三人', kind: 'concern', department: 'd3' })
    .run('close', {});
};

/** P8: a first topic for which p7 has to prepare something. */
export const preparing = (): Story => {
  const story = new Story(aMeeting({ phase: 'notice' }), at('2026-01-29', '10:00'));
  const { topicId } = story.state.agenda[0]!;
  return story.run('material', { topicId, title: '試產問題與所需支援', owner: 'p7' }, 'p2');
};

export const handedIn = (): Story => {
  const story = preparing();
  const [topic] = story.state.agenda;
  const name = '試產問題彙整與各部門所需支援-第三版-研發部.xlsx';
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const at = { topicId: topic!.topicId, materialId: topic!.materials[0]!.id };
  return story.run('material', { ...at, file: { hash: 'a'.repeat(64), size: 1_300_000, type, name } }, 'p7');
};

/** The fixture's people in the directory, and links into meetings that are put there. */
export class Stage {
  private constructor(
    readonly api: TestApi,
    readonly ids: Record<string, string>,
  ) {}

  static async open(api: TestApi): Promise<Stage> {
    return new Stage(api, await people(api.archive));
  }

  place(story: Story) {
    const state = cast(story.state, this.ids);
    this.api.temporal.put(state, story.now);
    return state;
  }

  async link(purpose: LinkPurpose, who: string, meeting: string, ref?: string): Promise<string> {
    const claims = { purpose, person: this.ids[who]!, meeting, exp: Date.now() + 365 * DAY };
    const token = await this.api.links.sign({ ...claims, ...(ref === undefined ? {} : { ref }) });
    return `${this.api.url}/${purpose === 'survey' ? 'feedback' : 'r'}/${token}`;
  }

  /** Name → address. */
  async everyPage(): Promise<Record<string, string>> {
    const notice = this.place(
      new Story(
        aMeeting({
          phase: 'notice',
          onlineLink: 'https://meet.example.com/rooms/42',
          sharedGoal: '準時量產，全員受惠',
        }),
        at('2026-01-29', '10:00'),
      ).run('rsvp', { person: 'p7', reply: 'declined', comment: '當天出差。' }, 'p7'),
    );
    const late = this.place(new Story(aMeeting({ phase: 'notice' }), at('2026-02-02', '09:43')));
    const over = this.place(new Story(aMeeting({ phase: 'followUp' }), at('2026-02-03', '10:00')));
    const open = this.place(withAction());
    const reported = withAction();
    const done = this.place(
      reported.run('complete', { id: reported.state.actions[0]!.id, note: '報告在共用資料夾。' }, 'p7'),
    );
    const missed = withAction().until(at('2026-02-06', '09:00'));
    const overdue = this.place(missed);
    missed.run(
      'progress',
      { id: missed.state.actions[0]!.id, obstacle: '供應商模具交期延誤一週。', percent: 60 },
      'p7',
    );
    const talking = this.place(missed.until(at('2026-02-09', '12:00')));
    const escalated = this.place(missed.until(at('2026-03-04', '09:00'), ['p6']));
    const plan = this.place(withPlan());
    const closed = this.place(held());
    const hash = await this.api.archive.minutes.save(closed.id, draftMinutes(closed));
    this.api.temporal.put({ ...closed, minutes: { ...closed.minutes!, version: 1, hash } });
    const survey = { meetingId: closed.id, eligible: [this.ids['p6']!], closesAt: at('2026-02-05', '10:30') };
    await this.api.archive.surveys.open(survey);
    const stranger = await this.heldReply();
    const [asked, given] = [this.place(preparing()), this.place(handedIn())];
    const frozen = this.place(new Story({ ...handedIn().state, phase: 'followUp' }, at('2026-02-03', '10:00')));
    const materialOf = (state: MeetingState): string => state.agenda[0]!.materials[0]!.id;
    const surveyed = await this.surveyed();
    const [blocked, waiting] = [this.place(withBlock()), this.place(withBlock(true))];
    const stuck = this.place(withStuckTopic());
    const [talk, decision] = (['talk', 'escalation'] as const).map((kind) =>
      (kind === 'talk' ? talking : escalated).tasks.find((t) => t.kind === kind && t.status === 'open')!,
    );
    return {
      reply: `${await this.link('reply', 'p6', notice.id)}?reply=accepted`,
      replied: `${await this.link('reply', 'p7', notice.id)}?done=reply`,
      meeting: await this.link('reply', 'p6', over.id),
      open: await this.link('open', 'p3', late.id),
      heldReply: await this.link('heldReply', 'p2', stranger.id, stranger.heldReplies![0]!.id),
      progress: await this.link('progress', 'p7', open.id, open.actions[0]!.id),
      overdue: await this.link('progress', 'p7', overdue.id, overdue.actions[0]!.id),
      readOnly: await this.link('progress', 'p9', open.id, open.actions[0]!.id),
      reported: await this.link('progress', 'p7', done.id, done.actions[0]!.id),
      check: await this.link('check', 'p3', done.id, done.actions[0]!.id),
      talk: await this.link('talk', 'p3', talking.id, talk!.id),
      decision: await this.link('decision', 'p6', escalated.id, decision!.id),
      plan: await this.link('plan', 'p1', plan.id, plan.plans[0]!.id),
      confirm: await this.link('confirm', 'p4', closed.id),
      survey: await this.link('survey', 'p6', closed.id),
      material: await this.link('material', 'p7', asked.id, materialOf(asked)),
      handedIn: `${await this.link('material', 'p7', given.id, materialOf(given))}?done=material`,
      frozen: await this.link('material', 'p7', frozen.id, materialOf(frozen)),
      surveyOver: await this.link('survey', 'p6', surveyed.id),
      suggested: await this.link('plan', 'p1', surveyed.id, surveyed.plans[0]!.id),
      block: await this.link('block', 'p3', blocked.id, blocked.actions[0]!.id),
      blockAgain: await this.link('block', 'p3', waiting.id, waiting.actions[0]!.id),
      waiting: await this.link('progress', 'p7', waiting.id, waiting.actions[0]!.id),
      topic: await this.link('topic', 'p2', stuck.id, stuck.tasks[0]!.id),
      take: await this.link('take', 'p2', (await this.offering()).id, this.waiting),
      invalid: `${this.api.url}/r/broken`,
    };
  }

  readonly waiting = 'waitingtopic';
  /** S1: a draft whose department has a topic waiting without a series. */
  async offering(): Promise<MeetingState> {
    const state = this.place(new Story(aMeeting({ phase: 'notice' }), at('2026-01-29', '10:00')));
    const left = this.place(withAction());
    const { department } = state.initiator;
    const topic = { topicId: this.waiting, title: '夜班人力', reason: 'unreached', department, times: 2 };
    await this.api.archive.backlog.put(left.id, 5, [topic]);
    return state;
  }

  /** F5: five answered, and the mean is low. */
  async surveyed(): Promise<MeetingState> {
    const story = withPlan();
    const [opensAt, closesAt] = [at('2026-02-02', '10:30'), at('2026-02-05', '10:30')];
    const status = 'published' as const;
    story.state = { ...story.state, survey: { eligible: ['p1'], opensAt, closesAt, status, answers: 5, mean: 2.2 } };
    const state = this.place(story);
    const { surveys } = this.api.archive;
    const eligible = ['p1', 'p2', 'p3', 'p6', 'p7'].map((p) => this.ids[p]!);
    await surveys.open({ meetingId: state.id, eligible, closesAt });
    const words = ['資料請提早一天寄出。', undefined, '第二個議題沒有數據，\n不該排上議程。'];
    for (const [i, p] of eligible.entries()) await surveys.answer(state.id, p, 1 + (i % 4), words[i]);
    await surveys.close(state.id, 3, 5);
    return state;
  }

  /** N2: an answer from an address that nobody here has. */
  private async heldReply(): Promise<MeetingState> {
    const story = new Story(aMeeting({ phase: 'notice' }), at('2026-01-29', '10:00'));
    const letter = story.state.id;
    const state = this.place(story.run('holdReply', { letter, reply: 'accepted' }));
    await this.api.archive.calendarReplies.hold({
      letter,
      meetingId: state.id,
      address: 'an.private@elsewhere.example',
      attendee: 'an@example.org',
      name: '陳安',
      comment: '會晚到十分鐘',
      delegate: '',
    });
    return state;
  }
}

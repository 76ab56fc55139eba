import type { MeetingAnswer } from '../../api/schemas/answers.js';
import type { Instant } from '../../domain/calendar/index.js';
import { nextWorkingDay } from '../../domain/calendar/index.js';
import { type Change, changesBetween, untold } from './changes.js';
import { remindersIn } from './digest.js';
import type { Mail } from './mailbox.js';
import { kindOf, type MailKind } from './people.js';
import { StoryProblem } from './problems.js';
import { Reactions } from './reactions.js';
import type { Stage } from './stage.js';
import type { DemoKey } from './words.js';

/** Working days after which even the longest story must have ended. */
const longest = 60;
/** After the morning's reminders, when people look into their inbox; and after the hour at which things fall due. */
const looks = [
  { time: '09:00', acting: true, mailed: '08:40' },
  { time: '18:05', acting: false, mailed: '18:00' },
];
type Look = (typeof looks)[number];

/** F: each working day passes, the clock acts, and people answer what they find in their inbox, until all is done. */
export async function followUpAct(stage: Stage, seen: MeetingAnswer): Promise<void> {
  stage.props.teller.heading(stage.words.say('act.followUp'));
  await new FollowUp(stage, seen).toTheEnd();
}

export class FollowUp {
  private readonly reactions: Reactions;

  constructor(
    private readonly stage: Stage,
    private seen: MeetingAnswer,
  ) {
    this.reactions = new Reactions(stage);
  }

  async toTheEnd(): Promise<void> {
    const { say } = this.stage.words;
    if (await this.until(Infinity)) return;
    throw new StoryProblem(say('expect.ends', { days: longest }), say('expect.phase', { phase: this.seen.phase }));
  }

  /** Every look before a moment; true when the meeting has ended. */
  async until(limit: Instant): Promise<boolean> {
    const { stage } = this;
    stage.doing = stage.words.say('step.followUp');
    let date = stage.dateAt(stage.now);
    for (let n = 0; n < longest; n++) {
      for (const look of looks) {
        const at = stage.at(date, look.time);
        if (at > limit) return false;
        if (await this.passUntil(at, look)) return true;
      }
      date = nextWorkingDay(stage.props.calendar, date);
    }
    return false;
  }

  /** True when the meeting has ended. */
  private async passUntil(at: Instant, { acting, mailed }: Look): Promise<boolean> {
    const { stage } = this;
    if (at <= stage.now) return false;
    await stage.goTo(at);
    const mails = await stage.newMails();
    const meeting = await stage.meeting();
    this.tell(untold(stage, changesBetween(stage, this.seen, meeting)), mails, stage.at(stage.dateAt(at), mailed));
    if (acting) await this.reactions.to(stage.takeUnread(), meeting);
    this.seen = await stage.meeting();
    // Time went on while people acted.
    for (const change of untold(stage, changesBetween(stage, meeting, this.seen)))
      stage.tellAt(change.at, change.text, change.colour);
    return this.seen.phase === 'closed';
  }

  /** `mailed`: when those mails came that belong to no change. */
  private tell(changes: Change[], mails: Mail[], mailed: Instant): void {
    const { stage } = this;
    let untold = mails;
    const show = (kinds: (MailKind | undefined)[]): void => {
      stage.showMails(untold.filter((mail) => kinds.includes(kindOf(mail.subject))));
      untold = untold.filter((mail) => !kinds.includes(kindOf(mail.subject)));
    };
    for (const { at, text, colour, mails: kinds } of changes) {
      stage.tellAt(at, text, colour);
      show(kinds);
    }
    for (let mail = untold[0]; mail !== undefined; mail = untold[0]) {
      const kind = kindOf(mail.subject);
      if (kind === 'digest') {
        tellDigests(stage, mailed, untold);
        untold = untold.filter((m) => kindOf(m.subject) !== 'digest');
        continue;
      }
      stage.tellAt(mailed, stage.words.say((kind && intros[kind]) ?? 'mailsOnly'));
      show([kind]);
    }
  }
}

/** H2: one mail each for all that waits for somebody. */
function tellDigests(stage: Stage, at: Instant, mails: Mail[]): void {
  const { say, list } = stage.words;
  stage.tellAt(at, say(stage.told.has('digest') ? 'dailyDigestAgain' : 'dailyDigest'));
  stage.told.add('digest');
  for (const mail of mails.filter((m) => kindOf(m.subject) === 'digest')) {
    const lines = remindersIn(mail).map((line) => digestLine(stage, line));
    stage.detail(say('digestLine', { name: mail.to.name, lines: list([...new Set(lines)]) }), 'yellow');
  }
}

/** What is wanted, and about what: the task of an action, or the meeting. */
function digestLine({ words }: Stage, { subject, text }: Mail): string {
  const title = text.split('\n')[0]?.trim() ?? '';
  const about = /^\[(.+)\]\(.*\)/.exec(title)?.[1] ?? title;
  const key = wanted[kindOf(subject) ?? 'digest'];
  const quoted = /[「“]/.test(about) ? about : words.say('quoted', { text: about });
  return key === undefined ? quoted : words.say(key, { about: quoted });
}

const wanted: Partial<Record<MailKind, DemoKey>> = {
  actionReminder: 'digest.actionReminder',
  missed: 'digest.missed',
  pleaseCheck: 'digest.pleaseCheck',
  surveyReminder: 'digest.surveyReminder',
  escalation: 'digest.escalation',
  decided: 'digest.decided',
};

/** Why a mail comes that tells of no change (F1, F2, F5). */
const intros: Partial<Record<MailKind, DemoKey>> = {
  actionReminder: 'ownerReminded',
  surveyReminder: 'surveyReminded',
  missed: 'talkAgain',
};

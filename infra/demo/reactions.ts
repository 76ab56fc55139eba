import type { ActionAnswer, MeetingAnswer, PersonAnswer } from '../../api/schemas/answers.js';
import type { Instant } from '../../domain/calendar/index.js';
import { tellOutcomes } from './changes.js';
import type { Mail } from './mailbox.js';
import { answer } from './minutes.js';
import { kindOf } from './people.js';
import type { Stage } from './stage.js';

/** Working days: what the slow owner asks for, what is agreed in the talk, what the head gives. */
const newDates = { owner: 4, talk: 3, head: 4 };
/** Minutes between finding a mail and doing what it asks for. */
const thinking = 20;
/** Which of the survey's answers are left when the reminder comes; any number beyond the suggestions. */
const lateAnswer = 5;

type Act = () => Promise<void>;

/** What people do about the mails they find, each by the link in it; some mails they leave unanswered. */
export class Reactions {
  private decided = false;
  private surveyed = false;
  /** Addresses and subjects of what was read about missed dates. */
  private readonly read = new Set<string>();
  private plan: { mail: Mail; from: Instant } | undefined;

  constructor(private readonly stage: Stage) {}

  async to(mails: Mail[], meeting: MeetingAnswer): Promise<void> {
    const acts = mails.map((mail) => this.actFor(mail, meeting)).filter((act) => act !== undefined);
    const { plan } = this;
    if (plan && plan.from <= this.stage.now) acts.push(() => this.handInPlan(plan.mail, meeting));
    if (acts.length === 0) return;
    await this.stage.pass(thinking);
    for (const act of acts) {
      await act();
      await tellOutcomes(this.stage, meeting);
    }
  }

  private actFor(mail: Mail, meeting: MeetingAnswer): Act | undefined {
    const action = meeting.actions.find((a) => mail.subject.includes(a.task));
    switch (kindOf(mail.subject)) {
      case 'surveyReminder':
        return this.answersNow(mail);
      case 'improvementPlan':
        this.plan = { mail, from: this.stage.at(this.stage.wdAfter(1), '09:00') };
        return undefined;
      case 'actionReminder':
        return action && (this.decided || !this.isSlow(action)) ? () => this.finish(mail, action) : undefined;
      case 'missed':
        return action && this.aboutMiss(mail, action, meeting);
      case 'escalation':
        return action && (() => this.decide(mail, action));
      case 'pleaseCheck':
        return this.aboutCheck(mail, action, meeting);
      default:
        return undefined;
    }
  }

  private isSlow(action: ActionAnswer): boolean {
    return action.owner.id === this.stage.cast.slow.id;
  }

  /**
   * F2: at the first miss the owner answers; at the second nobody does until who tracks it is asked again, since the owner
   * stays silent; at the third it is too late.
   */
  private aboutMiss(mail: Mail, action: ActionAnswer, meeting: MeetingAnswer): Act | undefined {
    const toOwner = mail.to.address === action.owner.email;
    if (action.status !== 'overdue') return undefined;
    const askedBefore = this.read.has(mail.to.address + mail.subject);
    this.read.add(mail.to.address + mail.subject);
    if (action.missed === 1 && toOwner) return () => this.proposeDate(mail, action);
    if (action.missed === 2 && !toOwner && askedBefore) return () => this.talk(mail, action, meeting);
    return undefined;
  }

  /** F1: the last of the other actions is left unchecked, to be accepted by silence. */
  private aboutCheck(mail: Mail, action: ActionAnswer | undefined, meeting: MeetingAnswer): Act | undefined {
    const left = meeting.actions.length > 2 ? meeting.actions.at(-1) : undefined;
    if (action === undefined) return () => this.checkPlan(mail, meeting);
    return action.id === left?.id ? undefined : () => this.check(mail, action);
  }

  /** One more answers the survey, the other one stays silent. */
  private answersNow(mail: Mail): Act | undefined {
    if (this.surveyed) return undefined;
    this.surveyed = true;
    return () => this.answerSurvey(mail);
  }

  private async answerSurvey(mail: Mail): Promise<void> {
    await answer(this.stage, mail, lateAnswer);
    await this.stage.tell(this.stage.words.say('surveyAnsweredLate'));
  }

  private async finish(mail: Mail, action: ActionAnswer): Promise<void> {
    const { people, words } = this.stage;
    await people.fillIn(mail, { do: 'done', doneNote: words.line('reportNote') });
    await this.stage.tell(words.say('reported', { name: action.owner.name, task: this.quoted(action) }), 'green');
  }

  private async proposeDate(mail: Mail, action: ActionAnswer): Promise<void> {
    const { people, words } = this.stage;
    const newDueDate = this.stage.wdAfter(newDates.owner);
    const obstacle = words.line('obstacle');
    await people.fillIn(mail, { do: 'progress', obstacle, newDueDate });
    const params = { name: action.owner.name, due: this.stage.day(newDueDate), text: obstacle };
    await this.stage.tell(words.say('ownerAnswers', params));
  }

  private async talk(mail: Mail, action: ActionAnswer, meeting: MeetingAnswer): Promise<void> {
    const { people, words } = this.stage;
    const newDueDate = this.stage.wdAfter(newDates.talk);
    const text = words.line('talk');
    await people.fillIn(mail, { text, newDueDate });
    const tracker = meeting.tasks.find(
      (t) => t.kind === 'talk' && t.about === action.id && t.status === 'open',
    )?.assignee;
    const params = {
      name: action.owner.name,
      tracker: (tracker ?? mail.to).name,
      due: this.stage.day(newDueDate),
      text,
    };
    await this.stage.tell(words.say('ownerSilent', params));
  }

  /** F3: one of the four decisions. */
  private async decide(mail: Mail, action: ActionAnswer): Promise<void> {
    const { people, words } = this.stage;
    this.decided = true;
    const dueDate = this.stage.wdAfter(newDates.head);
    const task = words.line('simplerTask');
    const reason = words.line('reason');
    await people.fillIn(mail, { decision: 'simplify', task, dueDate, reason });
    const params = { name: mail.to.name, due: this.stage.day(dueDate), task: this.quoted(action) };
    await this.stage.tell(words.say('headDecides', params), 'green');
    this.stage.detail(words.say('newTask', { text: task }));
    this.stage.detail(words.say('headDecidesWhy', { text: reason }));
  }

  private async check(mail: Mail, action: ActionAnswer): Promise<void> {
    this.stage.checked.add(action.id);
    await this.stage.people.fillIn(mail, { accepted: 'yes' });
    const params = { name: mail.to.name, task: this.quoted(action) };
    await this.stage.tell(this.stage.words.say('checked', params), 'green');
  }

  private async checkPlan(mail: Mail, { tasks }: MeetingAnswer): Promise<void> {
    for (const { id, kind } of tasks) if (kind === 'improvementPlan') this.stage.checked.add(id);
    await this.stage.people.fillIn(mail, { accepted: 'yes' });
    await this.stage.tell(this.stage.words.say('planChecked', { name: mail.to.name }), 'green');
  }

  private async handInPlan(mail: Mail, { initiator }: { initiator: { person: PersonAnswer } }): Promise<void> {
    const { people, words } = this.stage;
    this.plan = undefined;
    await people.fillIn(mail, { do: 'plan', text: words.line('plan') });
    await this.stage.tell(words.say('planHandedIn', { name: initiator.person.name }), 'green');
    this.stage.detail(words.line('plan'), 'dim');
  }

  private quoted(action: ActionAnswer): string {
    return this.stage.words.say('quoted', { text: action.task });
  }
}

import type { MeetingAnswer } from '../../api/schemas/answers.js';
import type { Instant, LocalDate, WorkingCalendar, ZoneData } from '../../domain/calendar/index.js';
import { atTime, toLocal, workingDaysAfter } from '../../domain/calendar/index.js';
import type { Locale } from '../../domain/meeting/state.js';
import { type When, whenFor } from '../../render/when.js';
import type { Api } from './api.js';
import type { Cast } from './cast.js';
import type { Clock } from './clock.js';
import { remindersIn } from './digest.js';
import type { Mail, Mailbox } from './mailbox.js';
import { People, type Reader } from './people.js';
import type { Scenario } from './scenario.js';
import type { Colour, Teller } from './teller.js';
import { glued } from './width.js';
import type { DemoKey, Words } from './words.js';

/** What the story is played with. */
export interface Props {
  scenario: Scenario;
  words: Words;
  locale: Locale;
  teller: Teller;
  /** With the administrator's key. */
  api: Api;
  mailbox: Mailbox;
  calendar: WorkingCalendar;
  zone: ZoneData;
  clockOf(meetingId: string): Clock;
}

/** What all meetings of a story have in common. */
interface Shared {
  /** What is being done, for a message about why it failed. */
  doing: string;
  keys: Map<string, Api>;
}

/** The story as it goes: the meeting, its time, its people, and what is told of them. */
export class Stage {
  readonly people: People;
  readonly when: When;
  cast!: Cast;
  meetingId = '';
  /** Actions and plans that somebody has checked: what became of them is told. */
  readonly checked = new Set<string>();
  /** Changes that were told of. */
  readonly told = new Set<string>();
  /** Workflow time at the last look. */
  now: Instant = Date.now();
  private clock: Clock | undefined;
  private readonly unread: Mail[] = [];

  constructor(
    readonly props: Props,
    private readonly shared: Shared = { doing: '', keys: new Map() },
  ) {
    const { mailbox, api, words, locale, zone } = props;
    this.people = new People(mailbox, api.url, words, locale);
    this.when = whenFor(locale, zone);
  }

  /** One more meeting of the same story, with its own time. */
  another(meetingId: string): Stage {
    const stage = new Stage(this.props, this.shared);
    stage.begin(meetingId);
    return stage;
  }

  get doing(): string {
    return this.shared.doing;
  }

  set doing(step: string) {
    this.shared.doing = step;
  }

  get words(): Words {
    return this.props.words;
  }

  /** Names what is being done. */
  step<T>(key: DemoKey, work: () => Promise<T>, params: Record<string, string> = {}): Promise<T> {
    this.doing = this.words.say(key, params);
    return work();
  }

  begin(meetingId: string): void {
    this.meetingId = meetingId;
    this.clock = this.props.clockOf(meetingId);
  }

  async goTo(at: Instant): Promise<void> {
    await this.clock?.goTo(at);
    await this.look();
  }

  /** Minutes from now. */
  pass(minutes: number): Promise<void> {
    return this.goTo(this.now + minutes * 60_000);
  }

  private async look(): Promise<void> {
    if (this.clock) this.now = await this.clock.now();
  }

  /** One line of the story, at the meeting's own time. */
  async tell(text: string, colour?: Colour): Promise<void> {
    await this.look();
    this.tellAt(this.now, text, colour);
  }

  /** `Mon 14 Jul 09:30` inside a sentence. */
  moment(at: Instant): string {
    return glued(this.when.time(at));
  }

  tellAt(at: Instant, text: string, colour?: Colour): void {
    this.props.teller.event(this.when.time(at), text, colour);
  }

  detail(text: string, colour?: Colour): void {
    this.props.teller.detail(text, colour);
  }

  /** Waits for what is under way, then looks which mails have come since the last look. */
  async newMails(): Promise<Mail[]> {
    await this.clock?.settle();
    const mails = await this.props.mailbox.look();
    this.unread.push(...mails.flatMap(remindersIn));
    return mails;
  }

  /** Tells of them, too. */
  async tellMails(): Promise<Mail[]> {
    const mails = await this.newMails();
    this.showMails(mails);
    return mails;
  }

  /** What nobody has done anything about yet; asked for once. */
  takeUnread(): Mail[] {
    return this.unread.splice(0);
  }

  showMails(mails: Mail[]): void {
    const told = mails.map(({ subject, to }) => ({ subject, to: to.name }));
    this.props.teller.mails(told, this.words.say('comma'));
  }

  meeting(): Promise<MeetingAnswer> {
    return this.props.api.get<MeetingAnswer>(this.path());
  }

  /** A path below the meeting's. */
  path(rest = ''): string {
    return `/v1/meetings/${this.meetingId}${rest}`;
  }

  /** The API with somebody's own key. */
  async as(person: Reader & { id: string }): Promise<Api> {
    const known = this.shared.keys.get(person.id);
    if (known) return known;
    const body = { name: `demo ${person.name}`.slice(0, 100), role: 'member', person: person.id };
    const { key } = await this.props.api.post<{ key: string }>('/v1/keys', body);
    const own = this.props.api.with(key);
    this.shared.keys.set(person.id, own);
    return own;
  }

  dateAt(at: Instant): LocalDate {
    return toLocal(this.props.zone, at).date;
  }

  /** n working days after the day of `from`, as a date. */
  wdAfter(n: number, from: Instant = this.now): LocalDate {
    return workingDaysAfter(this.props.calendar, this.dateAt(from), n);
  }

  /** A clock time on a date. */
  at(date: LocalDate, time: string): Instant {
    return atTime(this.props.zone, date, time);
  }

  /** `Mon 14 Jul` of a date. */
  day(date: LocalDate): string {
    return glued(this.when.day(this.at(date, '12:00')));
  }
}

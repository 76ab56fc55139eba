import { performance } from 'node:perf_hooks';
import { zoneData } from '../../domain/calendar/index.js';
import type { Locale } from '../../domain/meeting/state.js';
import { whenFor } from '../../render/when.js';
import { meetingWorkflowId } from '../../workflows/contracts.js';
import { Api } from './api.js';
import { Clock } from './clock.js';
import { figures } from './ending.js';
import { Mailbox } from './mailbox.js';
import { reviewAct } from './review.js';
import { type Scenario, zoneNameOf } from './scenario.js';
import type { Season } from './series/sample.js';
import { tellSeason } from './series/season.js';
import type { DemoStack, Stack } from './stack.js';
import { Stage } from './stage.js';
import { tellStory } from './story.js';
import { type Output, Teller } from './teller.js';
import { widthOf } from './width.js';
import type { Words } from './words.js';

const day = 86_400_000;
/** As far as the story can go, and beyond. */
const covered = 800 * day;
/** Nothing said for so long, and a line says what is under way. */
const quietMs = 2_000;
const quietAgainMs = 10_000;

export interface ShowProps {
  scenario: Scenario;
  /** The longer story; undefined: one meeting. */
  season: Season | undefined;
  locale: Locale;
  words: Words;
  stack: DemoStack;
  output: Output;
  env: Readonly<Record<string, string | undefined>>;
  keep: boolean;
}

/** The whole evening: the stack starts, the story is told, and at the end the addresses to look at. */
export class Show {
  private readonly teller: Teller;
  private stage: Stage | undefined;

  constructor(private readonly props: ShowProps) {
    const { locale, output, env } = props;
    this.teller = new Teller(output, dateWidth(locale), env);
  }

  /** What is being done, for a message about why it failed. */
  get doing(): string {
    return this.stage?.doing || this.props.words.say('step.start');
  }

  async perform(): Promise<void> {
    const watch = setInterval(() => this.breakSilence(), quietMs / 4);
    try {
      await this.tell();
    } finally {
      clearInterval(watch);
    }
  }

  /** A line of its own, like `Stopping …`. */
  remark(text: string): void {
    this.teller.plain(text, 'dim');
  }

  private async tell(): Promise<void> {
    const { words, stack, season } = this.props;
    this.teller.plain(words.say('title'), 'bold');
    this.teller.plain(words.say('intro'), 'dim');
    this.teller.blank();
    this.teller.waiting(words.say('starting'));
    const parts = await stack.start((line) => this.teller.waiting(line));
    this.teller.plain(words.say('ready', { seconds: secondsSoFar().toFixed(1) }), 'green');
    const stage = this.stageFor(parts);
    this.stage = stage;
    const story = season === undefined ? tellStory(stage) : tellSeason(stage, season);
    const { began, ended, seriesId } = await Promise.race([story, stack.failed]);
    const review = await Promise.race([reviewAct(stage, (await stack.folder) ?? ''), stack.failed]);
    this.teller.blank();
    this.teller.plain(figures(stage, began, ended, secondsSoFar()), 'bold');
    this.teller.blank();
    this.teller.plain(words.say('look'));
    this.teller.table([...review, ...(await this.places(parts, stage, seriesId))]);
  }

  private stageFor({ convoke, url, inboxUrl }: Stack): Stage {
    const { scenario, words, locale } = this.props;
    const { client } = convoke.temporal;
    const now = Date.now();
    return new Stage({
      scenario,
      words,
      locale,
      teller: this.teller,
      api: new Api(url, convoke.secrets.adminKey, locale),
      mailbox: new Mailbox(inboxUrl),
      calendar: convoke.config.calendar,
      zone: zoneData(zoneNameOf(scenario), now - day, now + covered),
      clockOf: (id) => new Clock(client, meetingWorkflowId(id)),
    });
  }

  private async places(
    { convoke, url, inboxUrl, temporalUiUrl }: Stack,
    stage: Stage,
    seriesId: string | undefined,
  ): Promise<[string, string][]> {
    const { say } = this.props.words;
    const { namespace } = convoke.config.temporal;
    const workflows = `${temporalUiUrl}/namespaces/${namespace}/workflows`;
    const ofSeries: [string, string][] = [
      [say('look.meetings'), workflows],
      [say('look.series'), `${url}/v1/series/${seriesId}`],
    ];
    return [
      [say('look.meeting'), `${workflows}/${meetingWorkflowId(stage.meetingId)}`],
      ...(seriesId === undefined ? [] : ofSeries),
      [say('look.inbox'), inboxUrl],
      [say('look.docs'), `${url}/docs`],
      [say('look.api'), `${url}${stage.path()}`],
      [say('look.key'), convoke.secrets.adminKey],
      ...(this.props.keep ? [[say('look.folder'), (await this.props.stack.folder) ?? ''] as [string, string]] : []),
    ];
  }

  /** Says after 2 s that work goes on, and again every 10 s; the stack's parts speak for themselves while they start. */
  private breakSilence(): void {
    const patience = this.teller.isWaiting ? quietAgainMs : quietMs;
    if (this.stage === undefined || this.teller.silence < patience) return;
    this.teller.waiting(this.props.words.say('working', { step: this.doing }));
  }
}

/** Seconds since the process began, loading included. */
const secondsSoFar = (): number => performance.now() / 1000;

/** Columns of the longest date there is in a language. */
function dateWidth(locale: Locale): number {
  const when = whenFor(locale, zoneData('UTC', 0, 366 * day));
  return Math.max(...Array.from({ length: 365 }, (_, i) => widthOf(when.time(i * day))));
}

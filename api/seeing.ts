/** H7, H10: the one place where the API asks who sees what. Routes and pages load a meeting through here, never past it. */
import type { Caller } from '../archive/view-read.js';
import type { Instant } from '../domain/calendar/index.js';
import type { Actor } from '../domain/meeting/commands.js';
import { principalsOf } from '../domain/meeting/assistants.js';
import type { Locale, MeetingState } from '../domain/meeting/state.js';
import { maySee, partingView, viewFor } from '../domain/meeting/visibility.js';
import { isPmo } from '../domain/pmo.js';
import { translator } from '../locales/index.js';
import type { ApiDeps } from './deps.js';
import { problem } from './errors.js';
import type { Loaded, MeetingFrame, Meetings } from './meetings.js';

/** Wall clock: how long one key's look at a confidential meeting is one entry of the audit. */
const oneLookMs = 10 * 60_000;
const mostLooks = 10_000;

export class Seeing {
  private readonly looks = new Map<string, number>();

  constructor(
    private readonly deps: ApiDeps,
    private readonly meetings: Meetings,
  ) {}

  /** The meeting as this caller may see it; who may not gets the 404 of a meeting that never was. */
  async load(id: string, actor: Actor, locale: Locale): Promise<Loaded> {
    const loaded = await this.meetings.load(id);
    const seen = await this.view(loaded.state, actor, loaded.now, locale);
    return seen === undefined ? unknown(id) : { ...loaded, state: seen };
  }

  /** The same of a state at hand, as the archive keeps many; undefined: nothing of it. */
  async view(state: MeetingState, actor: Actor, now: Instant, locale: Locale): Promise<MeetingState | undefined> {
    const seen = viewFor(state, actor, now, translator(locale)('words.confidentialTopic'));
    if (seen !== undefined) await this.note(state, actor, now);
    return seen;
  }

  /** For the page behind a personal link: who was taken off the list still learns so, with when, where and who hosts. */
  async loadForLink(id: string, actor: Actor, locale: (state: MeetingState) => Locale): Promise<Loaded> {
    const loaded = await this.meetings.load(id);
    const title = translator(locale(loaded.state))('words.confidentialTopic');
    return { ...loaded, state: viewFor(loaded.state, actor, loaded.now, title) ?? partingView(loaded.state) };
  }

  /** Zone and language, before a command; the rule itself says no later, a confidential meeting does so here. */
  async frame(id: string, actor: Actor): Promise<MeetingFrame> {
    const frame = await this.meetings.frame(id);
    if (frame.confidential !== true) return frame;
    const { state, now } = await this.meetings.load(id);
    return maySee(state, actor, now) ? frame : unknown(id);
  }

  /** For lists: undefined sees everything. */
  async caller(actor: Actor): Promise<Caller | undefined> {
    if (actor.roles.includes('admin')) return undefined;
    const now = this.deps.clock();
    const own = actor.person === undefined ? [] : [actor.person];
    const people = [...new Set([...own, ...principalsOf(actor, now)])];
    const isService = actor.roles.includes('service');
    if (!isService && !isPmo(actor, (await this.deps.norms(now)).pmo)) return { people };
    return { people, all: isService && actor.key !== undefined ? { key: actor.key } : {} };
  }

  /** H10: that an administrator looked at a confidential meeting without a part in it stands in its audit. */
  private async note(state: MeetingState, actor: Actor, at: Instant): Promise<void> {
    const { key, person } = actor;
    const secret = state.confidential === true || state.agenda.some((t) => t.confidential);
    if (!secret || key === undefined || maySee(state, { ...actor, roles: [] }, at)) return;
    const look = `${state.id} ${key}`;
    const until = this.looks.get(look) ?? 0;
    if (until > this.deps.clock()) return;
    if (this.looks.size >= mostLooks) this.looks.clear();
    this.looks.set(look, this.deps.clock() + oneLookMs);
    const entry = { meetingId: state.id, revision: state.revision, at, event: 'read', key, via: 'api' as const };
    await this.deps.archive.audit.add(person === undefined ? entry : { ...entry, person });
  }
}

const unknown = (id: string): never => problem('NotFound', 'meeting.unknown', '', { id });

/** What every route works with, made once from what was passed in. */
import type { FastifyRequest } from 'fastify';
import { hashKey } from '../archive/keys.js';
import { addDays, fromLocal, toLocal } from '../domain/calendar/index.js';
import type { ZoneData } from '../domain/calendar/index.js';
import type { Assists } from '../domain/meeting/assistants.js';
import type { Actor, CommandInput, CommandName } from '../domain/meeting/commands.js';
import type { DepartmentId, Locale, MeetingState, PersonId } from '../domain/meeting/state.js';
import { applyCommand } from '../domain/meeting/step.js';
import { pickLocale } from '../locales/index.js';
import type { Answer } from '../workflows/contracts.js';
import { Auth } from './auth.js';
import type { Principal, Standing } from './auth.js';
import { Commands } from './commands.js';
import type { ApiDeps } from './deps.js';
import { toProblem } from './errors.js';
import { idempotencyOf } from './idempotency.js';
import { bodyPath } from './meeting-input.js';
import { Feed } from './live/feed.js';
import { Meetings } from './meetings.js';
import type { Loaded, MeetingFrame } from './meetings.js';
import { knownPerson, lookUp, settle } from './mentions.js';
import type { Resolved, Mentions } from './mentions.js';
import { isInstant } from './problem-json.js';
import { idsIn, Names } from './present/context.js';
import type { Telling } from './present/context.js';
import { Seeing } from './seeing.js';
import { zoneFor } from './zones.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route that is not open. */
    principal: Principal;
  }
}

/** F2: commands that may move a due date before it is missed. */
const datesMoved: CommandName[] = ['extendAction', 'progress'];

export class Api {
  readonly auth: Auth;
  readonly meetings: Meetings;
  readonly commands: Commands;
  readonly feed: Feed;
  readonly seeing: Seeing;

  constructor(readonly deps: ApiDeps) {
    const { archive, client, config, clock } = deps;
    this.auth = new Auth(
      config.adminKey,
      (token) => archive.keys.verify(hashKey(token)),
      clock,
      (person) => this.standingOf(person),
    );
    this.meetings = new Meetings(deps);
    this.seeing = new Seeing(deps, this.meetings);
    this.commands = new Commands(client, (id) => this.meetings.endedPhase(id), deps.commandDeadlineMs);
    this.feed = new Feed(
      {
        reads: archive.feed,
        changes: (heard) => archive.changes.on('*', heard),
        warn: (error) => deps.log.warn({ err: error }, 'the live feed looks again'),
      },
      deps.mostListeners,
    );
    this.commands.onAnswer = (id, revision) => this.feed.answered(id, revision);
  }

  /** The reader's language. */
  locale(request: FastifyRequest): Locale {
    return pickLocale(request.headers['accept-language'], this.deps.config.locale);
  }

  /** One meeting as the caller of a request may see it; throws 404. */
  seen(request: FastifyRequest, id: string): Promise<Loaded> {
    return this.seeing.load(id, request.principal.actor, this.locale(request));
  }

  /** What a request needs to know of a meeting before its command; throws 404. */
  frame(request: FastifyRequest, id: string): Promise<MeetingFrame> {
    return this.seeing.frame(id, request.principal.actor);
  }

  /** What somebody brings along besides their own name, wherever they come from. */
  async standingOf(person: PersonId): Promise<Standing> {
    const [assists, leads] = await Promise.all([this.assistsOf(person), this.leadsOf(person)]);
    return { ...(assists.length === 0 ? {} : { assists }), ...(leads.length === 0 ? {} : { leads }) };
  }

  /** Whoever holds a personal link is that person, and nobody more; in an assistant's mailbox (H6) it is the assistant. */
  async linkActor({ person, by }: { person: PersonId; by?: PersonId }): Promise<Actor> {
    const { assists, leads } = await this.standingOf(by ?? person);
    return {
      person: by ?? person,
      roles: ['member'],
      scopes: [],
      via: 'link',
      ...(leads === undefined ? {} : { leads }),
      ...(by === undefined || assists === undefined ? {} : { assists }),
    };
  }

  /** H5: whether they lead the one department that a norm names, the PMO's. */
  private async leadsOf(person: PersonId): Promise<DepartmentId[]> {
    const { archive, clock, config, norms } = this.deps;
    const now = clock();
    const department = (await norms(now)).pmo?.department;
    if (department === undefined) return [];
    const { date } = toLocal(zoneFor(config.timeZone, now), now);
    return (await archive.stories.leads(department, person, date)) ? [department] : [];
  }

  /** H6: for whom somebody may act, days in the principal's zone as moments. */
  async assistsOf(person: PersonId): Promise<Assists[]> {
    const { archive, clock, config } = this.deps;
    const entries = await archive.assistants.actingFor(person);
    return entries.map(({ person: principal, scopes, from, to, timeZone }) => {
      const zone = zoneFor(timeZone ?? config.timeZone, clock());
      return {
        person: principal,
        scopes,
        from: fromLocal(zone, from, '00:00'),
        until: fromLocal(zone, addDays(to, 1), '00:00'),
      };
    });
  }

  /** F2: a head of the directory moves dates of the department's actions, seat or not. */
  private async withLeads(actor: Actor): Promise<Actor> {
    if (actor.person === undefined) return actor;
    const { archive, clock, config } = this.deps;
    const now = clock();
    const leads = await archive.standing.ledBy(actor.person, toLocal(zoneFor(config.timeZone, now), now).date);
    return leads.length === 0 ? actor : { ...actor, leads: [...new Set([...(actor.leads ?? []), ...leads])] };
  }

  /** A person who must be known already. */
  known(ref: string, path: string): Promise<PersonId> {
    return knownPerson(this.deps.archive.directory, ref, path);
  }

  /** Names, zone and languages for telling of one meeting. */
  async telling(state: MeetingState, locale: Locale): Promise<Telling> {
    const names = await Names.load(this.deps.archive.directory, idsIn(state), locale);
    return { names, zone: state.zone, meetingLocale: state.locale, locale };
  }

  /** Runs a command for the caller of a request. Refusals tell their instants in the meeting's zone. */
  async run<N extends CommandName>(
    request: FastifyRequest,
    name: N,
    meetingId: string,
    input: CommandInput<N>,
    zone?: ZoneData,
  ): Promise<Answer<N>> {
    const { principal } = request;
    const idempotency = idempotencyOf(request);
    const actor = datesMoved.includes(name) ? await this.withLeads(principal.actor) : principal.actor;
    try {
      const call = { meetingId, actor, input, principal: principal.id, idempotency };
      return await this.commands.run(name, call);
    } catch (error) {
      const refused = toProblem(error).withPaths(bodyPath);
      throw needsZone(refused.faults) ? refused.inZone(zone ?? (await this.zoneOf(meetingId))) : refused;
    }
  }

  /**
   * The same for a command that names people or departments. Somebody new is written to the directory only when the rules
   * would let the command pass.
   */
  async runNaming<N extends CommandName>(
    request: FastifyRequest,
    name: N,
    meetingId: string,
    mentions: Mentions,
    inputOf: (resolved: Resolved) => CommandInput<N>,
  ): Promise<Answer<N>> {
    const { directory } = this.deps.archive;
    const found = await lookUp(directory, mentions);
    if (found.fresh) await this.dryRun(name, meetingId, inputOf(found), request.principal.actor);
    return this.run(request, name, meetingId, inputOf(await settle(directory, mentions, found)));
  }

  /** Asks the rules without doing anything: 503 when the meeting does not answer. */
  async dryRun<N extends CommandName>(
    name: N,
    meetingId: string,
    input: CommandInput<N>,
    actor: Actor,
  ): Promise<Loaded> {
    const loaded = await this.meetings.live(meetingId);
    try {
      applyCommand(loaded.state, name, input, { now: loaded.now, actor });
      return loaded;
    } catch (error) {
      throw toProblem(error).withPaths(bodyPath).inZone(loaded.state.zone);
    }
  }

  private async zoneOf(meetingId: string): Promise<ZoneData | undefined> {
    return this.meetings.frame(meetingId).then(
      (frame) => frame.zone,
      () => undefined,
    );
  }
}

const needsZone = (faults: { params: Record<string, unknown> }[]): boolean =>
  faults.some((f) => Object.values(f.params).some(isInstant));

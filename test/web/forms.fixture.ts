/** A meeting in every state that a link can lead to, with people who have names. */
import type { Archive } from '../../archive/open.js';
import { addWorkingDays } from '../../domain/calendar/index.js';
import type { CommandInput, CommandName } from '../../domain/meeting/commands.js';
import type { Effect, EffectReply } from '../../domain/meeting/effects.js';
import type { MeetingState } from '../../domain/meeting/state.js';
import { applyCommand, applyReply, applyTimer } from '../../domain/meeting/step.js';
import { freshId } from '../support/creation.js';
import { admin, aMeeting, at, person, taipei, taiwan } from '../support/meeting.js';

export { at, taipei };

/** p1…p11 of `aMeeting`, as people of the directory: the state with their real ids, and the ids by those names. */
export async function people(archive: Archive): Promise<Record<string, string>> {
  const names = [
    '林美玲',
    '王建國',
    '陳怡君',
    '黃志明',
    '張淑芬',
    '李宗翰',
    '吳佩珊',
    '劉俊傑',
    '蔡雅婷',
    '楊承恩',
    '許瑋倫',
  ];
  const made = await archive.directory.ensurePeople(
    names.map((name, i) => ({ email: `p${i + 1}-${freshId()}@example.com`, name })),
  );
  const departments = await archive.directory.ensureDepartments(
    ['研發部', '製造部', '採購部', '資訊部'].map((ref) => ({ ref })),
  );
  return Object.fromEntries([
    ...made.map((p, i) => [`p${i + 1}`, p.id] as const),
    ...departments.map((d, i) => [`d${i + 1}`, d.id] as const),
  ]);
}

/** The fixture's short ids replaced by the directory's, and a meeting id of its own. */
export function cast(state: MeetingState, ids: Record<string, string>): MeetingState {
  const id = freshId();
  const text = JSON.stringify(state)
    .replace(/"([pd]\d+)"/g, (whole, short: string) => (ids[short] === undefined ? whole : `"${ids[short]}"`))
    .replaceAll(state.id, id);
  return JSON.parse(text) as MeetingState;
}

/** Runs commands and the clock on a state, without an engine. */
export class Story {
  constructor(
    public state: MeetingState,
    public now: number,
  ) {}

  run<N extends CommandName>(name: N, input: CommandInput<N>, who: string | undefined = undefined): this {
    const actor = who === undefined ? admin : person(who);
    this.state = applyCommand(this.state, name, input, { now: this.now, actor }).state;
    return this;
  }

  /** Lets the clock run to a moment, firing every timer on the way; asks for decisions are answered by the chain given. */
  until(moment: number, heads: string[] = []): this {
    for (;;) {
      const next = [...this.state.timers].sort((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > moment) break;
      this.now = Math.max(this.now, next.at);
      const change = applyTimer(this.state, next, this.now);
      this.state = change.state;
      this.answer(change.effects, heads);
    }
    this.now = moment;
    return this;
  }

  /** What an effect brought back. */
  reply(reply: EffectReply): this {
    this.take(reply, []);
    return this;
  }

  /** Nobody is on leave or gone (F2). */
  private answer(effects: Effect[], heads: string[]): void {
    for (const effect of effects) {
      if (effect.type === 'findStanding') {
        const { about, rung, dueAt } = effect;
        this.take({ type: 'standingFound', about, rung, dueAt }, heads);
      }
      if (effect.type === 'findChain')
        this.take({ type: 'chainFound', about: effect.about, heads, sponsor: this.state.sponsor }, heads);
    }
  }

  private take(reply: EffectReply, heads: string[]): void {
    const change = applyReply(this.state, reply, this.now);
    this.state = change.state;
    this.answer(change.effects, heads);
  }
}

export { aMeeting, addWorkingDays, taiwan };

/** R2: what accepting a proposal makes of a series. What was valid stays valid. */
import { defaultBreak, excessMinutes } from '../meeting/agenda.js';
import type { Norms } from '../norms.js';
import type { MeetingTemplate, SeriesPlan } from '../series/plan.js';
import type { HeldFacts } from './propose.js';
import type { ProposalChange } from './proposals.js';

type Agenda = MeetingTemplate['agenda'];

/** Whether a meeting of so many minutes may be as the template says, complexity as it is there (P2). */
export function fits({ complex }: Pick<MeetingTemplate, 'complex'>, minutes: number, norms: Norms): boolean {
  return minutes <= norms.durationCapMinutes && (minutes <= norms.durationMaxMinutes || complex === true);
}

/** P6: so many minutes, or as many more as the agenda needs. */
export function longEnough(template: MeetingTemplate, agenda: Agenda, minutes: number, norms: Norms): number {
  const open = template.openDiscussionMinutes ?? norms.openDiscussionMinutes;
  for (let n = minutes; ; n += 5) {
    const pause = template.breakMinutes ?? defaultBreak(n, norms);
    if (excessMinutes(agenda, open, pause, n) === 0) return n;
  }
}

const ordered = (agenda: Agenda): Agenda =>
  agenda
    .map((t, i) => ({ t, i }))
    .sort((a, b) => a.t.priority - b.t.priority || a.i - b.i)
    .map(({ t }) => t);

/** P5: the more important half, and the other; split where the minutes are most alike. */
export function halves({ agenda }: Pick<MeetingTemplate, 'agenda'>): [Agenda, Agenda] {
  const all = ordered(agenda);
  const sum = (topics: Agenda): number => topics.reduce((n, t) => n + t.minutes, 0);
  const at = (k: number): number => Math.abs(sum(all.slice(0, k)) - sum(all.slice(k)));
  const cuts = all.slice(1).map((_, i) => i + 1);
  const best = cuts.reduce((a, b) => (at(b) < at(a) ? b : a), 1);
  return [all.slice(0, best), all.slice(best)];
}

const folded = (title: string): string => title.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();

/** Topics of the template that each of the meetings left unfinished, with their last identity. */
export function mergeable(
  { agenda }: Pick<MeetingTemplate, 'agenda'>,
  unfinished: HeldFacts['unfinished'][],
): { topicId: string; title: string }[] {
  return agenda.flatMap(({ title }) => {
    const each = unfinished.map((topics) => topics.find((t) => folded(t.title) === folded(title)));
    const last = each.at(-1);
    return last === undefined || each.some((t) => t === undefined) ? [] : [{ topicId: last.topicId, title }];
  });
}

const longestTitle = 200;

/** Undefined: there is nothing left to change; the series has become another one since. */
export function changedSeries(plan: SeriesPlan, change: ProposalChange, norms: Norms): SeriesPlan | undefined {
  const { template, rule } = plan;
  const as = (part: Partial<MeetingTemplate>): SeriesPlan => ({ ...plan, template: { ...template, ...part } });
  switch (change.kind) {
    case 'dropPeople': {
      const left = template.participants.filter((p) => !change.people.includes(p.person));
      const enough = left.length >= norms.participantsMin && left.length < template.participants.length;
      return enough ? as({ participants: left }) : undefined;
    }
    case 'shorten':
    case 'split': {
      if (template.durationMinutes !== change.fromMinutes) return undefined;
      if (change.kind === 'shorten') {
        const long = longEnough(template, template.agenda, change.toMinutes, norms) > change.toMinutes;
        return long ? undefined : as({ durationMinutes: change.toMinutes });
      }
      const parts = template.agenda.length < 2 ? undefined : halves(template);
      const long = parts?.some((a) => longEnough(template, a, change.toMinutes, norms) > change.toMinutes) ?? true;
      return long || parts === undefined
        ? undefined
        : as({ durationMinutes: change.toMinutes, agenda: parts[0], participants: withTopics(template, parts[0]) });
    }
    case 'mergeTopics':
      return merged(
        plan,
        change.topics.map((t) => folded(t.title)),
      );
    case 'everySecond': {
      if (rule.pattern.interval > 26) return undefined;
      return { ...plan, rule: { ...rule, pattern: { ...rule.pattern, interval: rule.pattern.interval * 2 } } };
    }
  }
}

/** P3: own topics are of the agenda; those of the other half are nobody's here. */
const withTopics = ({ participants }: MeetingTemplate, agenda: Agenda): MeetingTemplate['participants'] =>
  participants.map((p) =>
    p.topics === undefined
      ? p
      : { ...p, topics: p.topics.filter((name) => agenda.some((t) => t.title === name || t.topicId === name)) },
  );

function merged(plan: SeriesPlan, titles: string[]): SeriesPlan | undefined {
  const { template } = plan;
  const those = ordered(template.agenda).filter((t) => titles.includes(folded(t.title)));
  const [first] = those;
  if (first === undefined || those.length < 2) return undefined;
  const title = those
    .map((t) => t.title)
    .join(' / ')
    .slice(0, longestTitle);
  const one = {
    ...first,
    title,
    minutes: those.reduce((n, t) => n + t.minutes, 0),
    materials: those.flatMap((t) => t.materials ?? []),
  };
  const agenda = template.agenda.flatMap((t) => (t === first ? [one] : those.includes(t) ? [] : [t]));
  const names = those.map((t) => t.title);
  const participants = template.participants.map((p) =>
    p.topics === undefined
      ? p
      : { ...p, topics: [...new Set(p.topics.map((name) => (names.includes(name) ? title : name)))] },
  );
  return { ...plan, template: { ...template, agenda, participants } };
}

/**
 * The second series of a split: the other half of the agenda on the same dates, half an hour after the first meeting ends;
 * before it, if that would be after 18:00. Its organisers may move it to days of its own.
 */
export function secondOfSplit(
  plan: SeriesPlan,
  change: Extract<ProposalChange, { kind: 'split' }>,
  id: string,
): SeriesPlan {
  const { template, rule } = plan;
  const [, agenda] = halves(template);
  const minutes = Number(rule.time.slice(0, 2)) * 60 + Number(rule.time.slice(3));
  const after = minutes + change.toMinutes + 30;
  const time = after + change.toMinutes <= 18 * 60 ? after : Math.max(0, minutes - change.toMinutes - 30);
  const two = (n: number): string => String(n).padStart(2, '0');
  return {
    ...plan,
    id,
    rule: { ...rule, time: `${two(Math.floor(time / 60))}:${two(time % 60)}`, moves: [] },
    template: {
      ...template,
      title: `${template.title.slice(0, longestTitle - 4)} (2)`,
      durationMinutes: change.toMinutes,
      agenda,
      participants: withTopics(template, agenda),
    },
  };
}

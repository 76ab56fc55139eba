/** Y1: a proposal for the norms in words: what changes, the figures that say so, and what it would have meant. */
import { becauseOf } from '../../domain/norms-proposals.js';
import type { Effect, NormProposal } from '../../domain/norms-proposals.js';
import { normTable } from '../../domain/norms-table.js';
import type { NormName } from '../../domain/norms-table.js';
import type { Translate } from '../../locales/index.js';

export interface ProposalText {
  label: string;
  /** With their units. */
  from: string;
  to: string;
  because: string;
  effect: string;
  /** What else it changes, so that the norms still go together. */
  also: string[];
}

const withUnit = (say: Translate, name: NormName, n: number | string): string =>
  say(`norms.unit.${normTable[name].unit}`, { n });

/** The reason as it is kept with a change of the norms: which proposal, with its figures. */
export const reasonText = (
  say: Translate,
  { code, params }: { code: string; params: Record<string, number> },
): string => say(`norms.proposal.${code}`, Object.fromEntries(Object.entries(params).map(shown)));

/** Scores have a decimal, also where it is 0. */
const shown = ([name, n]: [string, number]): [string, string] => [
  name,
  name.endsWith('Mean') ? n.toFixed(1) : String(n),
];

/** What refuses and hints at no other meeting than now is said in so many words. */
export function effectText(say: Translate, effect: Effect): string {
  const same = effect.refused === effect.refusedBefore && effect.hinted === effect.hintedBefore;
  return say(same ? 'norms.effectSame' : 'norms.effect', { ...effect });
}

export function proposalText(say: Translate, proposal: NormProposal): ProposalText {
  const { kind, from, to, changes, effect } = proposal;
  const others = Object.entries(changes).filter(
    (c): c is [NormName, number | string] => c[0] !== kind && c[1] !== null,
  );
  return {
    label: say(`norms.${kind}`),
    from: withUnit(say, kind, from),
    to: withUnit(say, kind, to),
    because: reasonText(say, becauseOf(proposal)),
    effect: effectText(say, effect),
    also: others.map(([name, value]) =>
      say('norms.also', { norm: say(`norms.${name}`), to: withUnit(say, name, value) }),
    ),
  };
}

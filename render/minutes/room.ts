/** What the room brought besides decisions: analyses (E12), groups (E10), notes left on the wall (E13), what was parked (E6). */
import { inOrder } from '../../domain/meeting/agenda.js';
import { floorOf } from '../../domain/meeting/floor.js';
import type { Block, Item } from '../document.js';
import { text } from '../document.js';
import { manyLines, oneLine } from '../text.js';
import { analysisParts } from '../types.js';
import { ifAny, list } from './context.js';
import type { MinutesContext, SectionBuilder } from './context.js';

const titleOf = ({ state }: MinutesContext, topicId: string): string =>
  oneLine(state.agenda.find((t) => t.topicId === topicId)?.title ?? '');

/** E12: by topic, each part that was filled in. */
export const analysesSection: SectionBuilder = (c) =>
  ifAny(
    c,
    'analyses',
    inOrder(c.state.agenda).flatMap((t) => analysis(c, t.topicId)),
  );

function analysis(c: MinutesContext, topicId: string): Block[] {
  const content = c.analyses[topicId];
  if (content === undefined) return [];
  const facts = analysisParts.flatMap((part) => {
    const said = manyLines(content[part] ?? '');
    return said === '' ? [] : [{ label: c.say(`minutes.analysis.${part}`), lines: said.split('\n') }];
  });
  return facts.length === 0 ? [] : [text(titleOf(c, topicId)), { type: 'facts', facts }];
}

/** E10: the groups and what they reported back. */
export const groupsSection: SectionBuilder = (c) =>
  ifAny(
    c,
    'groups',
    list(
      floorOf(c.state).breakouts.flatMap((round) =>
        round.groups.map((g): Item => ({
          title: oneLine(g.name),
          aside: titleOf(c, round.topicId),
          body: g.report === undefined ? undefined : manyLines(g.report),
          notes: [c.names.people(g.members)],
        })),
      ),
    ),
  );

/** E6: what waits for the next agenda. */
export const parkedSection: SectionBuilder = (c) =>
  ifAny(
    c,
    'parked',
    list(floorOf(c.state).parked.map((p) => ({ title: oneLine(p.text), aside: c.names.department(p.department) }))),
  );

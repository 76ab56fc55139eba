import type { KeyPoint } from '../../domain/meeting/state.js';
import type { Item } from '../document.js';
import { manyLines, oneLine } from '../text.js';
import { always, list } from './context.js';
import type { MinutesContext, SectionBuilder } from './context.js';

export const keyPointsSection: SectionBuilder = (c) =>
  always(c, 'keyPoints', list(c.state.keyPoints.map((k) => keyPointItem(c, k))));

function keyPointItem({ state, say, names, when }: MinutesContext, point: KeyPoint): Item {
  const due = point.dueAt === undefined ? undefined : when.day(point.dueAt);
  const department = point.department === undefined ? undefined : names.department(point.department);
  const topic = state.agenda.find((t) => t.topicId === point.topicId);
  const duty = (): string[] => {
    if (department !== undefined && due !== undefined) return [say('minutes.keyPoint.due', { department, due })];
    if (due !== undefined) return [say('minutes.keyPoint.by', { due })];
    return department === undefined ? [] : [department];
  };
  return {
    title: manyLines(point.text),
    aside: say(`words.keyPoint.${point.kind}`),
    notes: [...(topic ? [oneLine(topic.title)] : []), ...duty()],
  };
}

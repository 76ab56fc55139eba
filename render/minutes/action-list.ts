import { toLocal } from '../../domain/calendar/index.js';
import { actionText } from '../action-text.js';
import { manyLines } from '../text.js';
import type { MinutesContext } from './context.js';

export interface ActionList {
  /** Of the texts, then of due date and progress. */
  columns: string[];
  rows: { texts: string[]; due: string; percent: number }[];
}

/** E14: each action with what a list is sorted and filtered by. */
export function actionList({ state, locale, say, names }: MinutesContext): ActionList {
  const column = (key: string): string => say(`minutes.list.${key}`);
  return {
    columns: ['task', 'owner', 'lead', 'supporting', 'status', 'sentence', 'due', 'percent'].map(column),
    rows: state.actions
      .filter((a) => !a.withdrawn)
      .map((a) => ({
        texts: [
          manyLines(a.task),
          names.person(a.owner),
          a.department === undefined ? '' : names.department(a.department),
          names.departments(a.supporting),
          say(`words.status.${a.status}`),
          actionText(locale, { task: a.task, owner: names.person(a.owner), dueAt: a.dueAt }, state.zone),
        ],
        due: toLocal(state.zone, a.dueAt).date,
        percent: a.percent,
      })),
  };
}

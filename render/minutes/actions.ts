import { isExternal } from '../../domain/meeting/visibility.js';
import { tracker } from '../../domain/meeting/people.js';
import type { Action } from '../../domain/meeting/state.js';
import { actionText } from '../action-text.js';
import type { Item } from '../document.js';
import { always, list } from './context.js';
import type { MinutesContext, SectionBuilder } from './context.js';

export const actionsSection: SectionBuilder = (c) =>
  always(c, 'actions', list(c.state.actions.filter((a) => !a.withdrawn).map((a) => actionItem(c, a))));

/** E14: exactly the sentence, then lead and supporting departments. */
function actionItem({ state, locale, say, names }: MinutesContext, action: Action): Item {
  const { task, owner, dueAt, department, supporting, status } = action;
  return {
    title: actionText(locale, { task, owner: names.person(owner), dueAt }, state.zone),
    exact: true,
    aside: status === 'open' ? undefined : say(`words.status.${status}`),
    notes: [
      ...(department === undefined ? [] : [say('minutes.action.lead', { name: names.department(department) })]),
      ...(isExternal(state, owner) ? [say('minutes.action.contact', { name: names.person(tracker(state)) })] : []),
      ...(supporting.length > 0 ? [say('minutes.action.supporting', { names: names.departments(supporting) })] : []),
    ],
  };
}

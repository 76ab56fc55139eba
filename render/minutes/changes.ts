/** M3: the difference between two versions as parts of a document, for mail and page. */
import type { MeetingState } from '../../domain/meeting/state.js';
import { inOrder } from '../../domain/meeting/agenda.js';
import type { Translate } from '../../locales/index.js';
import type { Section } from '../document.js';
import { text } from '../document.js';
import type { PartChange } from '../minutes-diff.js';
import { oneLine } from '../text.js';
import type { When } from '../when.js';

/** A section per part that changed; those of topics that the reader does not have (H7) are left out. */
export function changeSections(state: MeetingState, changes: PartChange[], say: Translate, when: When): Section[] {
  const agenda = inOrder(state.agenda);
  return changes.flatMap((change): Section[] => {
    switch (change.part) {
      case 'summary':
        return [{ heading: say('minutes.changed.summary'), blocks: [{ type: 'difference', spans: change.spans }] }];
      case 'conclusion': {
        const topic = agenda.find((t) => t.topicId === change.topicId);
        if (topic === undefined) return [];
        const heading = say('minutes.changed.conclusion', { title: oneLine(topic.title) });
        return [{ heading, blocks: [{ type: 'difference', spans: change.spans }] }];
      }
      case 'next': {
        const told = (t: number | undefined): string => (t === undefined ? say('minutes.none.next') : when.full(t));
        const sentence = say('minutes.changed.nextFrom', { before: told(change.before), after: told(change.after) });
        return [{ heading: say('minutes.changed.next'), blocks: [text(sentence)] }];
      }
    }
  });
}

/** S1: what became of the actions of the last meeting of the series, for the next one's mails and minutes. */
import type { FollowUp } from '../domain/series/follow-up.js';
import type { Item, Section } from './document.js';
import { items, note, text } from './document.js';
import type { Names } from './names.js';
import type { Translate } from '../locales/index.js';
import { oneLine } from './text.js';
import type { When } from './when.js';

interface Telling {
  say: Translate;
  names: Names;
  when: When;
}

/** Open ones first, in the order of their dates; nothing when the series has not met yet. */
export function followUpSection(c: Telling, followUp: FollowUp | undefined): Section[] {
  if (followUp === undefined) return [];
  const { say, when } = c;
  const over = (a: FollowUp['actions'][number]): boolean => a.status === 'done' || a.status === 'cancelled';
  const sorted = [...followUp.actions.filter((a) => !over(a)), ...followUp.actions.filter(over)];
  const blocks = sorted.length === 0 ? [text(say('mail.followUp.none'))] : [items(sorted.map((a) => itemOf(c, a)))];
  return [
    {
      name: 'followUp',
      heading: say('mail.heading.followUp'),
      blocks: [note(say('mail.followUp.of', { when: when.when(followUp.startsAt) })), ...blocks],
    },
  ];
}

function itemOf({ say, names, when }: Telling, action: FollowUp['actions'][number]): Item {
  const { task, owner, department, dueAt, status, missed } = action;
  const where = department === undefined ? undefined : names.department(department);
  const name = names.person(owner);
  const who = where === undefined ? name : say('words.brackets', { text: name, note: where });
  return {
    title: oneLine(task),
    aside: say(`words.status.${status}`),
    notes: [
      say('mail.followUp.line', { owner: who, due: when.time(dueAt) }),
      ...(missed > 0 ? [say('mail.followUp.missed', { count: missed })] : []),
    ],
  };
}

import type { proposal as base } from '../zh-TW/proposal.js';

/** The page behind a proposal of the review (R2). */
export const proposal: Record<keyof typeof base, string> = {
  title: 'Proposal for a series of meetings',
  of: 'Series: {title}',
  'label.review': 'Review',
  'label.why': 'Why',
  'label.meetings': 'Meetings',
  'label.reason': 'Reason',
  'label.second': 'Second series',
  second: '{title}, {time}',
  effect:
    'If you accept, the series changes from the next meeting that is made on. Meetings that are there already stay as they are. Until the next one is made, you can undo it here.',
  accept: 'Accept',
  'reject.heading': 'Or leave the series as it is',
  'field.reason': 'Reason for rejecting',
  'help.reason': 'It is kept with the proposal.',
  reject: 'Reject',
  accepted: 'Accepted by {name}, {at}. It holds from the next meeting that is made on.',
  tooLate:
    'The series has made a meeting since, so this can no longer be undone here. Please change the series itself.',
  changed: 'The series has been changed again since, so this can no longer be undone here.',
  'undo.help': 'Not meant, or thought again? Until the next meeting is made, the series can be as it was before.',
  undo: 'Undo',
  rejected: 'Rejected by {name}, {at}. The series stays as it is.',
  undone:
    'Accepted and then undone by {name}, {at}. The series is as it was before. If its meetings go on like this, the next review proposes it again.',
  outdated:
    'The series has been changed since this was proposed, so it no longer fits. Please reject it, or change the series itself.',
  ended: 'The series has ended; there is nothing left to decide.',
  system: 'another system',
  'done.accept': 'Accepted. The series has been changed.',
  'done.reject': 'Rejected. Your reason is kept.',
  'done.undo': 'Undone. The series is as it was before.',
};

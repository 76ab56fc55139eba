/** N2: mails to the host about what calendar programs sent. */
import { fact } from '../document.js';
import { manyLines } from '../text.js';
import type { MailBuilder, MailContext } from './context.js';
import { textParam } from './context.js';
import { NothingToSay } from './item-parts.js';
import { placeFacts, purposeFacts } from './parts.js';

const about = (c: MailContext): { title: string; when: string } => ({
  title: c.title,
  when: c.when.when(c.state.startsAt),
});

/** The address stays out of the mail: the form shows it. */
export const replyHeld: MailBuilder = async (c) => {
  const { effect, state, say } = c;
  const held = (state.heldReplies ?? []).find((h) => h.id === effect.ref);
  if (held === undefined || effect.ref === undefined) throw new NothingToSay(c.kind, effect.ref);
  const reply = say(`words.reply.${textParam(c, 'reply') ?? held.reply}`);
  return {
    subject: say('subject.replyHeld', about(c)),
    wanted: [say('mail.replyHeld.wanted', { reply }), say('mail.replyHeld.silence')],
    buttons: [await c.link(say('mail.button.settle'), 'heldReply', { ref: effect.ref })],
    facts: [
      ...fact(say('mail.label.proposed'), held.proposed === undefined ? '' : c.when.when(held.proposed.startsAt)),
      ...placeFacts(c),
      ...purposeFacts(c),
    ],
  };
};

export const timeProposed: MailBuilder = async (c) => {
  const { effect, state, say, when, names } = c;
  const proposal = (state.proposals ?? []).find((p) => p.id === effect.ref);
  if (proposal === undefined) throw new NothingToSay(c.kind, effect.ref);
  const proposed = when.when(proposal.startsAt);
  return {
    subject: say('subject.timeProposed', { ...about(c), proposed }),
    wanted: [say('mail.timeProposed.wanted'), say('mail.timeProposed.notice', { hours: state.norms.noticeHours })],
    buttons: [await c.link(say('mail.button.move'), 'open')],
    facts: [
      ...fact(say('mail.label.proposed'), `${proposed}, ${say('words.minutes', { count: proposal.durationMinutes })}`),
      ...fact(say('mail.label.proposedBy'), names.person(proposal.person)),
      ...fact(say('mail.label.note'), manyLines(proposal.comment ?? '')),
      ...placeFacts(c),
    ],
  };
};

/** Mails around replies and the start: reply reminder, reply changed, not opened, not held (N2, E15). */
import { fact } from '../document.js';
import type { Link } from '../document.js';
import type { MailBuilder, MailContext } from './context.js';
import { flag, number, textParam } from './context.js';
import { isKey, replyButtons, replyLimit, viewButton } from './notices.js';
import { placeFacts, purposeFacts, rolesFact } from './parts.js';

const hour = 3_600_000;

const about = (c: MailContext): { title: string; when: string } => ({
  title: c.title,
  when: c.when.when(c.state.startsAt),
});

export const replyReminder: MailBuilder = async (c) => {
  const limit = replyLimit(c);
  const wanted =
    limit === undefined
      ? c.say('mail.replyReminder.wantedNow')
      : c.say('mail.replyReminder.wanted', { replyBy: c.when.when(limit) });
  return {
    subject: c.say('subject.replyReminder', about(c)),
    wanted: [wanted, ...(isKey(c) ? [c.say('mail.replyReminder.key')] : [])],
    buttons: await replyButtons(c),
    facts: [...placeFacts(c), ...purposeFacts(c), ...rolesFact(c)],
  };
};

export const replyChanged: MailBuilder = async (c) => {
  const known = (reply: string | undefined): string | undefined =>
    reply !== undefined && ['accepted', 'declined', 'tentative'].includes(reply)
      ? c.say(`words.reply.${reply}`)
      : undefined;
  const reply = known(textParam(c, 'reply') ?? c.state.rsvps[c.reader.id]?.reply) ?? c.say('words.reply.none');
  const before = known(textParam(c, 'before'));
  const said =
    before === undefined
      ? c.say('mail.replyChanged.textOnly', { reply })
      : c.say('mail.replyChanged.text', { before, reply });
  return {
    subject: c.say('subject.replyChanged', about(c)),
    wanted: [said, c.say('mail.replyChanged.undo', { until: c.when.when(c.state.startsAt) })],
    buttons: [...(await undoButton(c, before)), await c.link(c.say('mail.button.changeReply'), 'reply')],
    facts: [...placeFacts(c), ...purposeFacts(c)],
  };
};

/** N2: opens the form that restores the former reply. */
async function undoButton(c: MailContext, before: string | undefined): Promise<Link[]> {
  const { ref } = c.effect;
  if (ref === undefined || before === undefined) return [];
  return [await c.link(c.say('mail.button.undoReply', { reply: before }), 'undoReply', { ref })];
}

/** E15: at +10 min whoever may act as host, at +30 the initiator. */
export const notOpened: MailBuilder = async (c) => {
  const { state, when, say } = c;
  const stage = number(c, 'stage') === 2 ? 'second' : 'first';
  const minutes = state.norms.notOpenedSecondMinutes;
  const limit = state.plannedEndAt + state.norms.lapseAfterEndHours * hour;
  const start = when.when(state.startsAt);
  return {
    subject: say('subject.notOpened', about(c)),
    wanted: [
      stage === 'first'
        ? say('mail.notOpened.first', { when: start })
        : say('mail.notOpened.second', { when: start, minutes }),
      say('mail.notOpened.limit', { limit: when.when(limit) }),
    ],
    buttons: [await c.link(say('mail.button.open'), 'open')],
    facts: [...placeFacts(c), ...purposeFacts(c), ...rolesFact(c)],
  };
};

/** The initiator is told; a draft at its start, or a meeting that nobody opened. */
export const notHeld: MailBuilder = async (c) => ({
  subject: c.say('subject.notHeld', about(c)),
  banner: { tone: 'ended', text: c.say('words.phase.lapsed') },
  wanted: [
    flag(c, 'draft') || c.state.publishedAt === undefined
      ? c.say('mail.notHeld.draft')
      : c.say('mail.notHeld.unopened', { hours: c.state.norms.lapseAfterEndHours }),
    c.say('mail.notHeld.wanted'),
  ],
  buttons: await viewButton(c),
  facts: fact(c.say('mail.label.goal'), c.state.goal),
});

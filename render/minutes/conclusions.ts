import { inOrder } from '../../domain/meeting/agenda.js';
import type { Deferral, Topic } from '../../domain/meeting/state.js';
import type { Block, Item } from '../document.js';
import { items, text } from '../document.js';
import { manyLines, oneLine } from '../text.js';
import { always } from './context.js';
import type { MinutesContext, SectionBuilder } from './context.js';

export const conclusionsSection: SectionBuilder = (c) => always(c, 'conclusions', conclusions(c));

/** M2: the summary, and each topic with outcome, basis (E9) and conclusion or deferral (E11). */
function conclusions(c: MinutesContext): Block[] {
  const summary = manyLines(c.content.summary ?? '');
  const entries = inOrder(c.state.agenda).map((t, i) => topicItem(c, t, i));
  return [...(summary === '' ? [] : [text(summary)]), ...(entries.length > 0 ? [items(entries)] : [])];
}

function topicItem(c: MinutesContext, topic: Topic, index: number): Item {
  const { say, content } = c;
  const written = content.topics.find((t) => t.topicId === topic.topicId)?.conclusion ?? topic.conclusion ?? '';
  const outcome = topic.outcome === undefined ? '' : say(`words.outcome.${topic.outcome}`);
  const aside =
    topic.outcome === 'decided' && topic.basis && c.extractFor === undefined
      ? say('words.brackets', { text: outcome, note: say(`words.basis.${topic.basis}`) })
      : outcome;
  const conclusion = manyLines(written);
  const missing = topic.outcome === 'deferred' || topic.outcome === 'dropped' ? [] : [say('minutes.conclusion.none')];
  return {
    mark: `${index + 1}.`,
    title: oneLine(topic.title),
    aside: aside === '' ? undefined : aside,
    body: conclusion === '' ? undefined : conclusion,
    notes: [
      ...(conclusion === '' ? missing : []),
      ...motionNote(c, topic, written),
      ...(topic.deferral ? deferralNotes(c, topic.deferral) : []),
      ...writtenNotes(c, topic),
    ],
  };
}

/** E9: where the conclusion has other words than the motion, what was voted on stands with it. */
function motionNote({ state, say }: MinutesContext, { voteId }: Topic, conclusion: string): string[] {
  const motion = state.votes.find((v) => v.id === voteId)?.motion;
  return motion === undefined || oneLine(motion) === oneLine(conclusion)
    ? []
    : [say('minutes.conclusion.motion', { motion: oneLine(motion) })];
}

/** N3: what somebody who could not come had to say. */
function writtenNotes({ state, inputs, say, names }: MinutesContext, topic: Topic): string[] {
  const own = (state.writtenInputs ?? []).filter((w) => w.topicId === topic.topicId);
  return own.flatMap(({ hash, person }) => {
    const written = inputs?.[hash];
    return written === undefined
      ? []
      : [say('minutes.written', { name: names.person(person), text: manyLines(written) })];
  });
}

/** E11: the open fact question, who brings what, and the date. */
function deferralNotes({ say, names, when }: MinutesContext, deferral: Deferral): string[] {
  const { factQuestion, department, bringsMaterial, date, reason } = deferral;
  const who = department === undefined ? undefined : names.department(department);
  const brings = (): string[] => {
    if (who === undefined) return bringsMaterial ? [oneLine(bringsMaterial)] : [];
    return bringsMaterial
      ? [say('minutes.deferral.brings', { department: who, text: oneLine(bringsMaterial) })]
      : [say('minutes.deferral.bringsWho', { department: who })];
  };
  return [
    ...(factQuestion
      ? [say('minutes.deferral.question', { text: manyLines(factQuestion) })]
      : [say(`words.deferral.${reason}`)]),
    ...brings(),
    ...(date ? [say('minutes.deferral.date', { date: when.date(date) })] : []),
  ];
}

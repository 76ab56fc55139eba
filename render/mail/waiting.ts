/** Mails about what waits: for an owner on leave, for another department, for a choice about a topic (F2, F4). */
import { stuckTopic } from '../../domain/meeting/follow-up/topics.js';
import { isPlan } from '../../domain/meeting/follow-up/items.js';
import { dueAt } from '../../domain/calendar/index.js';
import type { Topic } from '../../domain/meeting/state.js';
import { fact, items, note, text } from '../document.js';
import type { Section } from '../document.js';
import { manyLines, oneLine, shortened } from '../text.js';
import type { MailBody, MailBuilder, MailContext } from './context.js';
import { flag, instant, number, textParam } from './context.js';
import { head, itemFacts, needed, NothingToSay, obstaclesOf, progressLink, sentence, taskName } from './item-parts.js';

/** F2: the date moved behind a leave, or a silence does not count: to the owner and who tracks it. */
export const onLeave: MailBuilder = async (c) => {
  const { item } = needed(c);
  const { say, when, state } = c;
  const due = instant(c, 'dueAt') ?? item.dueAt;
  const was = instant(c, 'was') ?? item.firstDueAt;
  const back = dueAt(state.zone, textParam(c, 'back') ?? '1970-01-01');
  const mine = c.reader.id === item.owner;
  const said = (): string => {
    if (flag(c, 'silence')) return say('mail.onLeave.silence', { back: when.day(back), due: when.when(due) });
    return say(mine ? 'mail.onLeave.mine' : 'mail.onLeave.due', { was: when.day(was), due: when.when(due) });
  };
  return {
    subject: say('subject.onLeave', { task: taskName(c, item), due: when.day(due) }),
    ...head(c, item),
    wanted: [said(), ...(mine || flag(c, 'silence') ? [] : [say('mail.onLeave.none')])],
    buttons: [mine ? await progressLink(c, item) : await c.link(say('mail.button.view'), 'reply')],
    facts: [...fact(say('mail.label.onLeaveUntil'), when.day(back)), ...itemFacts(c, item)],
  };
};

/** F2: whoever tracks it says whether it is blocked; again when it is asked whether it still is. */
export const blockAsked: MailBuilder = async (c) => {
  const { item } = needed(c);
  const { say, when, names } = c;
  const department = item.block === undefined ? '' : names.department(item.block.department);
  const noted = item.block?.note;
  const until = instant(c, 'until');
  const again = flag(c, 'again') && until !== undefined;
  return {
    subject: say('subject.blockAsked', { task: taskName(c, item) }),
    ...head(c, item),
    wanted: [
      again
        ? say('mail.blockAsked.again', { department, until: when.when(until) })
        : say('mail.blockAsked.wanted', { department }),
    ],
    buttons: [await c.link(say('mail.button.block'), 'block', { ref: item.id })],
    facts: [...waitedFor(c, department, noted), ...itemFacts(c, item, noted)],
    sections: obstaclesOf(c, { ...item, obstacles: item.obstacles.filter((o) => o.text !== noted) }),
  };
};

/** F2: whoever leads the department that it waits for: what is wanted, and by when; nothing else. */
export const blocker: MailBuilder = async (c) => {
  const { item } = needed(c);
  const { say, when, names } = c;
  const wantedBy = when.when(instant(c, 'wantedBy') ?? item.dueAt);
  const noted = shortened(manyLines(item.block?.note ?? ''), 300);
  return {
    subject: say('subject.blocker', { task: taskName(c, item), title: c.title, wantedBy }),
    ...head(c, item),
    wanted: [say('mail.blocker.wanted', { note: oneLine(noted), wantedBy }), say('mail.blocker.after')],
    buttons: [await c.link(say('mail.button.view'), 'progress', { ref: item.id })],
    facts: [
      ...fact(say('mail.label.wantedBy'), wantedBy),
      ...waitedFor(c, item.block === undefined ? '' : names.department(item.block.department), item.block?.note),
      ...fact(say('mail.label.lead'), item.department === undefined ? '' : names.department(item.department)),
    ],
  };
};

function waitedFor(c: MailContext, department: string, noted: string | undefined): ReturnType<typeof fact> {
  return [
    ...fact(c.say('mail.label.waitsFor'), department),
    ...fact(c.say('mail.label.waitedFor'), manyLines(noted ?? '')),
  ];
}

/** F4: host and coordinator, then upward: escalate, simplify or hold; or what was chosen. */
export const topicStuck: MailBuilder = async (c) => {
  const { say, when, state, effect } = c;
  const task = state.tasks.find((t) => t.id === effect.ref && t.kind === 'topicStuck');
  const topic = task && stuckTopic(state, task);
  if (!task || !topic) throw new NothingToSay(c.kind, effect.ref);
  const replyBy = when.when(number(c, 'replyBy') ?? task.dueAt);
  const count = task.timesCarried ?? state.norms.topicStuckMeetings;
  const chosen = textParam(c, 'chosen');
  const name = shortened(oneLine(topic.title), 150);
  const common = {
    title: name,
    facts: [
      ...fact(say('mail.label.meeting'), c.title),
      ...fact(say('mail.label.lead'), topic.department === undefined ? '' : c.names.department(topic.department)),
      ...fact(say('mail.label.timesCarried'), String(count)),
      ...fact(say('mail.label.reason'), chosen === undefined ? '' : manyLines(task.result ?? '')),
    ],
    sections: unfinished(c, topic),
  };
  if (chosen !== undefined)
    return {
      ...common,
      subject: say('subject.topicChosen', { topic: name, title: c.title }),
      wanted: [say('mail.topicStuck.chosen', { choice: say(`words.topicChoice.${chosen}`) })],
      buttons: [await c.link(say('mail.button.view'), 'reply')],
    };
  return {
    ...common,
    subject: say('subject.topicStuck', { topic: name, title: c.title, replyBy }),
    wanted: topicWanted(c, count, replyBy),
    buttons: [await c.link(say('mail.button.topic'), 'topic', { ref: task.id })],
    sections: [choices(c), ...common.sections],
  };
};

function topicWanted(c: MailContext, count: number, replyBy: string): string[] {
  if (flag(c, 'nobody')) return [c.say('mail.topicStuck.nobody'), c.say('mail.topicStuck.up', { count, replyBy })];
  if (flag(c, 'up')) return [c.say('mail.topicStuck.up', { count, replyBy })];
  return [c.say('mail.topicStuck.wanted', { count, replyBy }), c.say('mail.topicStuck.silence')];
}

function choices({ say }: MailContext): Section {
  const list = ['escalate', 'simplify', 'hold'].map((d) => `・${say(`words.topicChoice.${d}`)}`);
  return {
    heading: say('mail.heading.decision'),
    blocks: [note(say('mail.topicStuck.choices')), text(list.join('\n'))],
  };
}

/** Of this meeting; those of earlier ones stand in their own. */
function unfinished(c: MailContext, topic: Topic): Section[] {
  const open = c.state.actions.filter(
    (a) => a.topicId === topic.topicId && a.status !== 'done' && a.status !== 'cancelled' && !isPlan(a),
  );
  if (open.length === 0) return [];
  return [{ heading: c.say('mail.heading.unfinished'), blocks: [items(open.map((a) => ({ title: sentence(c, a) })))] }];
}

/** F2: what was said about a block: accepted, not accepted, over. */
export function blockSaid(c: MailContext, told: string, due: string): Pick<MailBody, 'subject'> & { said: string } {
  const { item } = needed(c);
  const task = taskName(c, item);
  const until = c.when.when(item.block?.until ?? item.dueAt);
  const subject =
    told === 'blockEnded'
      ? c.say('subject.dueMoved', { task, due: c.when.day(item.dueAt) })
      : c.say('subject.blockDecided', { task });
  return { subject, said: c.say(`mail.decided.${told}`, { due, until }) };
}

/** Mails before the start: publish in time (N1), read beforehand (E1), alternates (N3), the host's brief (E2). */
import { inOrder } from '../../domain/meeting/agenda.js';
import { alternateById } from '../../domain/meeting/alternates.js';
import { invitees, participantOf } from '../../domain/meeting/people.js';
import { agendaNeeded, noticeLimit, placeFaults } from '../../domain/meeting/preparation.js';
import { countOpen, missingMaterials, openPoints } from '../../domain/meeting/reading.js';
import type { Alternate, Material, MeetingState, Reply, Topic } from '../../domain/meeting/state.js';
import type { Item, Link, Section } from '../document.js';
import { fact, items } from '../document.js';
import { manyLines, oneLine, webLink } from '../text.js';
import type { MailBuilder, MailContext } from './context.js';
import { instant } from './context.js';
import { replyButtons, viewButton } from './notices.js';
import {
  agendaSection,
  fileLinks,
  handInSection,
  lastMeeting,
  offeredSection,
  placeFacts,
  purposeFacts,
  rolesFact,
} from './parts.js';

const about = (c: MailContext): { title: string; when: string } => ({
  title: c.title,
  when: c.when.when(c.state.startsAt),
});

/** N1: by when, and what is still missing for it. */
export const draftLimit: MailBuilder = async (c) => {
  const { state, say, when } = c;
  const limit = instant(c, 'limit') ?? noticeLimit(state.startsAt, state.kind, state.norms);
  const missing = [
    ...(placeFaults(state).length > 0 ? [say('mail.draftLimit.place')] : []),
    ...(agendaNeeded(state).length > 0 ? [say('mail.heading.agenda')] : []),
  ];
  return {
    subject: say('subject.draftLimit', { title: c.title, due: when.when(limit) }),
    wanted: [
      say('mail.draftLimit.wanted', { limit: when.when(limit) }),
      ...(missing.length > 0 ? [say('mail.draftLimit.missing', { what: missing.join(say('words.comma')) })] : []),
    ],
    buttons: [await c.link(say('mail.button.publish'), 'publish')],
    facts: [...placeFacts(c), ...purposeFacts(c)],
    sections: [agendaSection(c), ...(await offeredSection(c))],
  };
};

type Prepared = { topic: Topic; material: Material };

function materialItems(c: MailContext, list: Prepared[], files?: Map<string, Link>): Item[] {
  return list.map(({ topic, material }) => {
    const to = webLink(material.link);
    const link = files?.get(material.id) ?? (to === undefined ? undefined : { label: to, url: to });
    const line = {
      topic: oneLine(topic.title),
      owner: c.names.person(material.owner),
      due: c.when.time(material.dueAt),
    };
    return {
      title: oneLine(material.title),
      ...(link === undefined ? { aside: c.say('mail.preRead.missing') } : { link }),
      notes: [c.say('mail.materials.line', line)],
    };
  });
}

const listed = (c: MailContext, heading: string, list: Item[]): Section[] =>
  list.length === 0 ? [] : [{ heading: c.say(`mail.heading.${heading}`), blocks: [items(list)] }];

/** H7: an external person sees the materials of their own topics. */
function readable({ state, reader }: MailContext): (topic: Topic) => boolean {
  const seat = participantOf(state, reader.id);
  if (seat?.role !== 'external') return () => true;
  return (t) => seat.topics.includes(t.topicId) || t.presenter === reader.id;
}

/** E1: what there is to read, and what is missing. */
export const preRead: MailBuilder = async (c) => {
  const { state, say, reader } = c;
  const mine = readable(c);
  const missing = missingMaterials(state).filter(({ topic }) => mine(topic));
  const there = inOrder(state.agenda)
    .filter(mine)
    .flatMap((topic) => topic.materials.map((material) => ({ topic, material })))
    .filter(({ material }) => !missing.some((m) => m.material.id === material.id));
  const owed = missing.filter(({ material }) => material.owner === reader.id).map((m) => oneLine(m.material.title));
  return {
    subject: say('subject.preRead', about(c)),
    wanted: [
      ...(owed.length > 0 ? [say('mail.preRead.yours', { titles: owed.join(say('words.comma')) })] : []),
      say('mail.preRead.wanted'),
    ],
    buttons: [await c.link(say('mail.button.reading'), 'reading')],
    facts: [...placeFacts(c), ...purposeFacts(c), ...rolesFact(c)],
    sections: [
      ...(await handInSection(c)),
      ...listed(c, 'toRead', materialItems(c, there, await fileLinks(c))),
      ...listed(c, 'missing', materialItems(c, missing)),
      ...lastMeeting(c),
      agendaSection(c),
    ],
  };
};

function replyCounts({ state, say }: MailContext): string {
  const people = invitees(state);
  const count = (reply: Reply | undefined): number => people.filter((p) => state.rsvps[p]?.reply === reply).length;
  return say('mail.hostBrief.replies', {
    accepted: count('accepted'),
    declined: count('declined'),
    tentative: count('tentative'),
    silent: count(undefined),
  });
}

const readCount = ({ state, say }: MailContext): string =>
  say('mail.hostBrief.read', { n: Object.keys(state.readings ?? {}).length });

/** E2: agenda with the expected conclusions, and everything that is still open. */
export const hostBrief: MailBuilder = async (c) => {
  const { state, say, names } = c;
  const points = openPoints(state);
  const n = countOpen(points);
  const people = (list: string[]): Item[] => list.map((p) => ({ title: names.person(p) }));
  const hints = points.hints.map(({ code, params }): Item => ({ title: say(`errors.${code}`, params) }));
  return {
    subject: say('subject.hostBrief', { ...about(c), n }),
    wanted: [n === 0 ? say('mail.hostBrief.ready') : say('mail.hostBrief.wanted', { n })],
    buttons: [await c.link(say('mail.button.manage'), 'open')],
    facts: [
      ...placeFacts(c),
      ...purposeFacts(c),
      ...fact(say('mail.label.replies'), replyCounts(c)),
      ...fact(say('mail.label.read'), readCount(c)),
    ],
    sections: [
      ...listed(c, 'silent', people(points.silent)),
      ...listed(c, 'alternates', await Promise.all(points.alternates.map((a) => alternateItem(c, a)))),
      ...listed(c, 'missing', materialItems(c, points.materials)),
      ...listed(
        c,
        'noConclusion',
        points.withoutConclusion.map((t) => ({ title: oneLine(t.title) })),
      ),
      ...listed(c, 'hints', hints),
      ...lastMeeting(c),
      agendaSection(c),
      ...(await offeredSection(c)),
    ],
  };
};

async function alternateItem(c: MailContext, { id, person, comment }: Alternate): Promise<Item> {
  const name = c.names.person(person);
  return {
    title: name,
    ...(comment ? { notes: [manyLines(comment)] } : {}),
    link: await c.link(c.say('mail.button.alternateFor', { name }), 'alternate', { ref: id }),
  };
}

const taskOf = ({ effect, state }: MailContext): Alternate | undefined =>
  effect.ref === undefined ? undefined : alternateById(state, effect.ref);

/** N3: one mail each, to the key person and to the host. */
export const alternate: MailBuilder = async (c) => {
  const { state, say, when, reader, names } = c;
  const task = taskOf(c);
  const limit = instant(c, 'replyBy') ?? task?.dueAt ?? state.startsAt;
  const replyBy = when.when(limit);
  const subject = say('subject.alternate', { ...about(c), replyBy: when.time(limit) });
  const common = { subject, facts: [...placeFacts(c), ...purposeFacts(c), ...rolesFact(c)] };
  if (task === undefined) {
    const open = (state.alternates ?? []).filter((a) => a.status === 'open');
    const list = await Promise.all(open.map((a) => alternateItem(c, a)));
    const wanted = [say('mail.alternate.hostSilent', { replyBy })];
    return { ...common, wanted, buttons: await manageButton(c), sections: listed(c, 'alternates', list) };
  }
  const name = names.person(task.person);
  if (reader.id === task.person) {
    const wanted = [
      say(task.reason === 'silent' ? 'mail.alternate.silent' : 'mail.alternate.declined'),
      say('mail.alternate.wanted', { replyBy }),
    ];
    const arrange = await c.link(say('mail.button.alternate'), 'alternate', { ref: task.id });
    const back = (await replyButtons(c))[0] as Link;
    return { ...common, wanted, buttons: mayReply(state, reader.id) ? [arrange, back] : [arrange] };
  }
  if (reader.id !== state.host)
    return { ...common, wanted: [say('mail.alternate.yourDelegation', { name })], buttons: await viewButton(c) };
  const arrange = await c.link(say('mail.button.alternateFor', { name }), 'alternate', { ref: task.id });
  return { ...common, wanted: [say('mail.alternate.hostDeclined', { name, replyBy })], buttons: [arrange] };
};

const mayReply = (state: MeetingState, person: string): boolean => invitees(state).includes(person);

const manageButton = async (c: MailContext): Promise<Link[]> => [await c.link(c.say('mail.button.manage'), 'open')];

/** N3: somebody asks for another time; the host decides. */
export const otherTime: MailBuilder = async (c) => {
  const { say, when, names, state } = c;
  const task = taskOf(c);
  const name = names.person(task?.person ?? state.host);
  const wish =
    task?.proposedAt === undefined
      ? say('mail.otherTime.any', { name })
      : say('mail.otherTime.wanted', { name, when: when.when(task.proposedAt) });
  return {
    subject: say('subject.otherTime', about(c)),
    wanted: [wish],
    buttons: await manageButton(c),
    facts: [...fact(say('mail.label.note'), manyLines(task?.comment ?? '')), ...placeFacts(c), ...purposeFacts(c)],
  };
};

import type { MeetingAnswer } from '../../api/schemas/answers.js';
import type { Reader } from './people.js';

type Participant = MeetingAnswer['participants'][number];

/** One participant, and how the story treats them. */
export interface Actor extends Reader {
  id: string;
  department: string;
  votes: boolean;
}

/** Who does what in the story, chosen from whoever the meeting has. */
export interface Cast {
  everyone: Actor[];
  host: Reader & { id: string };
  recorder: Reader & { id: string };
  initiator: Reader & { id: string };
  /** Misses three dates. */
  slow: Actor;
  /** Own the other actions. */
  diligent: Actor[];
  /** Cannot attend; only where enough votes are left. */
  absent?: Actor;
  /** A key person who replies at the last moment. */
  silentKey?: Actor;
  /** Replies "tentative" first. */
  hesitant?: Actor;
}

const voting = ['head', 'core', 'support'];
/** Fewer seats than this and everybody is needed. */
const enoughVotes = 4;

export function castOf(meeting: MeetingAnswer): Cast {
  const { participants } = meeting;
  const host = readerOf(meeting.host);
  const offices = [meeting.host, meeting.initiator.person, meeting.coordinator, meeting.recorder];
  const officers = offices.map((p) => p?.id);
  const free = participants.filter((p) => !officers.includes(p.person) && isVoter(p));
  const slow = slowOne(participants, free, host.id);
  const rest = free.filter((p) => p.person !== slow.person);
  const mayMiss = participants.filter(isVoter).length >= enoughVotes;
  const absent = mayMiss ? rest.findLast((p) => !p.key && p.role !== 'head') : undefined;
  const silentKey = rest.findLast((p) => p.key && p !== absent);
  const hesitant = rest.find((p) => p !== absent && p !== silentKey && !p.key);
  const presenters = meeting.agenda.slice(1).map((t) => participants.find((p) => p.person === t.presenter?.id));
  const candidates = [...presenters.filter((p) => p !== undefined), ...participants];
  const diligent = [...new Set(candidates)].filter((p) => p !== slow && p !== absent && p.role !== 'external');
  return {
    everyone: participants.map(actorOf),
    host,
    recorder: readerOf(meeting.recorder ?? meeting.coordinator ?? meeting.host),
    initiator: readerOf(meeting.initiator.person),
    slow: actorOf(slow),
    diligent: diligent.slice(0, 2).map(actorOf),
    ...(absent ? { absent: actorOf(absent) } : {}),
    ...(silentKey ? { silentKey: actorOf(silentKey) } : {}),
    ...(hesitant ? { hesitant: actorOf(hesitant) } : {}),
  };
}

/** Somebody with a head above them, if there is one; never the host if it can be helped. */
function slowOne(participants: Participant[], free: Participant[], host: string): Participant {
  const hasHead = (p: Participant): boolean =>
    participants.some((q) => q.role === 'head' && q.department.id === p.department.id && q !== p);
  const found =
    free.find((p) => p.role !== 'head' && hasHead(p)) ??
    free.find((p) => p.role !== 'head') ??
    free[0] ??
    participants.find((p) => p.person !== host && p.role !== 'external') ??
    participants[0];
  if (!found) throw new Error('a meeting without participants');
  return found;
}

const isVoter = (p: Participant): boolean => voting.includes(p.role);

function actorOf(p: Participant): Actor {
  const { person, name, email = '', department } = p;
  return { id: person, name, email, department: department.name, votes: isVoter(p) };
}

function readerOf({
  id,
  name,
  email = '',
}: {
  id: string;
  name: string;
  email?: string | undefined;
}): Reader & { id: string } {
  return { id, name, email };
}

/** What happens in the room: who is there, who speaks, votes, what becomes of each topic, and when it ends. */
import type { SeedBallots } from '../../archive/seed.js';
import { HOUR, MINUTE, addWorkingDays, toLocal, type Instant } from '../../domain/calendar/index.js';
import { inOrder } from '../../domain/meeting/agenda.js';
import { finishTopic, keyPoint, startTopic } from '../../domain/meeting/execution.js';
import { withFloor } from '../../domain/meeting/floor.js';
import { open } from '../../domain/meeting/notice.js';
import type { Attendance, Choice, MeetingState, Participant, Topic, Turn } from '../../domain/meeting/state.js';
import { closeVote, openVote } from '../../domain/meeting/votes.js';
import type { Random } from './random.js';
import type { Circle } from './series.js';
import { about, vocabulary } from './words.js';

export interface Held {
  state: MeetingState;
  endsAt: Instant;
  ballots: SeedBallots[];
}

/** Meetings of the last day are over when it ends. */
const latestEnd = '17:45';

export function held(published: MeetingState, circle: Circle, random: Random, mood: number): Held {
  const { habit, host } = circle;
  const openedAt = published.startsAt + random.int(-3, 7) * MINUTE;
  const actor = { person: host.id, roles: ['member' as const], scopes: [], via: 'api' as const };
  const opened = present(open(published, actor, openedAt).state, circle, openedAt, random);
  const planned = opened.durationMinutes * MINUTE;
  const took = Math.max(10 * MINUTE, planned * random.near(habit.pace - mood * 0.04, 0.14));
  const endsAt = Math.min(openedAt + Math.round(took), latest(opened));
  const here = opened.participants.filter((p) => opened.attendance[p.person]?.present);
  const room: Room = { circle, random, here, ballots: [] };
  const topics = inOrder(opened.agenda);
  const share = (endsAt - openedAt) / (topics.length + 0.3);
  // Who runs over has not come to the last topic when the time is up.
  const reached = habit.name === 'runsOver' && topics.length > 3 && random.chance(0.7) ? topics.slice(0, -1) : topics;
  const state = reached.reduce(
    (s, topic, i) => discussed(s, topic, openedAt + share * (i + 0.15), share * 0.95, room),
    opened,
  );
  return { state, endsAt, ballots: room.ballots };
}

function latest({ zone, startsAt }: MeetingState): Instant {
  const { time } = toLocal(zone, startsAt);
  const [hour = 0, minute = 0] = latestEnd.split(':').map(Number);
  const [h = 0, m = 0] = time.split(':').map(Number);
  return startsAt + (hour - h) * HOUR + (minute - m) * MINUTE;
}

/** E3 */
function present(state: MeetingState, circle: Circle, at: Instant, random: Random): MeetingState {
  const came = state.participants.filter(({ person }) => {
    const reply = state.rsvps[person]?.reply;
    return random.chance(reply === 'accepted' ? 0.95 : reply === 'declined' ? 0.05 : 0.7);
  });
  const marks = came.map(({ person }): [string, Attendance] => {
    const by = { person: circle.recorder.id, via: 'api' as const };
    return [person, { present: true, log: [{ at: at + random.int(0, 9) * MINUTE, present: true, by }] }];
  });
  return { ...state, attendance: { ...Object.fromEntries(marks), ...state.attendance } };
}

interface Room {
  circle: Circle;
  random: Random;
  here: Participant[];
  ballots: SeedBallots[];
}

/** One topic: live, spoken about, perhaps voted on, and ended one way or another. */
function discussed(state: MeetingState, topic: Topic, from: number, ms: number, room: Room): MeetingState {
  const { circle, random } = room;
  const words = vocabulary[circle.locale];
  const subject = circle.subject;
  const [startedAt, endedAt] = [Math.round(from), Math.round(from + ms)];
  const live = startTopic(state, { topicId: topic.topicId }, startedAt).state;
  const spoken = turns(live, topic, startedAt, ms, room);
  const point = {
    topicId: topic.topicId,
    text: about(random.pick(words.points), subject),
    kind: random.pick(['information', 'concern', 'decision'] as const),
    department: topic.department,
  };
  const noted = keyPoint(spoken, point, startedAt + MINUTE, { person: circle.recorder.id, via: 'api' }).state;
  const putOff = random.chance(circle.habit.putOff * (topic.carried && topic.carried.times > 3 ? 0.3 : 1));
  if (putOff) {
    const deferral = {
      factQuestion: about(random.pick(words.questions), subject),
      department: topic.department,
      bringsMaterial: about(random.pick(words.tasks), subject),
      date: toLocal(state.zone, addWorkingDays(state.calendar, state.zone, endedAt, 5)).date,
    };
    return finishTopic(noted, { topicId: topic.topicId, outcome: 'deferred', deferral }, endedAt).state;
  }
  const conclusion = about(random.pick(words.conclusions), subject);
  const weight = random.next();
  if (circle.habit.name === 'idle' ? weight > 0.2 : weight > 0.62) {
    const outcome = weight > 0.97 ? 'dropped' : 'informed';
    return finishTopic(noted, { topicId: topic.topicId, outcome, conclusion }, endedAt).state;
  }
  const voted = endedAt > state.startsAt && random.chance(0.45) ? vote(noted, topic, conclusion, endedAt, room) : noted;
  const basis =
    voted.votes.at(-1)?.topicId === topic.topicId && voted.votes.at(-1)?.passed
      ? 'vote'
      : random.chance(0.9)
        ? 'noObjection'
        : 'ruling';
  return finishTopic(voted, { topicId: topic.topicId, outcome: 'decided', basis, conclusion }, endedAt).state;
}

/** E6, E7 */
function turns(state: MeetingState, topic: Topic, from: number, ms: number, room: Room): MeetingState {
  const { circle, random, here } = room;
  const voices = here.filter((p) => !circle.silent.has(p.person) && p.role !== 'observer');
  if (voices.length === 0) return state;
  const limitMs = state.norms.speakingMinutes * MINUTE;
  const loud = voices.filter((p) => p.department === circle.loud);
  const made: Turn[] = [];
  let n = state.counters['s'] ?? 0;
  let at = from;
  for (let i = 0; i < 7; i++) {
    const length = Math.round(random.near(2.2, 1.6) * MINUTE * weightOf(circle, voices, random));
    if (at + Math.max(20_000, length) > from + ms * 0.9) break;
    const speaker =
      circle.habit.dominated && loud.length > 0 && random.chance(0.72) ? random.pick(loud) : random.pick(voices);
    const spoken = Math.max(20_000, length);
    made.push({
      id: `${state.id}-s${++n}`,
      kind: i === 0 && speaker.person === topic.presenter ? 'report' : 'discussion',
      person: speaker.person,
      department: speaker.department,
      topicId: topic.topicId,
      status: 'ended',
      limitMs,
      at: Math.round(at),
      startedAt: Math.round(at),
      endedAt: Math.round(at + spoken),
    });
    at += spoken + 5_000;
  }
  return withFloor(
    { ...state, counters: { ...state.counters, s: n } },
    { turns: [...(state.floor?.turns ?? []), ...made] },
  );
}

const weightOf = (circle: Circle, voices: Participant[], random: Random): number =>
  circle.people.some((p) => p.talkative > 3 && voices.some((v) => v.person === p.id)) && random.chance(0.2) ? 2 : 1;

/** E8, E9: who is silent does not vote either. */
function vote(state: MeetingState, topic: Topic, motion: string, at: Instant, room: Room): MeetingState {
  const { circle, random, ballots } = room;
  const secret = random.chance(0.15);
  const opened = openVote(state, { topicId: topic.topicId, motion, secret }, at - MINUTE);
  const voteId = opened.result.id;
  const electorate = opened.state.votes.at(-1)!.electorate;
  const choices: Record<string, Choice> = {};
  for (const person of electorate)
    if (!circle.silent.has(person) && random.chance(0.96))
      choices[person] = random.chance(0.82) ? 'agree' : random.pick(['against', 'neutral'] as const);
  const count = (choice: Choice): number => Object.values(choices).filter((c) => c === choice).length;
  const tally = { agree: count('agree'), against: count('against'), neutral: count('neutral') };
  ballots.push({ voteId, secret, electorate, choices, at });
  return closeVote(opened.state, { voteId, tally }, at).state;
}

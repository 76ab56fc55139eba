/** One meeting's life, by the rules themselves where they decide anything, as it stands at the end of the last day. */
import type { SeedMeeting } from '../../archive/seed.js';
import { HOUR, MINUTE, toLocal, type Instant } from '../../domain/calendar/index.js';
import type { CreateMeetingInput } from '../../domain/meeting/commands.js';
import { createMeeting } from '../../domain/meeting/create.js';
import { finish } from '../../domain/meeting/follow-up/effectiveness.js';
import { publishSurvey } from '../../domain/meeting/follow-up/survey.js';
import { close, confirmMinutes, minutesTimer } from '../../domain/meeting/minutes.js';
import { invitees } from '../../domain/meeting/people.js';
import { publish } from '../../domain/meeting/preparation.js';
import type { By, MeetingState, Reply, Rsvp, Topic } from '../../domain/meeting/state.js';
import { defaultNorms } from '../../domain/norms.js';
import { draftMinutes } from '../../render/minutes-draft.js';
import { season } from './habits.js';
import { actionsOf, plansOf, settledAt } from './items.js';
import type { Random } from './random.js';
import { held } from './room.js';
import type { Circle, Planned, World } from './series.js';
import { about, vocabulary } from './words.js';

/** A topic that a meeting of the same circle left. */
export interface Left {
  topic: Topic;
  from: string;
  times: number;
}

const by = (person: string): By => ({ person, via: 'api' });

export interface Making {
  world: World;
  random: Random;
  /** How many actions it should have. */
  actions: number;
  left: Left[];
}

/** How well things go that month. */
const seasonAt = (world: World, at: Instant): number => season[Number(toLocal(world.zone, at).date.slice(5, 7)) - 1]!;

export function meetingOf({ startsAt, circle }: Planned, making: Making): SeedMeeting {
  const { world, random, left } = making;
  const { now } = world;
  const emergency = circle.seriesId === undefined && startsAt < now && random.chance(0.12);
  const createdAt = emergency ? startsAt - random.int(30, 180) * MINUTE : startsAt - random.int(6, 12) * 24 * HOUR;
  const input = inputOf(circle, making, startsAt, emergency);
  const draft = createMeeting(input, {
    now: createdAt,
    norms: defaultNorms,
    calendar: world.calendar,
    zone: world.zone,
    by: by(circle.host.id),
  }).state;
  const carried = { ...draft, agenda: draft.agenda.map((t) => withCarried(t, left)) };
  if (emergency) return heldMeeting(replied(carried, circle, now, random), circle, making);
  const publishAt = startsAt - random.int(2, 5) * 24 * HOUR;
  if (publishAt > now) return plain(carried);
  if (startsAt < now && random.chance(0.008)) return plain(ended(carried, 'lapsed', startsAt));
  const published = replied(publish(carried, publishAt).state, circle, now, random);
  if (startsAt > now) return plain(published);
  if (random.chance(0.03)) return plain(ended(published, 'cancelled', startsAt - random.int(3, 30) * HOUR));
  if (random.chance(0.012)) return plain(ended(published, 'lapsed', published.plannedEndAt + 4 * HOUR));
  return heldMeeting(published, circle, making);
}

function inputOf(circle: Circle, { random, left }: Making, startsAt: Instant, emergency: boolean): CreateMeetingInput {
  const { habit, locale, subject, people, host } = circle;
  const words = vocabulary[locale];
  const back = left.map(({ topic }) => topic);
  const fresh = Math.max(back.length === 0 ? 1 : 0, random.int(...habit.topics) - back.length);
  const names = random
    .some(words.topics, fresh)
    .map((t) => about(t, random.chance(0.5) ? subject : random.pick(words.subjects)));
  const room = habit.minutes - 10 - (habit.minutes >= 90 ? 15 : 0);
  const minutes = Math.floor(room / Math.max(1, back.length + names.length));
  const agenda = [
    ...back.map((t) => ({
      topicId: t.topicId,
      title: t.title,
      department: t.department,
      presenter: t.presenter,
      minutes,
      priority: 1,
    })),
    ...[...new Set(names)].map((title, i) => {
      const presenter = random.pick(people);
      return {
        title,
        presenter: presenter.id,
        department: presenter.department,
        minutes,
        priority: i + 1,
        expectedConclusion: about(words.goals[1]!, subject),
      };
    }),
  ];
  return {
    id: random.id(),
    kind: emergency ? 'emergency' : 'regular',
    ...(emergency ? { emergencyReason: words.emergency } : {}),
    title: circle.title,
    goal: about(random.pick(words.goals), subject),
    issueKind: random.pick(['progress', 'progress', 'resources', 'process', 'other'] as const),
    complex: habit.minutes > 60,
    startsAt,
    durationMinutes: habit.minutes,
    place: words.room(random.int(1, 9)),
    initiator: { department: circle.department, person: host.id },
    host: host.id,
    coordinator: circle.coordinator.id,
    recorder: circle.recorder.id,
    participants: [...people, ...observers(circle, random)].map((p, i) => ({
      person: p.id,
      department: p.department,
      role: i >= people.length ? 'observer' : i === 0 ? 'head' : i % 4 === 3 ? 'support' : 'core',
      key: i < 3,
    })),
    supportDepartments: [],
    agenda,
    ...(people.length > 15 ? { capReason: words.capReason } : {}),
    locale,
    ...(circle.seriesId === undefined ? {} : { seriesId: circle.seriesId }),
    ...(random.chance(0.01) ? { confidential: true } : {}),
  };
}

/** R4: now and then somebody comes to watch, more often the same ones. */
function observers(circle: Circle, random: Random): Circle['people'] {
  if (!random.chance(0.25)) return [];
  const { people, newcomers } = circle;
  return random.some(
    newcomers.filter((p) => !people.includes(p)),
    random.int(1, 2),
  );
}

function withCarried(topic: Topic, left: Left[]): Topic {
  const found = left.find((x) => x.topic.topicId === topic.topicId);
  if (found === undefined) return topic;
  const { deferral } = found.topic;
  return {
    ...topic,
    carried: {
      from: found.from,
      times: found.times,
      reason: deferral?.reason ?? 'facts',
      ...(deferral?.factQuestion === undefined ? {} : { factQuestion: deferral.factQuestion }),
    },
  };
}

/** N2: most answer, some in time only. */
function replied(state: MeetingState, circle: Circle, now: Instant, random: Random): MeetingState {
  const from = state.publishedAt ?? state.createdAt;
  const span = Math.max(1, state.startsAt - from);
  const answers = invitees(state).flatMap((person): [string, Rsvp][] => {
    if (person === circle.host.id || !random.chance(0.86)) return [];
    const at = from + Math.floor(random.next() ** 2 * span);
    if (at > now) return [];
    const reply: Reply = random.chance(0.84) ? 'accepted' : random.chance(0.6) ? 'declined' : 'tentative';
    return [[person, { reply, at, by: { person, via: 'link' } }]];
  });
  return { ...state, rsvps: { ...state.rsvps, ...Object.fromEntries(answers) } };
}

const ended = (state: MeetingState, phase: 'lapsed' | 'cancelled', at: Instant): MeetingState => ({
  ...state,
  phase,
  endedAt: at,
  ...(phase === 'cancelled' ? { cancelReason: vocabulary[state.locale].obstacles[0]! } : {}),
});

function heldMeeting(published: MeetingState, circle: Circle, making: Making): SeedMeeting {
  const { world, random } = making;
  const { now } = world;
  const mood = seasonAt(world, published.startsAt) + circle.habit.score + circle.host.skill;
  const room = held(published, circle, random, mood);
  const closedAt = room.endsAt;
  const worked = actionsOf(room.state, circle, making, closedAt, mood);
  let state = close(worked, closedAt, 'host').state;
  const content = draftMinutes(state);
  const limit = state.minutes!.dueAt;
  const late = random.chance(0.13 - mood / 10);
  const sentAt = late ? limit : closedAt + random.int(1, 20) * HOUR;
  const survey = surveyOf(state, random, mood);
  if (sentAt <= now)
    state = late
      ? minutesTimer(state, { key: 'minutesLimit', kind: 'minutesLimit', at: limit }, limit).state
      : confirmMinutes(state, sentAt, by(circle.recorder.id)).state;
  const publishedAt = state.survey!.closesAt;
  if (state.survey!.status === 'open' && publishedAt <= now) {
    const { answers, mean } = survey;
    const counted = mean === undefined ? { answers } : { answers, mean };
    state = publishSurvey(state, state.survey!, counted, publishedAt).state;
  }
  state = over(plansOf(state, random, now), making);
  return { ...plain(state), minutes: content, ballots: room.ballots, ...(publishedAt <= now ? { survey } : {}) };
}

/** Phases: closed once everything has ended; F6: that may raise a plan, which has to end too. */
function over(state: MeetingState, { world, random }: Making): MeetingState {
  const at = settledAt(state);
  if (at === undefined || at > world.now) return state;
  const rested = { ...state, timers: [] };
  const first = finish(rested, at).state;
  if (first.phase === 'closed' || first.plans.length === state.plans.length) return first;
  return over(plansOf(first, random, world.now), { world, random } as Making);
}

/** F5: who came answers, three of four; the answers lie around what the meeting was like. */
function surveyOf(
  { survey, seriesId, participants, locale }: MeetingState,
  random: Random,
  mood: number,
): NonNullable<SeedMeeting['survey']> {
  const eligible = survey?.eligible ?? [];
  const answered = eligible.filter(() => random.chance(0.75));
  const size = Math.max(0, participants.length - 8);
  const scores = [0, 0, 0, 0, 0];
  for (const _ of answered) {
    const score = Math.round(random.near(4 + mood - 0.06 * size, 1));
    scores[Math.min(5, Math.max(1, score)) - 1]! += 1;
  }
  const sum = scores.reduce((total, count, i) => total + count * (i + 1), 0);
  const given = answered.flatMap(() => (random.chance(0.4) ? [random.pick(vocabulary[locale].suggestions)] : []));
  const enough = answered.length >= defaultNorms.surveyMinForMean;
  return {
    ...(seriesId === undefined ? {} : { seriesId }),
    eligible,
    closesAt: survey?.closesAt ?? 0,
    answers: answered.length,
    answered: enough ? [...answered].sort() : [],
    ...(enough ? { scores, mean: sum / answered.length } : {}),
    suggestions: given.length < defaultNorms.surveyMinForSuggestions ? [] : given.sort(),
  };
}

/** What the database keeps of it; a timer of a meeting without a workflow would wait for nobody. */
function plain(state: MeetingState): SeedMeeting {
  const moments = [
    ['create', state.createdAt],
    ['publish', state.publishedAt],
    ['open', state.openedAt],
    ['close', state.closedAt],
    ['confirmMinutes', state.minutes?.confirmedAt],
  ] as const;
  const audit = moments.flatMap(([event, at], i) =>
    at === undefined
      ? []
      : [{ meetingId: state.id, revision: i + 1, at, event, person: state.host, via: 'api' as const }],
  );
  return { state: { ...state, revision: moments.length, timers: [] }, audit };
}

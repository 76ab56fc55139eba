import { setTimeout as delay } from 'node:timers/promises';
import type { MeetingAnswer } from '../../../api/schemas/answers.js';
import type { SeriesAnswer } from '../../../api/schemas/series.js';
import { castOf } from '../cast.js';
import { directory } from '../directory.js';
import { tellAgenda } from '../notice.js';
import { StoryProblem } from '../problems.js';
import type { Stage } from '../stage.js';
import { meetings, recurrenceFrom, type Season } from './sample.js';

const madeWithinMs = 30_000;
const lookEveryMs = 50;

export interface Made {
  seriesId: string;
  /** By date. */
  ids: string[];
}

/** S1: the series, and the drafts that it makes; `first` becomes the first of them. */
export async function makeSeries(first: Stage, season: Season): Promise<Made> {
  const { say, list } = first.words;
  const { api } = first.props;
  await directory(first);
  const { email, name } = season.delegate;
  await api.put(`/v1/people/${encodeURIComponent(email)}`, { name });
  const body = { ...season.template, ...recurrenceFrom(first.props, first.now) };
  const series = await api.post<SeriesAnswer>('/v1/series', body);
  const made = await allMade(first, series.id);
  first.begin(made[0]?.meetingId ?? '');
  const { initiator, title } = series;
  await first.tell(
    say('seriesCreated', {
      name: initiator.person.name,
      department: initiator.department.name,
      title,
      count: made.length,
      dates: list(made.map(({ startsAt }) => first.moment(Date.parse(startsAt)))),
    }),
  );
  first.detail(say('goal', { text: series.goal }));
  first.detail(say('standing'));
  tellAgenda(first, await first.meeting());
  first.detail(say('ownClocks'), 'dim');
  return { seriesId: series.id, ids: made.map(({ meetingId }) => meetingId) };
}

async function allMade(stage: Stage, id: string): Promise<{ startsAt: string; meetingId: string }[]> {
  for (const until = Date.now() + madeWithinMs; Date.now() < until; await delay(lookEveryMs)) {
    const { upcoming } = await stage.props.api.get<SeriesAnswer>(`/v1/series/${id}`);
    const made = upcoming.flatMap(({ startsAt, meetingId }) =>
      meetingId === undefined ? [] : [{ startsAt, meetingId }],
    );
    if (made.length === meetings) return made;
  }
  const expected = stage.words.say('expect.meetings', { count: meetings });
  throw new StoryProblem(expected, `${madeWithinMs / 1000} s`);
}

/** A draft is the host's to change: the topic that only this meeting has. */
export async function addOwnTopic(stage: Stage, { template, firstTopic }: Season): Promise<MeetingAnswer> {
  const agenda = [...(template['agenda'] as object[]), firstTopic];
  await stage.props.api.patch(stage.path(), { agenda });
  const meeting = await stage.meeting();
  stage.cast = castOf(meeting);
  const { title, minutes } = firstTopic;
  await stage.tell(stage.words.say('topicAdded', { title: String(title), minutes }));
  return meeting;
}

import type { HeldMeeting, TopicAction } from '../domain/meeting/effects.js';
import type { LastChoice, TopicChoice } from '../domain/meeting/state.js';
import type { Driver, Row } from './driver.js';
import type { TopicHistoryPort } from './ports.js';

const held = {
  name: 'topic_meetings',
  text: `select t.topic_id, m.starts_at, m.state->>'openedAt' as opened_at, m.state->>'closedAt' as closed_at
    from view.topics t join view.meetings m on m.id = t.meeting_id
    where t.topic_id = any ($1) and t.meeting_id <> $2 and m.starts_at < $3 and m.state->>'closedAt' is not null`,
};

const made = {
  name: 'topic_actions',
  text: `select a.topic_id, a.data->>'createdAt' as created_at, a.data->>'endedAt' as ended_at
    from view.actions a where a.topic_id = any ($1) and a.meeting_id <> $2`,
};

const chosen = {
  name: 'topic_choices',
  text: `select t.about, t.data from view.tasks t
    where t.kind = 'topicStuck' and t.about = any ($1) and t.status = 'done' and t.meeting_id <> $2
    order by (t.data->>'endedAt')::bigint`,
};

const inSeries = `m.series_id = $1 and m.id <> $2 and m.starts_at < $3`;

const openTopics = {
  name: 'series_open_topics',
  text: `select t.topic_id, max(t.title) as title, max(t.department) as department
    from view.meetings m join view.actions a on a.meeting_id = m.id and a.status not in ('done', 'cancelled')
    join view.topics t on t.meeting_id = a.meeting_id and t.topic_id = a.topic_id
    where ${inSeries} and m.confidential_by is null and coalesce(t.data->>'confidential', 'false') <> 'true'
    group by t.topic_id order by t.topic_id`,
};

const seriesHeld = {
  name: 'series_held',
  text: `select m.starts_at, m.state->>'openedAt' as opened_at, m.state->>'closedAt' as closed_at
    from view.meetings m where ${inSeries} and m.state->>'closedAt' is not null`,
};

/** F4: what other meetings know of a topic. */
export function createTopicHistory(driver: Driver): TopicHistoryPort {
  return {
    async of(topicIds, meetingId, before) {
      if (topicIds.length === 0) return { meetings: [], actions: [], choices: {} };
      const [meetings, actions, choices] = await Promise.all([
        driver.run(held, [topicIds, meetingId, before]),
        driver.run(made, [topicIds, meetingId]),
        driver.run(chosen, [topicIds, meetingId]),
      ]);
      return {
        meetings: meetings.map((row) => ({ topicId: String(row['topic_id']), ...heldOf(row) })),
        actions: actions.map((row): TopicAction => ({
          topicId: String(row['topic_id']),
          createdAt: Number(row['created_at']),
          ...(row['ended_at'] === null ? {} : { endedAt: Number(row['ended_at']) }),
        })),
        choices: Object.fromEntries(choices.map((row) => [String(row['about']), choiceOf(row['data'])])),
      };
    },

    async openInSeries(seriesId, meetingId, before) {
      const asked = [seriesId, meetingId, before];
      const topics = await driver.run(openTopics, asked);
      const meetings = topics.length === 0 ? [] : await driver.run(seriesHeld, asked);
      return {
        topics: topics.map((row) => ({
          topicId: String(row['topic_id']),
          title: String(row['title']),
          ...(row['department'] === null ? {} : { department: row['department'] as string }),
        })),
        meetings: meetings.map(heldOf),
      };
    },
  };
}

function heldOf(row: Row): HeldMeeting {
  return {
    startsAt: Number(row['starts_at']),
    openedAt: Number(row['opened_at'] ?? row['starts_at']),
    closedAt: Number(row['closed_at']),
  };
}

function choiceOf(data: unknown): LastChoice {
  const { choice, result, endedAt } = data as { choice: TopicChoice; result?: string; endedAt: number };
  return { choice, reason: result ?? '', at: endedAt };
}

import type { Instant } from '../../../domain/calendar/index.js';
import { workingDaysAfter } from '../../../domain/calendar/index.js';
import { briefAt, executionAct, tellBrief } from '../execution.js';
import { FollowUp } from '../follow-up.js';
import { minutesAct } from '../minutes.js';
import { announce } from '../notice.js';
import type { Stage } from '../stage.js';
import type { Told } from '../story.js';
import { emergency } from './emergency.js';
import { addOwnTopic, makeSeries } from './kickoff.js';
import type { Season } from './sample.js';
import { secondHeld, secondNotice, secondReplies } from './second.js';
import { summingUp } from './summing-up.js';
import { thirdHeld, thirdNotice, thirdReplies } from './third.js';

/** Working days after the first meeting. */
const emergencyAfter = 2;

/**
 * S1: three meetings of a series and an emergency in between. The first one's actions take longest; whatever else happens
 * is told when they have got so far, so that the story goes forward.
 */
export async function tellSeason(first: Stage, season: Season): Promise<Told> {
  const began = first.now;
  const { words, teller } = { words: first.words, teller: first.props.teller };
  teller.heading(words.say('act.notice'));
  const { seriesId, ids } = await first.step('step.series', () => makeSeries(first, season));
  const [second, third] = [first.another(ids[1] ?? ''), first.another(ids[2] ?? '')];
  const days = await firstMeeting(first, season);

  teller.heading(words.say('act.emergency'));
  const day = workingDaysAfter(first.props.calendar, first.dateAt(await startOf(first)), emergencyAfter);
  await days.until(first.at(day, '09:00'));
  const urgent = await emergency(first, season, first.at(day, '10:30'));

  teller.heading(words.say('act.second'));
  await secondNotice(second, first.at(day, '16:30'));
  const reply = workingDaysAfter(first.props.calendar, day, 1);
  await days.until(first.at(reply, '09:00'));
  await secondReplies(second, season, first.at(reply, '10:05'));
  await untilHeld(days, second);
  await secondHeld(second);
  await days.until(first.at(first.wdAfter(1, await startOf(second)), '09:00'));

  teller.heading(words.say('act.third'));
  await thirdNotice(third, first.at(first.wdAfter(1, await startOf(second)), '11:00'));
  const answer = first.wdAfter(2, await startOf(second));
  await days.until(first.at(answer, '09:00'));
  await thirdReplies(third, first.at(answer, '10:05'));
  await untilHeld(days, third);
  await thirdHeld(third);

  teller.heading(words.say('act.followUp'));
  await days.toTheEnd();
  const ended = await summingUp([first, urgent, second, third], seriesId);
  return { began, ended, seriesId };
}

/** The first meeting is the whole story of one: reminders, votes, a deferred topic, the survey that asks for a plan. */
async function firstMeeting(first: Stage, season: Season): Promise<FollowUp> {
  const meeting = await addOwnTopic(first, season);
  await announce(first, meeting);
  await executionAct(first);
  return new FollowUp(first, await minutesAct(first));
}

/** E2: between the days of the first meeting, the evening before another one. */
async function untilHeld(days: FollowUp, stage: Stage): Promise<void> {
  const start = await startOf(stage);
  const evening = briefAt(stage, start);
  await days.until(evening);
  await stage.goTo(evening + 60_000);
  await tellBrief(stage, start);
  await days.until(start);
}

const startOf = async (stage: Stage): Promise<Instant> => Date.parse((await stage.meeting()).startsAt);

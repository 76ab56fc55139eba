import type { instead as baseInstead, series as base, seriesTale as baseTale } from '../zh-TW/demo-series.js';

/** The longer story of `npm run demo`: a series about a supplier's delay. */
export const series: Record<keyof typeof base, string> = {
  'act.emergency': '4. Follow-up, and an emergency meeting in between',
  'act.second': '5. The second meeting: the open topic comes by itself',
  'act.third': '6. The third meeting',

  'step.series': 'creating the series',
  'step.emergency': 'emergency meeting “{title}”',
  'step.meeting': 'meeting “{title}”, {when}',
  'step.sum': 'summing up',

  seriesCreated:
    '{name} ({department}) sets up the series “{title}”: weekly, {count|meeting|meetings}, made as drafts (S1): {dates}.',
  standing: 'Topics of each meeting:',
  topicAdded: 'The first meeting gets one topic more, “{title}” ({minutes} min).',
  ownClocks:
    'Each meeting is a workflow with a clock of its own; wherever the story goes, that meeting’s clock is pushed there.',
  emergencyCalled: '{name} calls the emergency meeting “{title}”, today, {when}; creating it sends the notice (X1).',
  emergencyReason: 'Reason: {text}',
  doneToday: '{name} reports it done the same day, {checker} confirms: {task}',
  carriedCame: 'The notice of the second meeting. What the last one left open comes first, by itself (S1, E11):',
  carriedLine: '“{title}”, left open by {count|meeting|meetings}; to be settled: {question}',
  carriedStarted: 'Topic {n}, “{title}”; what is carried over has no planned minutes (P6).',
  draftReminded: 'The draft is near the limit of its notice; the host was reminded this morning (N1).',
  actionAgreed: 'One action is agreed, with its owner and a date (E14):',
  nothingCarried: 'The notice of the third meeting; everything was settled, so nothing is carried over.',
  alternateAsked:
    'A key person, {name}, replies “I cannot attend”: {comment}. {name} and the host are asked for an alternate (N3).',
  delegateSent: 'By the link in that mail {name} sends {delegate} instead, who takes over seat, vote and survey (N3).',
  breakouts: '{count} groups discuss for {minutes} minutes (E10):',
  group: '{group}: {names}',
  groupReport: '{group} reports back: {text}',
  allAnswered: 'All {count} answer the anonymous survey, so it is published at once: {mean} on average (F5).',

  stuckHeld: '{name} is asked about a topic whose action was open at three meetings, and holds it with a reason (F4).',
  seasonEnded: 'All {count} meetings are closed:',
  meetingWorth: '{when}, “{title}”: effectiveness {score}',
  meetingUnrated: '{when}, “{title}”: not rated',
  topicLife: 'The life of the topic “{title}”, one identity across meetings (S1):',
  topicThen: '{when}: {outcome}',
  nothingWaits: 'Nothing waits for a next meeting of the series.',
  'look.meetings': 'All meetings in Temporal',
  'look.series': 'The series by API',
  'expect.meetings': 'the series to make {count|meeting|meetings}',
};

/** What is said otherwise than in the story of one meeting. */
export const instead: typeof baseInstead = {
  title: 'Convoke demo: a supplier is late; a series of three meetings and an emergency meeting in between',
  'act.notice': '1. A series, and the notice of its first meeting',
  'act.execution': '2. The first meeting',
  'act.minutes': '3. Its minutes and survey',
  'act.followUp': '7. Follow-up to the end',
  'act.end': '8. Closed',
  'act.review': '9. The review of the quarter',
  closedAll:
    'All actions, plans and the survey of the first meeting have ended and the time for objections is over: it is closed.',
  'look.meeting': 'The first meeting in Temporal',
  'look.api': 'The first meeting by API',
};

/** What the people of the series say. */
export const seriesTale: Record<keyof typeof baseTale, string> = {
  motion: 'The pilot run moves by a week; we begin with 200 units from the parts in stock',
  secretMotion: 'We change to the second supplier for the key part',
  conclusion: 'Production lends Quality two inspectors for the two weeks of the pilot run',
  'keyPoint.1': 'The supplier is late for the second time: 600 of the first 2,000 parts have come',
  'keyPoint.2': 'One more week, and the pilot line collides with the B series',
  'task.1': 'Verify that the substitute part fits and hand in the report',
  'task.3': 'Update the inspection plan for incoming parts',
  simplerTask: 'Verify the 12 key dimensions first',
  reason: 'The pilot run needs only the key dimensions; the rest goes into the pilot inspection',
  summary:
    'The pilot run moves by a week and begins with 200 units from stock. The second supplier waits for the heat test report.',
  'suggestion.5': 'What we vote on should come with its data.',
  'summary.emergency': 'The first batch goes by air; we share the cost with the supplier.',
  'summary.second':
    'The heat test is passed: we change to the second supplier. The pilot run gets two shifts and a larger first sample.',
  'summary.third': 'All parts are here; the pilot run goes ahead on the new schedule.',
  airFreight: 'The first 2,000 parts go by air; we share the cost with the supplier',
  'task.air': 'Book the air freight for the first batch',
  declinedKey: 'I accept a line at the customer’s that day',
  facts: 'Report of the independent lab: 140 °C for 500 hours, every sample passed',
  'group.1': 'Group A (line)',
  'group.2': 'Group B (inspection)',
  'report.1': 'Two shifts for the changeover give us two hours a day',
  'report.2': 'Sample 30 more of the first lot, as usual from the third day on',
  schedule: 'The changeover is done in two shifts; 30 more of the first lot are sampled',
  stuckReason: 'The second supplier’s report is due this week; until then nothing can be decided',
  arrived: 'The first 1,400 parts of the second supplier are here and passed inspection',
  goAhead: 'The pilot run goes ahead on the new schedule; the series ends with this meeting',
};

import type { MeetingFacts } from '../../../domain/review/facts.js';

/** R1: what holds for the facts of any meeting; the first that does not. */
export function brokenFact(f: MeetingFacts): string | undefined {
  const sum = f.decided + f.informed + f.deferred + f.dropped;
  const rules: Record<string, boolean> = {
    'held and lapsed exclude each other': !(f.held && f.lapsed),
    'what is counted was announced': !f.counted || f.announcedAt !== undefined,
    'what was cancelled counts for nothing': !f.cancelled || !f.counted,
    'replies are of the invited': f.replied <= f.invited,
    'outcomes are of topics': sum <= f.topics,
    'carried topics are topics': f.carriedTopics <= f.topics,
    'minutes on time are due': !f.minutesOnTime || f.minutesDue,
    'balanced is rated': !f.balanced || f.speakingRated,
    'in time is of actions': f.actionsInTime <= f.actions,
    'done is of raised': f.plansDone <= f.plansRaised,
    'nobody is silent and active': f.silent.every((p) => !f.active.includes(p)),
    'who is active was there': f.active.every((p) => f.attended.includes(p)),
    'an end has a length': (f.endedAt === undefined) === (f.minutes === undefined),
    'no length is below nothing': (f.minutes ?? 0) >= 0,
    'over time is by minutes': f.overTime === (f.overMinutes ?? 0) > 0,
    'nothing is said before the end': f.endedAt !== undefined || Object.keys(f.speaking).length === 0,
  };
  return Object.keys(rules).find((name) => !rules[name]);
}

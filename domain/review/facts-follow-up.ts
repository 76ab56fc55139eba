/** R1, F5, F6: what came of a meeting. */
import { doneInTime } from '../meeting/follow-up/effectiveness.js';
import type { MeetingState } from '../meeting/state.js';

export function effectivenessFacts({ survey, effectiveness }: MeetingState) {
  return {
    ...(survey?.mean === undefined ? {} : { survey: survey.mean }),
    ...(survey?.answers === undefined ? {} : { surveyAnswers: survey.answers }),
    ...(typeof effectiveness === 'number' ? { effectiveness } : {}),
  };
}

export function followUpFacts(state: MeetingState) {
  const secret = state.agenda.filter((t) => t.confidential).map((t) => t.topicId);
  const counted = state.actions.filter((a) => !a.cancelledByDecision && !secret.includes(a.topicId ?? ''));
  return {
    actions: counted.length,
    actionsInTime: counted.filter(doneInTime).length,
    plansRaised: state.plans.length,
    plansDone: state.plans.filter((p) => p.status === 'done').length,
  };
}

import { fastForward } from '../../infra/time-travel.js';
import { created, day } from '../support/creation.js';
import { person, admin } from '../support/meeting.js';
import {
  normsWorkflowId,
  normsWorkflowType,
  reviewWorkflowId,
  reviewWorkflowType,
  seriesWorkflowType,
  taskQueue,
} from '../../workflows/contracts.js';
import { begin, finishPlan, type Scenario } from './stand.js';

/** Reorganisations, and the workflows that are no meeting. */
export const besides: Record<string, Scenario> = {
  async 'handed-over'(stage) {
    const stand = await (await begin(stage)).opened();
    const [kept, moved] = [await stand.action('p8', 20), await stand.action('p6', 20)];
    await stand.minutesSent();
    await stand.meeting.send('moveDepartment', { from: 'd3', to: 'd2' }, admin);
    await stand.meeting.send('personLeft', { left: 'p6', successor: 'p8' }, admin);
    await stand.meeting.send('personLeft', { left: 'p3' }, admin);
    for (const id of [kept, moved]) await stand.meeting.send('complete', { id }, person('p8'));
    await stand.until(stand.startsAt + 60 * day);
    for (const { id } of (await stand.meeting.state()).plans) await finishPlan(stand, id);
    return stand.ended();
  },

  async 'series-occurrence'(stage) {
    const { state, effects } = created({ seriesId: 's1' });
    stage.activities.due = [{ state, effects }];
    const workflowId = `series-run:${state.id}`;
    await stage.client.workflow.execute(seriesWorkflowType, { taskQueue, workflowId, args: [{ seriesId: 's1' }] });
    stage.activities.due = [];
    return { workflowId };
  },

  async 'quarterly-review'(stage) {
    const workflowId = reviewWorkflowId('2026-Q1');
    await stage.client.workflow.execute(reviewWorkflowType, { taskQueue, workflowId, args: [{ quarter: '2026-Q1' }] });
    return { workflowId };
  },

  async 'yearly-norms'(stage) {
    const { client, activities } = stage;
    const workflowId = normsWorkflowId(2025);
    const before = activities.normsMade;
    const [first, second] = [day, 3 * day].map((ahead) => Date.now() + ahead);
    activities.normsMade = { open: 2, remindAt: [first!, second!] };
    activities.sendNorms.open.push(2, 1, 0);
    await client.workflow.start(normsWorkflowType, { taskQueue, workflowId, args: [{ year: 2025 }] });
    await fastForward(client, workflowId, (4 * day) / 1_000);
    await client.workflow.getHandle(workflowId).result();
    activities.normsMade = before;
    return { workflowId };
  },
};

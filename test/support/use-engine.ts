import { afterAll, beforeAll } from 'vitest';
import { searchAttributes } from '../../workflows/contracts.js';
import { RecordingActivities, startWorker } from './engine.js';
import { testTemporal, type TestTemporal } from './temporal.js';

/** Namespace and worker of a test file that needs only the engine's side, ended with it. */
export function useEngine(): { temporal(): TestTemporal; activities: RecordingActivities } {
  const activities = new RecordingActivities();
  let temporal: TestTemporal;
  let worker: { stop(): Promise<void> };
  beforeAll(async () => {
    temporal = await testTemporal(searchAttributes);
    worker = await startWorker(temporal, activities.all());
  });
  afterAll(async () => {
    await worker.stop();
    await temporal.close();
  });
  return { temporal: () => temporal, activities };
}

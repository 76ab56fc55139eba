import { beforeAll, describe, expect, test } from 'vitest';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { WorkflowBundle } from '@temporalio/worker';
import { installRuntime } from '../support/runtime.js';
import { useEngine } from '../support/use-engine.js';
import { readFixtures, replay, replayBundle, writeFixture } from './fixtures.js';
import { scenarios } from './scenarios.js';

let bundle: WorkflowBundle;
beforeAll(async () => {
  installRuntime();
  bundle = await replayBundle();
});

/** `RECORD_REPLAY=1` records the paths anew: only when a change is meant, and never for meetings that are under way. */
const recording = process.env['RECORD_REPLAY'] !== undefined;

const fixtures = recording ? [] : readFixtures();

if (!recording)
  describe('meetings under way go on with today’s code', () => {
    test('there is a recorded history of every path', () => {
      expect(fixtures.map((f) => f.name)).toEqual(Object.keys(scenarios).sort());
    });

    test.each(fixtures)('$name: the same commands, state and due instants', async ({ history, digest }) => {
      expect(await replay(bundle, history)).toBe(digest);
    });
  });

if (recording)
  describe('recording', () => {
    const engine = useEngine();

    test.each(Object.entries(scenarios))('%s', async (name, scenario) => {
      const { workflowId, runId } = await scenario({ client: engine.temporal().client, activities: engine.activities });
      const history: unknown = JSON.parse(
        historyToJSON(await engine.temporal().client.workflow.getHandle(workflowId, runId).fetchHistory()),
      );
      writeFixture({ name, history, digest: await replay(bundle, history) });
    });
  });

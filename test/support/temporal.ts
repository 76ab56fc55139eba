import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { NativeConnection, type WorkerOptions } from '@temporalio/worker';
import { ensureSearchAttributes, type SearchAttributes } from '../../infra/temporal-admin.js';
import { installRuntime } from './runtime.js';
import { sharedTemporal } from './shared.js';

export interface TestTemporal {
  address: string;
  uiUrl: string;
  /** This test file's own: workers of other files poll the same task queue name in theirs. */
  namespace: string;
  client: Client;
  connection: Connection;
  /** `await Worker.create({ ...temporal.worker, taskQueue, activities, workflowBundle: await sharedBundle() })` */
  worker: Pick<WorkerOptions, 'connection' | 'namespace'>;
  close(): Promise<void>;
}

/**
 * A namespace of its own on the run's real Temporal server, in a few milliseconds. In a test file:
 * `beforeAll(async () => { temporal = await testTemporal(searchAttributes); }); afterAll(() => temporal.close());`
 */
export async function testTemporal(searchAttributes: SearchAttributes = {}): Promise<TestTemporal> {
  installRuntime();
  const { address, uiUrl } = await sharedTemporal();
  const namespace = `test-${randomUUID()}`;
  const connection = await Connection.connect({ address });
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('1 day') });
  await ensureSearchAttributes(connection, namespace, searchAttributes);
  const native = await NativeConnection.connect({ address });
  return {
    address,
    uiUrl,
    namespace,
    client: new Client({ connection, namespace }),
    connection,
    worker: { connection: native, namespace },
    close: async () => {
      await native.close();
      await connection.close();
    },
  };
}

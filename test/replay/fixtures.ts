import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import type { InjectedSinks, WorkflowBundle } from '@temporalio/worker';
import { sharedModules } from '../../infra/bundle.js';
import type { DigestSinks } from './digest-interceptor.js';

/** A recorded run: its history as the server gave it, and what the state was at its end. */
export interface Fixture {
  name: string;
  history: unknown;
  digest: string;
}

const folder = fileURLToPath(new URL('./fixtures/', import.meta.url));

export function readFixtures(): Fixture[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json.gz'))
    .sort()
    .map((file) => JSON.parse(gunzipSync(readFileSync(path.join(folder, file))).toString()) as Fixture);
}

export function writeFixture(fixture: Fixture): void {
  writeFileSync(path.join(folder, `${fixture.name}.json.gz`), gzipSync(JSON.stringify(fixture), { level: 9 }));
}

/** The workflows with the interceptor that lets the state be seen. */
export async function replayBundle(): Promise<WorkflowBundle> {
  const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
  return bundleWorkflowCode({
    workflowsPath: here('../../workflows/index.ts'),
    // As the worker has them (infra/bundle.ts).
    ...sharedModules(here('../..')),
    workflowInterceptorModules: [here('./digest-interceptor.ts')],
    logger: new DefaultLogger('WARN'),
  });
}

/**
 * Replays a history. Rejects when today's code issues other commands than the recorded ones; resolves to the digest of the
 * final state, due instants included, since a changed timer replays without a word.
 */
export async function replay(workflowBundle: WorkflowBundle, history: unknown): Promise<string> {
  let last = '';
  const sinks: InjectedSinks<DigestSinks> = {
    digest: { state: { fn: (_info, json) => void (last = json), callDuringReplay: true } },
  };
  await Worker.runReplayHistory({ workflowBundle, sinks }, history);
  return createHash('sha256').update(last).digest('hex');
}

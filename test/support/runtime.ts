import { DefaultLogger, Runtime } from '@temporalio/worker';

let installed = false;

/**
 * Keeps Temporal's worker quiet in tests (errors only), and leaves signals to the runner. Call it before the first Worker or
 * NativeConnection; testTemporal does.
 */
export function installRuntime(): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    shutdownSignals: [],
    telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
  });
}

import { type Logger as TemporalLogger, type LogLevel, type LogMetadata, Runtime } from '@temporalio/worker';
import { destination, type DestinationStream, type Logger, pino } from 'pino';
import { Registry } from 'prom-client';
import type { Config } from './config.js';

export type { Logger } from 'pino';

const secretFields = ['authorization', 'cookie', '["set-cookie"]'].flatMap((name) => {
  const access = name.startsWith('[') ? name : `.${name}`;
  return [`headers${access}`, `*.headers${access}`, `*.*.headers${access}`];
});

/**
 * A personal link is as good as a password, and it can turn up anywhere: in a path, a mail text, an error's message. So every
 * finished line is gone over, whatever field a secret stands in: links (`/r/…`, `/feedback/…`, `/calendar/…`), signed tokens, Bearer keys.
 */
export function withoutSecrets(line: string): string {
  return line
    .replace(/(\/(?:r|u|feedback|calendar)\/)[\w.~%-]{8,}/g, '$1[token]')
    .replace(/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]+/g, '[token]')
    .replace(/(\bBearer\s+)[\w.~+/=-]+/gi, '$1[key]');
}

/** JSON lines on standard error, so that standard output stays for what people read. Written at once: none is lost at a crash. */
export function createLogger(
  level: Config['logLevel'],
  to: DestinationStream = destination({ fd: 2, sync: true }),
): Logger {
  const options = {
    level,
    redact: { paths: secretFields, censor: '[redacted]' },
    serializers: { req: requestOf, err: pino.stdSerializers.err },
  };
  return pino(options, { write: (line) => to.write(withoutSecrets(line)) });
}

/** Of a request only what helps to find a fault: no headers, no body, no query (it may name people). */
function requestOf(request: { method?: string; url?: string; id?: unknown }): object {
  return { id: request.id, method: request.method, path: (request.url ?? '').split('?')[0] };
}

/** One per process; api/metrics.ts fills it. */
export const createRegistry = (): Registry => new Registry();

let installed = false;

/**
 * Temporal's native part, once per process and before the first connection: its warnings go to our log; signals are left
 * to us, since a worker that stops by itself would be gone before the API; its own metrics where METRICS_ADDRESS says.
 */
export function installTemporalRuntime(log: Logger, metricsAddress: string | undefined): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    logger: temporalLogger(log.child({ part: 'temporal' })),
    shutdownSignals: [],
    telemetryOptions: {
      logging: { forward: {}, filter: { core: 'WARN', other: 'WARN' } },
      ...(metricsAddress === undefined ? {} : { metrics: { prometheus: { bindAddress: metricsAddress } } }),
    },
  });
}

const levels: Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

function temporalLogger(log: Logger): TemporalLogger {
  const write = (level: LogLevel, message: string, meta: LogMetadata = {}): void => log[levels[level]](meta, message);
  return {
    log: write,
    trace: (message, meta) => write('TRACE', message, meta),
    debug: (message, meta) => write('DEBUG', message, meta),
    info: (message, meta) => write('INFO', message, meta),
    warn: (message, meta) => write('WARN', message, meta),
    error: (message, meta) => write('ERROR', message, meta),
  };
}

/** For Worker.create: what is under way gets 10 s to end by itself, then activities are told; after 20 s nobody waits. */
export const workerShutdown = { shutdownGraceTime: '10s', shutdownForceTime: '20s' } as const;

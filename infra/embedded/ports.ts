import { createServer } from 'node:net';
import { codeOf, StartProblem } from '../problem.js';

/** Why no server could listen there now, as Node's error code; undefined when one could. */
function obstacle(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve(codeOf(error) ?? error.message));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}

/** A port that nobody listened on a moment ago; another program may still take it first. */
export function freePort(host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ port: 0, host }, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

export interface PortSetting {
  port: number;
  host: string;
  /** The environment variable that it comes from. */
  setting: string;
  /** What else helps, as the end of "or set …". */
  otherwise?: string;
}

/** Throws one StartProblem when nothing can listen there; 0 stands for any free port and is never taken. */
export async function requireFree({ port, host, setting, otherwise }: PortSetting): Promise<void> {
  const code = port === 0 ? undefined : await obstacle(port, host);
  if (code === undefined) return;
  throw new StartProblem(
    `Port ${port} (${setting}) on ${host} ${explain(code, setting)}${otherwise ? `, or set ${otherwise}` : ''}.`,
  );
}

function explain(code: string, setting: string): string {
  switch (code) {
    case 'EADDRINUSE':
      return `is taken by another program. Stop what uses it, or set ${setting} to a free port`;
    case 'EACCES':
      return `may not be opened by this user. Set ${setting} to a port from 1024 on`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return 'cannot be opened: this machine has no such address. Set HOST to one that it has, like 127.0.0.1 or 0.0.0.0';
    default:
      return `cannot be opened (${code}). Set ${setting} to another port`;
  }
}

import { createServer } from 'node:net';

/**
 * A free port below those that the system hands out by itself: between the looking and the use, which may be seconds, no
 * other process gets it by chance.
 */
export async function quietPort(host = '127.0.0.1'): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(false));
      probe.listen({ port, host }, () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
}

import { requireFree } from '../../infra/embedded/ports.js';

/**
 * A free port below those that the system hands out by itself: between the looking and the use, which may be seconds, no
 * other process gets it by chance.
 */
export async function quietPort(host = '127.0.0.1'): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const free = await requireFree({ port, host, setting: 'a test' }).then(
      () => true,
      () => false,
    );
    if (free) return port;
  }
}

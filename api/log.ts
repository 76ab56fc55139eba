/** One line per request with the route's pattern, never the address: addresses carry tokens and names. */
import type { FastifyInstance } from 'fastify';

export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { config, url } = request.routeOptions;
    // E8, F5: a line with a time per ballot or answer would say who was at the keyboard when it came.
    if (config.secretive !== true) {
      const { method, id } = request;
      const line = { id, method, route: url ?? 'none', status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
      request.log.info(line, 'request');
    }
    done();
  });
}

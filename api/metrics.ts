/** Counts and durations per route for Prometheus. No person, meeting or token is ever a label. */
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { CommandQueue } from './queue.js';

export function measure(app: FastifyInstance, queue: CommandQueue, registry = new Registry()): void {
  const labelNames = ['method', 'route', 'status'] as const;
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'convoke_http_request_seconds',
    help: 'Duration of HTTP requests by route pattern',
    labelNames,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const refused = new Counter({
    name: 'convoke_http_failures_total',
    help: 'HTTP answers of 5xx by route pattern',
    labelNames,
    registers: [registry],
  });
  new Gauge({
    name: 'convoke_meetings_with_waiting_commands',
    help: 'Meetings whose commands are under way in this process',
    registers: [registry],
    collect() {
      this.set(queue.size);
    },
  });
  app.addHook('onResponse', (request, reply, done) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode };
    if (request.routeOptions.config.stream !== true) seconds.observe(labels, reply.elapsedTime / 1000);
    if (reply.statusCode >= 500) refused.inc(labels);
    done();
  });
  app.get('/metrics', { config: { open: true }, schema: { hide: true } }, async (_request, reply) => {
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

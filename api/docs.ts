/** /openapi.json and /docs, written from the same schemas that check the requests. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';

const description = `Convoke runs coordination meetings as durable workflows.

Every time is ISO 8601 with the offset of the meeting's zone. Refusals are \`application/problem+json\` (RFC 9457) with every
fault in \`errors\`; messages follow Accept-Language (zh-TW, zh-CN, en). Commands take an \`Idempotency-Key\`: the same key
with the same request gets the same answer. Lists are paged: pass \`next\` as \`cursor\`.`;

const tags = [
  { name: 'meetings', description: 'A meeting from preparation to its end' },
  { name: 'materials', description: 'Materials, their templates, success stories' },
  { name: 'execution', description: 'What happens in the room' },
  { name: 'minutes', description: 'Minutes and survey' },
  { name: 'follow-up', description: 'Actions and tasks' },
  { name: 'reviews', description: 'Figures of quarters, and of today' },
  { name: 'knowledge', description: 'What is known: conclusions, analyses, articles; topics that repeat' },
  { name: 'directory', description: 'People and departments' },
  { name: 'keys', description: 'API keys' },
  { name: 'service', description: 'For operators' },
];

/** Before the routes. */
export async function describeRoutes(app: FastifyInstance, publicUrl: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Convoke', version: '1', description },
      servers: [{ url: publicUrl }],
      tags,
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
      security: [{ key: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true, uiConfig: { persistAuthorization: true } });
}

/** The document itself, made once. */
export function documentRoute(app: FastifyInstance): void {
  let json: string | undefined;
  app.get('/openapi.json', { config: { open: true }, schema: { hide: true } }, (_request, reply) => {
    json ??= JSON.stringify(app.swagger());
    return reply.type('application/json; charset=utf-8').send(json);
  });
}

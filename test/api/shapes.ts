import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Json, Reply } from './support.js';

/** Holds answers against the OpenAPI document: what callers get is what is written there, and nothing beside it. */
export class Shapes {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly paths: { pattern: RegExp; methods: Json }[];

  constructor(document: Json) {
    this.ajv.addSchema({ $id: 'doc', components: document.components });
    this.paths = Object.entries(document.paths).map(([path, methods]) => ({
      pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+').replaceAll('.', '\\.')}$`),
      methods,
    }));
  }

  /** What does not fit, in words; empty when all does. */
  faults(method: string, path: string, reply: Reply): string[] {
    const plain = path.split('?')[0] ?? '';
    const found = this.paths.find((p) => p.pattern.test(plain));
    const answer = found?.methods[method.toLowerCase()]?.responses?.[String(reply.status)];
    if (answer === undefined) return [`${method} ${plain} ${reply.status} is not in the document`];
    const schema = Object.values((answer.content ?? {}) as Record<string, Json>)[0]?.schema;
    if (schema === undefined || reply.json === undefined) return [];
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"doc#/components/');
    const check = this.ajv.compile(JSON.parse(text) as object);
    if (check(reply.json)) return [];
    return (check.errors ?? []).map(
      (e) => `${method} ${plain} ${reply.status}${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`,
    );
  }
}

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { type Role, loadConfig } from '../../infra/config.js';

interface Service {
  image?: string;
  build?: { context: string; dockerfile: string };
  container_name?: string;
  command?: string[];
  restart?: string;
  ports?: string[];
  volumes?: string[];
  configs?: { source: string; target: string }[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
}

interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
  configs: Record<string, { file: string }>;
}

const text = readFileSync('docker-compose.yml', 'utf8');
const compose = parse(text, { merge: true }) as Compose;
const services = Object.entries(compose.services);
const ended = (name: string): boolean => compose.services[name]!.restart?.startsWith('on-failure') ?? false;

/** What compose makes of `${NAME:-default}` when nothing is set. */
const withDefaults = (value: string): string => value.replace(/\$\{\w+:-([^}]*)\}/g, '$1');

describe('docker-compose.yml', () => {
  test('is valid by the compose specification’s own schema, also with its merges resolved', () => {
    // The specification's schema (Apache-2.0, github.com/compose-spec/compose-spec), as the package dclint ships it.
    const schema = JSON.parse(readFileSync('node_modules/dclint/schemas/compose.schema.json', 'utf8')) as Record<
      string,
      unknown
    >;
    delete schema['$schema'];
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const validate = ajv.compile(schema);
    expect(validate(compose) ? [] : validate.errors).toEqual([]);
    // The schema is really at work.
    expect(validate({ services: { api: { image: 'x', healthchek: {} } } })).toBe(false);
  });

  test('has what the issue names, and depends on nothing that is not there', () => {
    const wanted = ['postgres', 'temporal', 'temporal-ui', 'mailpit', 'api', 'worker'];
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(wanted));
    for (const [name, service] of services) {
      for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
        expect([name, other, Object.hasOwn(compose.services, other)]).toEqual([name, other, true]);
        // Waiting for health needs a health check; waiting for an end needs something that ends.
        const checked = compose.services[other]!.healthcheck !== undefined;
        expect([name, other, condition]).toEqual([
          name,
          other,
          checked ? 'service_healthy' : 'service_completed_successfully',
        ]);
        if (!checked) expect(ended(other)).toBe(true);
      }
    }
  });

  test('everything that stays up has a health check and is started again', () => {
    for (const [name, service] of services) {
      if (ended(name)) continue;
      expect([name, service.healthcheck?.test[0], service.restart]).toEqual([name, 'CMD', 'unless-stopped']);
    }
  });

  test('images are pinned to a version of three numbers, or two for PostgreSQL', () => {
    for (const [name, { image }] of services) {
      expect([name, image]).toEqual([name, expect.stringMatching(/^[\w./-]+:v?\d+\.\d+(\.\d+)?(-[\w.]+)?$/)]);
    }
    const dockerfile = readFileSync('infra/Dockerfile', 'utf8');
    expect(dockerfile).toMatch(/^ARG NODE_IMAGE=node:\d+\.\d+\.\d+-[\w-]+$/m);
    for (const [, image] of dockerfile.matchAll(/^FROM (\S+)/gm)) expect(image).toBe('${NODE_IMAGE}');
  });

  test('workers can be as many as wanted; ports are open on this machine only', () => {
    const { container_name: name, ports } = compose.services['worker']!;
    expect([name, ports]).toEqual([undefined, undefined]);
    for (const [, service] of services) {
      expect(service.container_name).toBeUndefined();
      for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    }
  });

  test('data lives in named volumes, and every file that is mounted or built from exists', () => {
    for (const [name, service] of services) {
      for (const volume of service.volumes ?? []) {
        expect([name, volume.split(':')[0]]).toEqual([name, expect.stringMatching(/^[a-z-]+$/)]);
        expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
      }
      for (const { source } of service.configs ?? []) expect(existsSync(compose.configs[source]!.file)).toBe(true);
      if (service.build) expect(existsSync(path.join(service.build.context, service.build.dockerfile))).toBe(true);
    }
  });

  test.each<[string, Role]>([
    ['api', 'api'],
    ['worker', 'worker'],
  ])('the settings of %s are complete and right as they stand', (name, role) => {
    const environment = Object.entries(compose.services[name]!.environment!);
    const config = loadConfig(Object.fromEntries(environment.map(([key, value]) => [key, withDefaults(value)])), role);
    expect(config).toMatchObject({
      dataFolder: '/data',
      publicUrl: 'http://localhost:3000',
      temporal: { address: 'temporal:7233' },
    });
    const [script] = compose.services[name]!.command!;
    expect(existsSync(script!.replace(/^dist\/(.*)\.js$/, '$1.ts'))).toBe(true);
  });
});

describe('infra/Dockerfile', () => {
  const dockerfile = readFileSync('infra/Dockerfile', 'utf8');

  test('builds in one stage and runs in another, not as root, with nothing of the development', () => {
    expect(dockerfile.match(/^FROM /gm)).toHaveLength(2);
    const final = dockerfile.split(/^FROM /m).at(-1)!;
    expect(final).toMatch(/^USER node$/m);
    expect(final).not.toMatch(/npm (ci|install|run)/);
    expect(dockerfile).toContain('npm prune --omit=dev');
  });

  test('copies only what is there and what .dockerignore lets in', () => {
    const allowed = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    for (const name of allowed) expect([name, existsSync(name)]).toEqual([name, true]);
    for (const [, files] of dockerfile.matchAll(/^COPY (?!--)(.+) \S+$/gm)) {
      for (const file of files!.split(' ').filter((one) => one !== '.')) expect(allowed).toContain(file);
    }
    const folders = (parse(readFileSync('tsconfig.build.json', 'utf8')) as { include: string[] }).include;
    expect(allowed).toEqual(expect.arrayContaining(folders));
  });
});

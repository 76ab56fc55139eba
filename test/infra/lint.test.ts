import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test, vi } from 'vitest';

// ESLint reads the types of the whole project.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Finding {
  ruleId: string | null;
  message: string;
}

/** The project's real configuration on other content for existing files, in one process: reading all types takes it longest. */
function lint(contents: Record<string, string>): Promise<Record<string, Finding[]>> {
  return new Promise((resolve, reject) => {
    const script = `
      import { ESLint } from 'eslint';
      const eslint = new ESLint();
      const contents = JSON.parse(await new Response(process.stdin).text());
      const found = {};
      for (const [filePath, code] of Object.entries(contents))
        found[filePath] = (await eslint.lintText(code, { filePath })).flatMap((result) => result.messages);
      process.stdout.write(JSON.stringify(found));`;
    // Without this, typescript-eslint takes the content from the disk instead of from us.
    const env = { ...process.env, TSESTREE_SINGLE_RUN: 'false' };
    const args = ['--input-type=module', '--eval', script];
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['pipe', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', () => {
      try {
        resolve(JSON.parse(output) as Record<string, Finding[]>);
      } catch (error) {
        reject(new Error(`eslint said: ${output}`, { cause: error }));
      }
    });
    child.stdin.end(JSON.stringify(contents));
  });
}

const contents = {
  'domain/norms.ts': `import { readFileSync } from 'node:fs';
       import { z } from 'zod';
       import type { MailKey } from '../activities/ports.js';
       export { DomainError } from './errors.js';
       export const a: [unknown, unknown, MailKey | undefined] = [readFileSync, z, undefined];
       export const later = import('../workflows/contracts.js');
       export const now = [Date.now(), new Date(), new Date(0), Math.random()];
       let last = 0;
       export let newest = last;
       const words = /\\w+/g;
       export const next = (text: string): number => (newest = last += words.exec(text)?.length ?? 0);`,
  'workflows/contracts.ts': `import { z } from 'zod';
       import type { MailKey } from '../activities/ports.js';
       import { createActivities } from '../activities/index.js';
       import { type Fault } from '../domain/errors.js';
       export * from '../api/app.js';
       export const all: [unknown, unknown, MailKey?, Fault?] = [z, createActivities];`,
  'infra/progress.ts': `import { setHandler } from '@temporalio/workflow';
       import { defineUpdate } from '@temporalio/workflow';
       export const wait = async (): Promise<void> => {};
       wait();
       const update = defineUpdate('update');
       setHandler(update, () => {}, { validator: async () => { await wait(); } });
       export function word(kind: 'a' | 'b'): string {
         switch (kind) { case 'a': return 'a'; }
         return '';
       }`,
};

const messagesOf = (findings: Finding[], ruleId: string): string[] =>
  findings.filter((finding) => finding.ruleId === ruleId).map((finding) => finding.message);

describe('the lint rules that hold the house up (design §2)', () => {
  let found: Record<string, Finding[]>;
  beforeAll(async () => {
    found = await lint(contents);
  });

  test('domain imports nothing of ours, no Node module, no package; no clock, no chance, no memory', () => {
    const findings = found['domain/norms.ts']!;
    expect(messagesOf(findings, 'convoke/import-directions')).toEqual([
      'domain/ may not import the package or Node module "node:fs".',
      'domain/ may not import the package or Node module "zod".',
      'domain/ may not import activities/: imports go down the house only.',
      'domain/ may not import workflows/: imports go down the house only.',
    ]);
    expect(messagesOf(findings, 'no-restricted-syntax').slice(0, 3).join()).not.toMatch(/outside of functions/);
    expect(messagesOf(findings, 'no-restricted-syntax').slice(3)).toEqual([
      'No state outside of functions here.',
      'No state outside of functions here.',
      'An expression with g or y remembers where it was.',
    ]);
  });

  test('workflows import domain, and only types of activities; no zod', () => {
    const findings = found['workflows/contracts.ts']!;
    expect(messagesOf(findings, 'convoke/import-directions')).toEqual([
      'workflows/ may not import the package or Node module "zod".',
      'workflows/ may import only types of activities/: write `import type`.',
      'workflows/ may not import api/: imports go down the house only.',
    ]);
  });

  test('a forgotten await, an async validator and an unhandled case are found', () => {
    const findings = found['infra/progress.ts']!;
    const rules = findings.map((finding) => finding.ruleId);
    expect(rules).toContain('@typescript-eslint/no-floating-promises');
    expect(rules).toContain('@typescript-eslint/no-misused-promises');
    expect(rules).toContain('@typescript-eslint/switch-exhaustiveness-check');
  });
});

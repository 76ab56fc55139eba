import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildWorkflowBundle } from '../../infra/bundle.js';

describe('the workflow bundle', () => {
  let root: string;
  beforeEach(async () => {
    // Inside the checkout, where the bundler finds @temporalio/workflow.
    await mkdir('.cache', { recursive: true });
    root = await mkdtemp(path.resolve('.cache', 'bundle-'));
    for (const name of ['workflows', 'domain']) await mkdir(path.join(root, name));
    await writeFile(path.join(root, 'domain', 'rule.ts'), 'export const days: number = 3;');
    await writeFile(
      path.join(root, 'workflows', 'index.ts'),
      `import { sleep } from '@temporalio/workflow';
       import { days } from '../domain/rule.js';
       export async function wait(): Promise<void> { await sleep(days * 86_400_000); }`,
    );
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  test('is made from .ts sources, kept while nothing changed, and made anew when a rule did', async () => {
    const options = { root, codePath: path.join(root, 'out', 'bundle.js') };
    expect(await buildWorkflowBundle(options)).toEqual({ codePath: options.codePath, rebuilt: true });
    expect(await readFile(options.codePath, 'utf8')).toMatch(/days = 3\b/);
    expect(await buildWorkflowBundle(options)).toMatchObject({ rebuilt: false });

    await writeFile(path.join(root, 'domain', 'rule.ts'), 'export const days: number = 5;');
    expect(await buildWorkflowBundle(options)).toMatchObject({ rebuilt: true });
    expect(await readFile(options.codePath, 'utf8')).toMatch(/days = 5\b/);
  });

  test('without workflows there is a clear refusal', async () => {
    await rm(path.join(root, 'workflows', 'index.ts'));
    await expect(buildWorkflowBundle({ root, codePath: path.join(root, 'b.js') })).rejects.toThrow(
      /No workflows to bundle/,
    );
  });
});

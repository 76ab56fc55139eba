import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

export interface BundleOptions {
  /** The folder that has `workflows/` and `domain/`: the checkout with .ts files, or `dist` with .js files. */
  root: string;
  /** Where the bundle goes; beside it, `.hash` remembers what it was made from. */
  codePath: string;
}

/**
 * Loads the rules once per worker instead of once per meeting: that took a third of a start, and three quarters of the memory
 * that an idle meeting keeps. It is right because no module of domain/ or workflows/ has a state of its own (a lint rule says
 * so; the engine freezes what they export besides).
 */
export const sharedModules = (root: string): { preloadModules: string[] } => ({ preloadModules: [entryOf(root)] });

/** What is not in the sources and makes another bundle of them. */
const recipe = 'all modules shared';

/**
 * Makes the one file that workers load as `workflowBundle: { codePath }`, so that they start without a bundler. Skipped
 * when no workflow or domain source, nor the lock file, has changed.
 */
export async function buildWorkflowBundle({
  root,
  codePath,
}: BundleOptions): Promise<{ codePath: string; rebuilt: boolean }> {
  const hashFile = `${codePath}.hash`;
  const inputs = hashOfInputs(root);
  if (existsSync(codePath) && existsSync(hashFile) && readFileSync(hashFile, 'utf8') === inputs) {
    return { codePath, rebuilt: false };
  }
  const workflowsPath = entryOf(root);
  const logger = new DefaultLogger('WARN');
  const { code } = await bundleWorkflowCode({ workflowsPath, ...sharedModules(root), logger });
  mkdirSync(path.dirname(codePath), { recursive: true });
  writeFileSync(`${codePath}.new`, code);
  renameSync(`${codePath}.new`, codePath);
  writeFileSync(hashFile, inputs);
  return { codePath, rebuilt: true };
}

function entryOf(root: string): string {
  const candidates = ['workflows/index.ts', 'workflows/index.js'].map((name) => path.join(root, name));
  const entry = candidates.find((file) => existsSync(file));
  if (entry === undefined) throw new Error(`No workflows to bundle: ${candidates.join(' and ')} are missing`);
  return entry;
}

/** Everything that can end up in the bundle: our two folders, and through the lock file every dependency. */
function hashOfInputs(root: string): string {
  const hash = createHash('sha256').update(recipe);
  const files = ['workflows', 'domain'].flatMap((folder) => sourcesUnder(path.join(root, folder)));
  const lock = [path.join(root, 'package-lock.json'), path.join(root, '..', 'package-lock.json')].find((file) =>
    existsSync(file),
  );
  for (const file of lock === undefined ? files : [...files, lock]) {
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function sourcesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|js|json)$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

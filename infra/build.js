/**
 * Builds `dist/`: types checked and compiled, files that are not TypeScript copied beside them, the workflow bundle and an
 * empty database made.
 *   node infra/build.js                what `npm run build` does
 *   node infra/build.js --if-needed    nothing when no input changed since the last build (before `npm start`)
 *   node infra/build.js --if-possible  also nothing where the compiler or the sources are missing (`npm ci --omit=dev`, images)
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const config = path.join(root, 'tsconfig.build.json');
const stamp = path.join(root, 'dist', '.inputs');
const flags = new Set(process.argv.slice(2));

/** The folders that make up the product, as tsconfig.build.json names them. */
function sourceFolders() {
  return JSON.parse(readFileSync(config, 'utf8')).include.filter((folder) => existsSync(path.join(root, folder)));
}

function filesUnder(folder) {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

function compilerPath() {
  try {
    return createRequire(import.meta.url).resolve('typescript/bin/tsc');
  } catch {
    return undefined;
  }
}

function run(script, args) {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** Beside each other: each keeps one core busy. */
async function runAll(scripts) {
  const codes = scripts.map(
    (script) =>
      new Promise((resolve) => {
        spawn(process.execPath, [script], { cwd: root, stdio: 'inherit' }).once('exit', resolve);
      }),
  );
  const failed = (await Promise.all(codes)).find((code) => code !== 0);
  if (failed !== undefined) process.exit(failed ?? 1);
}

async function main() {
  const compiler = compilerPath();
  if (!existsSync(config) || compiler === undefined) {
    if (flags.has('--if-possible') || (flags.has('--if-needed') && existsSync(stamp))) return;
    process.stderr.write('Nothing to build with: run `npm ci` in a full checkout first (without --omit=dev).\n');
    process.exit(1);
  }
  const sources = sourceFolders().flatMap(filesUnder);
  const inputs = hashOf([...sources, 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json']);
  const upToDate = existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs;
  if (upToDate && flags.size > 0) return;

  process.stdout.write('Building Convoke …\n');
  run(compiler, ['-p', config]);
  for (const file of sources.filter((name) => !/\.tsx?$/.test(name))) {
    mkdirSync(path.dirname(path.join(root, 'dist', file)), { recursive: true });
    cpSync(path.join(root, file), path.join(root, 'dist', file));
  }
  await runAll(['build-bundle.js', 'build-archive.js'].map((file) => path.join(root, 'dist', 'infra', file)));
  writeFileSync(stamp, inputs);
}

await main();

/**
 * Node's loader hooks behind register-ts.js: `./x.js` finds `./x.ts` or `./x.tsx`, and SWC takes the types away. What it made
 * is kept under .cache/, since tests start the product dozens of times.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform, version } from '@swc/core';

const kept = path.resolve(import.meta.dirname, '..', '..', '.cache', 'ts');

export async function resolve(specifier, context, nextResolve) {
  if (/^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL !== undefined) {
    const plain = new URL(specifier, context.parentURL);
    for (const ending of ['.ts', '.tsx']) {
      const source = new URL(plain.href.replace(/\.js$/, ending));
      if (!existsSync(plain) && existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true };
    }
  }
  return nextResolve(specifier, context);
}

export async function load(url, context, nextLoad) {
  if (!/^file:[^?]*\.tsx?(\?.*)?$/.test(url)) return nextLoad(url, context);
  const filename = fileURLToPath(url);
  const source = await readFile(filename, 'utf8');
  const name = createHash('sha256').update(`${version}\0${filename}\0${source}`).digest('hex');
  const file = path.join(kept, `${name}.js`);
  const code = await readFile(file, 'utf8').catch(() => compile(filename, source, file));
  return { format: 'module', source: code, shortCircuit: true };
}

async function compile(filename, source, file) {
  const { code } = await transform(source, {
    filename,
    sourceMaps: 'inline',
    module: { type: 'es6' },
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', tsx: filename.endsWith('x') },
      transform: { react: { runtime: 'automatic', importSource: '@kitajs/html' } },
    },
  });
  // Whole or not at all: another process may be writing the same.
  const half = `${file}.${process.pid}`;
  await mkdir(kept, { recursive: true });
  await writeFile(half, code);
  await rename(half, file);
  return code;
}

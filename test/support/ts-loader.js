/** Node's loader hooks behind register-ts.js: `./x.js` finds `./x.ts` or `./x.tsx`, and SWC takes the types away. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

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
  if (!/^file:.*\.tsx?$/.test(url)) return nextLoad(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(await readFile(filename, 'utf8'), {
    filename,
    sourceMaps: 'inline',
    module: { type: 'es6' },
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', tsx: filename.endsWith('x') },
      transform: { react: { runtime: 'automatic', importSource: '@kitajs/html' } },
    },
  });
  return { format: 'module', source: code, shortCircuit: true };
}

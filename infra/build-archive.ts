/**
 * `node dist/infra/build-archive.js`: a step of the build (infra/build.js). What the first `npm start` copies instead of
 * making it; where it cannot be made, the first start takes longer and nothing else is different.
 */
import { fileURLToPath } from 'node:url';
import { makeTemplate } from '../archive/template.js';
import { reasonOf } from './problem.js';

const folder = fileURLToPath(new URL('../archive-templates', import.meta.url));
await makeTemplate(folder).catch((error: unknown) => {
  process.stderr.write(
    `The first start will take longer, an empty database could not be prepared: ${reasonOf(error)}\n`,
  );
});

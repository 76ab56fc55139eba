/** `node dist/infra/build-bundle.js`: the last step of the build (infra/build.js). */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWorkflowBundle } from './bundle.js';

const root = fileURLToPath(new URL('..', import.meta.url));
await buildWorkflowBundle({ root, codePath: path.join(root, 'workflow-bundle.js') });

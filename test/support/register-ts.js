/**
 * `node --import ./test/support/register-ts.js some/file.ts` runs our TypeScript straight from the sources, also in child
 * processes that a test starts. Types are not checked here; that is tsc's work.
 */
import { register } from 'node:module';

register('./ts-loader.js', import.meta.url);

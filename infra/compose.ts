/** Where the layers become processes: the one file that knows all of them. */
import { searchAttributes } from '../workflows/contracts.js';
import type { Composition } from './parts.js';

const missing = (part: string): Promise<never> => Promise.reject(new Error(`${part} is not composed yet`));

export const composition: Composition<{ close(): Promise<void> }> = {
  searchAttributes,
  openArchive: () => missing('the archive'),
  startApi: () => missing('the API'),
  startWorker: () => missing('the worker'),
};

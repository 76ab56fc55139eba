/** Where the bytes of materials lie: under their hash, so that the same file lies there once and nothing is overwritten. */
import type { Readable } from 'node:stream';

export interface FileStore {
  /**
   * Keeps the file at `path` (this machine's, temporary) under its SHA-256 (hex). Again → nothing changes. What was stored
   * and never mentioned by a meeting harms nobody.
   */
  put(hash: string, size: number, path: string): Promise<void>;
  /** The bytes as a stream, or null. */
  get(hash: string): Promise<Readable | null>;
}

export const isHash = (hash: string): boolean => /^[0-9a-f]{64}$/.test(hash);

/** The store is away; the caller may try again (503). */
export class StoreAway extends Error {}

/** Files in a bucket that speaks S3's protocol. The hash goes along, so that the server refuses what arrives damaged. */
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { isHash, StoreAway } from './store.js';
import type { FileStore } from './store.js';

export interface Bucket {
  endpoint: string;
  region: string;
  bucket: string;
  /** Before the hash; empty, or ends in a slash. */
  prefix: string;
  key: string;
  secret: string;
}

const nothing = (): void => undefined;
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

export function s3Store({ endpoint, region, bucket, prefix, key, secret }: Bucket): FileStore {
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId: key, secretAccessKey: secret },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
    // What fails is an error of ours, with what may be told of it; the client's own words go nowhere.
    logger: silent,
  });
  const at = (hash: string) => ({ Bucket: bucket, Key: `${prefix}${hash}` });
  return {
    async put(hash, size, from) {
      if (!isHash(hash)) throw new RangeError('no hash');
      const there = await orNull(() => client.send(new HeadObjectCommand(at(hash))));
      if (there?.ContentLength === size) return;
      await orNull(() => {
        const command = new PutObjectCommand({ ...at(hash), Body: createReadStream(from), ContentLength: size });
        command.middlewareStack.add(
          (next) => (args) => {
            (args.request as { headers: Record<string, string> }).headers['x-amz-content-sha256'] = hash;
            return next(args);
          },
          { step: 'build', name: 'hashIsKnown' },
        );
        return client.send(command);
      }, true);
    },
    async get(hash) {
      if (!isHash(hash)) return null;
      const found = await orNull(() => client.send(new GetObjectCommand(at(hash))));
      return (found?.Body as Readable | undefined) ?? null;
    },
  };
}

/** Null for what is not there; anything else that fails is the store being away. Its errors may name keys, so none is passed on. */
async function orNull<T>(call: () => Promise<T>, mustBe = false): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
    const missing =
      name === 'NoSuchKey' || name === 'NotFound' || (name !== 'NoSuchBucket' && $metadata?.httpStatusCode === 404);
    if (missing && !mustBe) return null;
    throw new StoreAway(`the bucket answered ${name ?? 'nothing'}`);
  }
}

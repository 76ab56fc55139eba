/** One upload: streamed to a temporary file, counted and hashed on the way, looked at by its content (P8). */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { MaterialFile } from '../../domain/meeting/state.js';
import { problem } from '../errors.js';
import { cleanName, extensions, mediaTypes } from './names.js';
import { sniff } from './sniff.js';

export const mostMegabytes = 25;
const mostBytes = mostMegabytes * 1_048_576;
/** For the fields beside the file. */
const beside = 65_536;

export const uploadLimits = {
  defParamCharset: 'utf8',
  limits: { fileSize: mostBytes, files: 1, fields: 10, fieldSize: 20_000, parts: 11, headerPairs: 20 },
} as const;

/** What came; `path` is where the bytes wait to be stored. */
export interface Received {
  fields: Record<string, string>;
  file?: MaterialFile & { path: string };
}

/** Receives, lets `work` use it, and takes the temporary file away in any case. */
export async function receiving<T>(request: FastifyRequest, work: (received: Received) => Promise<T>): Promise<T> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes + beside) tooLarge();
  const temporary = path.join(tmpdir(), `convoke-upload-${randomUUID()}`);
  try {
    return await work(await received(request, temporary));
  } finally {
    await rm(temporary, { force: true });
  }
}

async function received(request: FastifyRequest, temporary: string): Promise<Received> {
  const fields: Record<string, string> = {};
  let file: Received['file'];
  for await (const part of request.parts()) {
    if (isFile(part)) file = (await taken(part, temporary)) ?? file;
    else if (typeof part.value === 'string') fields[part.fieldname] = part.value;
  }
  return file === undefined ? { fields } : { fields, file };
}

const isFile = (part: Multipart): part is MultipartFile => part.type === 'file';

/** Undefined for the file field of a form that was left empty. */
async function taken(part: MultipartFile, temporary: string): Promise<Received['file']> {
  const hash = createHash('sha256');
  let [size, hasNul] = [0, false];
  const look = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      hasNul ||= chunk.includes(0);
      done(null, chunk);
    },
  });
  await pipeline(part.file, look, createWriteStream(temporary, { mode: 0o600 }));
  if (part.file.truncated) tooLarge();
  if (size === 0 && part.filename === '') return undefined;
  if (size === 0) problem('BadInput', 'P8.empty', 'file');
  const extension = await sniff(temporary, part.filename, hasNul);
  if (extension === undefined) problem('BadInput', 'P8.type', 'file', { types: [...extensions] });
  const name = cleanName(part.filename, extension);
  return { hash: hash.digest('hex'), size, type: mediaTypes[extension], name, path: temporary };
}

function tooLarge(): never {
  problem('TooLarge', 'P8.tooLarge', 'file', { max: mostMegabytes });
}

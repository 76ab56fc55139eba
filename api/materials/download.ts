/** A material's bytes for a reader: as an attachment whose type nobody guesses, streamed from the store (P8). */
import type { FastifyReply } from 'fastify';
import { findMaterial } from '../../domain/meeting/prepared.js';
import type { MaterialFile, MeetingState } from '../../domain/meeting/state.js';
import type { Api } from '../context.js';
import { problem } from '../errors.js';
import { storing } from './hand-in.js';
import { contentDisposition } from './names.js';

/** The newest version, or the one that is asked for, of what this view of the meeting shows; 404 when it is none, or was a link. */
export async function fileOf(api: Api, view: MeetingState, id: string, version?: number): Promise<MaterialFile> {
  const { material } = findMaterial(view, id) ?? problem('NotFound', 'P8.noSuchMaterial', 'materialId', { id });
  if (version === undefined || version === material.version)
    return material.file ?? problem('NotFound', 'P8.noSuchVersion', 'version');
  const versions = await api.deps.archive.files.versions(view.id, id);
  return versions.find((v) => v.version === version)?.file ?? problem('NotFound', 'P8.noSuchVersion', 'version');
}

export async function sendMaterial(api: Api, reply: FastifyReply, file: MaterialFile): Promise<FastifyReply> {
  const stream = await storing(() => api.deps.files.get(file.hash));
  if (stream === null) problem('NotFound', 'P8.noSuchVersion', 'version');
  return reply
    .header('content-disposition', contentDisposition(file.name))
    .header('content-length', file.size)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .type(file.type)
    .send(stream);
}

/** What belongs to one person: theirs to ask for, and the administrators'. */
import type { FastifyRequest } from 'fastify';
import type { PersonId } from '../domain/meeting/state.js';
import { isPmo } from '../domain/pmo.js';
import type { Api } from './context.js';
import { problem } from './errors.js';
import { personInPath } from './mentions.js';

/** Whose it is; others learn nothing of whether there is such a person. */
export async function requireOwn(
  api: Api,
  request: FastifyRequest,
  ref: string,
  { pmo = false, admin = true } = {},
): Promise<PersonId> {
  const { actor } = request.principal;
  const asPmo = pmo && isPmo(actor, (await api.deps.norms(api.deps.clock())).pmo);
  const all = (admin && actor.roles.includes('admin')) || asPmo;
  const { directory } = api.deps.archive;
  if (all) {
    const id = await personInPath(directory, ref);
    const [known] = await directory.people([id]);
    return known?.id ?? problem('NotFound', 'H4.unknown', 'ref', { person: id });
  }
  const refused = (): never => problem('Forbidden', admin ? 'data.ownOnly' : 'R4.hostOnly');
  const own = actor.person;
  if (own === undefined || !actor.roles.includes('member')) return refused();
  if (ref === own) return own;
  const found = await directory.getPerson(ref);
  return found?.id === own ? own : refused();
}

/**
 * F2, H4, H5: leave, leaving, acting heads, and a reorganisation. Records keep the old names; open work goes on in each
 * meeting concerned, by a command of its own. Asking again does what is left, so that one meeting that did not answer holds
 * nothing up.
 */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { DepartmentChange, DepartmentDetails } from '../archive/directory.js';
import type { Leave } from '../archive/ports.js';
import type { CommandInput } from '../domain/meeting/commands.js';
import type { PersonId } from '../domain/meeting/state.js';
import type { Api } from './context.js';
import { problem, toProblem } from './errors.js';
import type { Problem } from './errors.js';

export const handedOverShape = z
  .object({
    meetings: z.int().describe('Meetings where something went on to somebody else.'),
    moved: z.int().describe('Actions, plans, tasks and offices that did.'),
    failed: z.array(z.string()).describe('Meetings that did not answer: send the same request again.'),
  })
  .describe('What became of the open work.');

type HandedOver = { handedOver?: z.output<typeof handedOverShape> };

/** Everybody gives their own leave, and nothing else of themselves. */
export async function isOwnLeave(api: Api, request: FastifyRequest, ref: string): Promise<boolean> {
  const { person } = request.principal.actor;
  const named = Object.keys(request.body as object);
  if (person === undefined || named.length === 0 || named.some((name) => name !== 'leave')) return false;
  return (await api.deps.archive.directory.getPerson(ref))?.id === person;
}

export function refuseUnordered(leave: Leave[] | undefined): void {
  leave?.forEach(({ from, to }, i) => {
    if (to < from) problem('BadInput', 'H4.leaveOrder', `leave[${i}].to`, { from, to });
  });
}

/** Leave as it is now; whoever leaves hands over what is open. */
export async function putPersonStanding(
  api: Api,
  request: FastifyRequest,
  person: PersonId,
  given: { leave?: Leave[] | undefined; active?: boolean | undefined; successor?: string | null | undefined },
): Promise<HandedOver> {
  const { standing } = api.deps.archive;
  const { leave, active, successor: named } = given;
  const successor = typeof named === 'string' ? await api.known(named, 'successor') : named;
  if (successor === person) problem('BadInput', 'H4.successorSelf', 'successor');
  if (leave !== undefined) await standing.putLeave(person, leave);
  if (active !== undefined || successor !== undefined) await standing.setStatus(person, { active, successor });
  if (active !== false) return {};
  const follows = (await standing.statusOf(person)).successor;
  const input = { left: person, ...(follows === undefined ? {} : { successor: follows }) };
  return { handedOver: await fanOut(api, request, await standing.meetingsNeeding(person), 'personLeft', input) };
}

/** H5: acting head and successor, as the directory keeps them. */
export async function succession(
  api: Api,
  ref: string,
  given: {
    acting?: { person: string; from: string; to: string } | null | undefined;
    successor?: string | null | undefined;
    closed?: boolean | undefined;
  },
): Promise<DepartmentChange> {
  const { directory } = api.deps.archive;
  const { acting, successor, closed } = given;
  const before = await directory.getDepartment(ref);
  const follows =
    typeof successor === 'string' ? (await directory.ensureDepartment(successor, 'successor')).id : successor;
  if (follows && follows === before?.id) problem('BadInput', 'H5.successorSelf', 'successor');
  if (closed && !(follows ?? (follows === undefined ? before?.successor : undefined)))
    problem('BadInput', 'H5.successorNeeded', 'successor');
  const stands = acting && { ...acting, person: await api.known(acting.person, 'acting.person') };
  return {
    ...(acting === undefined ? {} : { acting: stands ? [stands] : [] }),
    ...(follows === undefined ? {} : { successor: follows as string }),
  };
}

/** H5: closed; what was open goes to the successor. */
export async function closeDepartment(
  api: Api,
  request: FastifyRequest,
  { id, successor }: DepartmentDetails,
  closed: boolean | undefined,
): Promise<HandedOver> {
  const { standing } = api.deps.archive;
  if (closed !== undefined) await standing.setClosed(id, closed);
  if (!closed || successor === undefined) return {};
  const meetings = await standing.meetingsWithWorkOf(id);
  return { handedOver: await fanOut(api, request, meetings, 'moveDepartment', { from: id, to: successor }) };
}

/** One meeting after the other, each in its own line. */
async function fanOut<N extends 'moveDepartment' | 'personLeft'>(
  api: Api,
  request: FastifyRequest,
  meetings: string[],
  name: N,
  input: CommandInput<N>,
): Promise<NonNullable<HandedOver['handedOver']>> {
  const { actor, id: principal } = request.principal;
  const told = { meetings: 0, moved: 0, failed: [] as string[] };
  for (const meetingId of meetings) {
    try {
      const { result } = await api.commands.run(name, { meetingId, actor, input, principal });
      const { moved } = result;
      told.moved += moved;
      if (moved > 0) told.meetings += 1;
    } catch (error) {
      if (!isOver(toProblem(error))) told.failed.push(meetingId);
    }
  }
  return told;
}

/** Ended by now, or with no workflow any more: nothing of it moves, and waiting for it would never end. */
function isOver({ kind, faults }: Problem): boolean {
  return kind === 'NotFound' || faults.some((f) => f.code === 'phase.ended' || f.code === 'phase.gone');
}

/** People (H4) and departments (H5). Anybody with a key reads; administrators and services change. */
import { z } from 'zod';
import type { DepartmentId } from '../../domain/meeting/state.js';
import { problem } from '../errors.js';
import type { Api } from '../context.js';
import type { Principal } from '../auth.js';
import { answers } from '../route.js';
import type { Routes } from '../route.js';
import { departmentBody, personBody } from '../schemas/directory.js';
import { textFault } from '../schemas/base.js';
import { shownName } from '../faults.js';
import { closeDepartment, isOwnLeave, putPersonStanding, refuseUnordered, succession } from '../reorganise.js';
import { departmentDetails, personDetails, resolved, tellDepartments, tellPeople } from './people.js';

const params = z.object({ ref: z.string().describe('Id; or e-mail of a person, name of a department.') });

/** A path's text that can be asked of the database. */
function refOf(ref: string, code: 'H4.unknown' | 'H5.unknown'): string {
  const text = ref.trim();
  if (text !== '' && text.length <= 254 && textFault(text) === undefined) return text;
  return problem('NotFound', code, 'ref', { [code === 'H4.unknown' ? 'person' : 'department']: shownName(text) });
}

/** Administrators and other systems keep the directory. */
export const keeper = ({ actor }: Principal): boolean =>
  actor.roles.includes('admin') || actor.roles.includes('service');

export function requireKeeper(principal: Principal): void {
  if (!keeper(principal)) problem('Forbidden', 'auth.adminOnly');
}

const tags = ['directory'];

const readPerson: Routes = (app, api) => {
  const { directory } = api.deps.archive;
  app.get(
    '/v1/people/:ref',
    { schema: { tags, summary: 'A person', params, response: answers({ 200: personDetails }, 404) } },
    async (request) => {
      const ref = refOf(request.params.ref, 'H4.unknown');
      const found = (await directory.getPerson(ref)) ?? problem('NotFound', 'H4.unknown', 'ref', { person: ref });
      return (await tellPeople(api, [found], request.principal, api.locale(request)))[0]!;
    },
  );
};

const putPerson: Routes = (app, api) => {
  const { directory } = api.deps.archive;
  app.put(
    '/v1/people/:ref',
    {
      schema: {
        tags,
        summary: 'Make (by e-mail) or change a person; what is not named stays',
        params,
        body: personBody,
        response: answers({ 200: personDetails }, 400, 403, 404, 409, 413, 422),
      },
    },
    async (request) => {
      const ref = refOf(request.params.ref, 'H4.unknown');
      if (!(await isOwnLeave(api, request, ref))) requireKeeper(request.principal);
      if (ref.includes('@') && !personBody.shape.email.safeParse(ref).success)
        problem('BadInput', 'input.email', 'ref');
      const known = await directory.getPerson(ref);
      if (known !== null && (await api.deps.archive.ownData.erasure(known.id)) !== null)
        problem('Conflict', 'H4.erased');
      const { leave, active, successor, ...change } = request.body;
      refuseUnordered(leave);
      const changed = await directory.putPerson(ref, await resolved(api, change));
      const handedOver = await putPersonStanding(api, request, changed.id, { leave, active, successor });
      const [told] = await tellPeople(api, [changed], request.principal, api.locale(request));
      return { ...told!, ...handedOver };
    },
  );
};

const readDepartment: Routes = (app, api) => {
  const { directory } = api.deps.archive;
  app.get(
    '/v1/departments/:ref',
    { schema: { tags, summary: 'A department', params, response: answers({ 200: departmentDetails }, 404) } },
    async (request) => {
      const ref = refOf(request.params.ref, 'H5.unknown');
      const found =
        (await directory.getDepartment(ref)) ?? problem('NotFound', 'H5.unknown', 'ref', { department: ref });
      return (await tellDepartments(api, [found], api.locale(request)))[0]!;
    },
  );
};

const putDepartment: Routes = (app, api) => {
  const { directory } = api.deps.archive;
  app.put(
    '/v1/departments/:ref',
    {
      schema: {
        tags,
        summary: 'Make (by name) or change a department: its names, head and parent',
        params,
        body: departmentBody,
        response: answers({ 200: departmentDetails }, 400, 403, 404, 409, 413, 422),
      },
    },
    async (request) => {
      requireKeeper(request.principal);
      const ref = refOf(request.params.ref, 'H5.unknown');
      if (ref.length > 120) problem('BadInput', 'input.tooLong', 'ref', { max: 120 });
      const { head, parent, name, names, acting, successor, closed } = request.body;
      if (acting && acting.to < acting.from) problem('BadInput', 'H5.actingOrder', 'acting', acting);
      const above = typeof parent === 'string' ? (await directory.ensureDepartment(parent, 'parent')).id : parent;
      const leads = typeof head === 'string' ? (await personByRef(api, head)).id : head;
      const changed = await directory.putDepartment(ref, {
        ...(name === undefined ? {} : { name }),
        ...(names === undefined ? {} : { names }),
        ...(leads === undefined ? {} : { head: leads as string }),
        ...(above === undefined ? {} : { parent: above as DepartmentId }),
        ...(await succession(api, ref, { acting, successor, closed })),
      });
      api.auth.forget();
      const handedOver = await closeDepartment(api, request, changed, closed);
      const [told] = await tellDepartments(api, [changed], api.locale(request));
      return { ...told!, ...handedOver };
    },
  );
};

export const directoryRoutes: Routes = (app, api) => {
  for (const add of [readPerson, putPerson, readDepartment, putDepartment]) add(app, api);
};

/** Made on first mention of an e-mail. */
function personByRef({ deps }: Api, ref: string) {
  const { directory } = deps.archive;
  return ref.includes('@') ? directory.ensurePerson({ email: ref, path: 'head' }) : directory.findPerson(ref, 'head');
}

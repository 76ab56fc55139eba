/**
 * Who is the PMO (standard.md, introduction): the person that the norm names, or whoever leads the department that it names, as
 * head or acting head (H5). One rule for all who ask; another system is not the PMO, whoever's name its key has.
 */
import type { Norms } from './norms.js';

/** Somebody with the departments that they lead today, as far as those matter. */
export interface MaybePmo {
  person?: string | undefined;
  roles?: readonly string[];
  leads?: readonly string[];
}

export function isPmo({ person, roles = [], leads = [] }: MaybePmo, pmo: Norms['pmo']): boolean {
  if (pmo === undefined || person === undefined || roles.includes('service')) return false;
  return pmo.person === person || (pmo.department !== undefined && leads.includes(pmo.department));
}

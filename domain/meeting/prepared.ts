/** P8: the materials of an agenda: which is missing, where one stands, whose they are. */
import type { Material, MeetingState, PersonId, Topic } from './state.js';

/** Nothing was handed in yet. */
export const isMissing = (m: Material): boolean => m.file === undefined && m.link === undefined;

/** Where a material stands; a topic is looked for by it where only the material is known. */
export function findMaterial(
  state: Pick<MeetingState, 'agenda'>,
  id: string,
): { topic: Topic; material: Material } | undefined {
  for (const topic of state.agenda) {
    const material = topic.materials.find((m) => m.id === id);
    if (material !== undefined) return { topic, material };
  }
  return undefined;
}

/** What somebody has to prepare, in the agenda's order. */
export function materialsOf(
  state: Pick<MeetingState, 'agenda'>,
  owner: PersonId,
): { topic: Topic; material: Material }[] {
  return state.agenda.flatMap((topic) =>
    topic.materials.filter((m) => m.owner === owner).map((material) => ({ topic, material })),
  );
}

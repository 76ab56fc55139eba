/** S1: a topic is in one place. What another meeting has on its agenda is not put on a second one by its id. */
import { fault } from '../domain/errors.js';
import type { ApiArchive } from './deps.js';
import { Problem } from './errors.js';

export async function freeTopics(
  { view }: Pick<ApiArchive, 'view'>,
  meetingId: string,
  agenda: { topicId?: string | undefined; title: string }[] = [],
): Promise<void> {
  const others = agenda.flatMap(({ topicId }) =>
    topicId === undefined || topicId.startsWith(meetingId) ? [] : topicId,
  );
  const taken = await view.onAgendas(others, meetingId);
  const faults = agenda.flatMap(({ topicId = '', title }, i) =>
    taken.includes(topicId) ? [fault('S1.taken', `agenda[${i}].topicId`, { title })] : [],
  );
  if (faults.length > 0) throw new Problem('BadInput', faults);
}

/** P9: a story goes on an agenda only once it is released; the meeting keeps its id and title. */
import type { ApiArchive } from './deps.js';
import { problem } from './errors.js';

export async function releasedStory(
  { stories }: Pick<ApiArchive, 'stories'>,
  id: string | null | undefined,
): Promise<{ id: string; title: string } | undefined> {
  if (id === undefined || id === null) return undefined;
  const story = await stories.find(id);
  // Whoever may not see a private story does not learn that there is one.
  if (story?.state !== 'released') problem('BadInput', 'P9.notReleased', 'successStory');
  return { id, title: story.title };
}

/** P9: the story of a meeting that is copied, unless it was taken back since. */
export async function stillReleased(
  { stories }: Pick<ApiArchive, 'stories'>,
  told: { id: string; title: string } | undefined,
): Promise<{ id: string; title: string } | undefined> {
  const story = told && (await stories.find(told.id));
  return story?.state === 'released' ? { id: story.id, title: story.title } : undefined;
}

import type { Driver } from './driver.js';
import { mintId } from './ids.js';
import { foundBy } from './knowledge-words.js';
import type { Stories, Story } from './stories.js';

const write = { name: 'write_knowledge', text: 'select record.write_knowledge($1::jsonb)' };
/** Of who tells it, as the directory knows them; else of the meeting. */
const language = {
  name: 'language_of_story',
  text: `select coalesce((select p.locale from record.people p where p.id = $1),
    (select m.state->>'locale' from view.meetings m where m.id = $2)) as locale`,
};

/** P9, R5: a story is known beyond its meeting from its release on. Releasing it again puts it in again. */
export function withKnowledgeOf(stories: Stories, driver: Driver): Stories {
  return {
    ...stories,
    async release(id, by) {
      const story = await stories.release(id, by);
      if (story === null) return story;
      const [row] = await driver.run(language, [story.author, story.meetingId]);
      await driver.run(write, [
        JSON.stringify(entryOf(story, (row?.['locale'] as string | null | undefined) ?? 'zh-TW')),
      ]);
      return story;
    },
  };
}

function entryOf({ id, meetingId, author, department, title, text, at }: Story, locale: string): object {
  return {
    ...{ id: mintId('n'), kind: 'story', source: `story ${id}`, meetingId, author, title, text, at },
    ...{ department, ownerPerson: author, ownerDepartment: department, locale },
    ...foundBy(title, text),
  };
}

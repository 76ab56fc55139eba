import type { Driver } from './driver.js';
import { mintId } from './ids.js';
import { foundBy } from './knowledge-words.js';
import type { Stories, Story } from './stories.js';

const write = { name: 'write_knowledge', text: 'select record.write_knowledge($1::jsonb)' };

/** P9, R5: a story is known beyond its meeting from its release on. Releasing it again puts it in again. */
export function withKnowledgeOf(stories: Stories, driver: Driver): Stories {
  return {
    ...stories,
    async release(id, by) {
      const story = await stories.release(id, by);
      if (story !== null) await driver.run(write, [JSON.stringify(entryOf(story))]);
      return story;
    },
  };
}

function entryOf({ id, meetingId, author, department, title, text, at }: Story): object {
  return {
    ...{ id: mintId('n'), kind: 'story', source: `story ${id}`, meetingId, author, title, text, at },
    ...{ department, ownerPerson: author, ownerDepartment: department, locale: 'zh-TW' },
    ...foundBy(title, text),
  };
}

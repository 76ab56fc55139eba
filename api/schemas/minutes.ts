/** The bodies and queries about the minutes (M1–M4). */
import { z } from 'zod';
import { bounds, instant, lines, locale, personRef, text } from './base.js';
import { topicId } from './meeting.js';

const texts = {
  summary: lines(bounds.longText).optional().meta({ description: 'Core conclusions in a paragraph (M2).' }),
  topics: z
    .array(z.strictObject({ topicId: topicId(), conclusion: lines(bounds.text).optional() }))
    .max(bounds.topics)
    .optional()
    .describe("Corrected conclusions; a topic left out keeps the record's."),
  nextMeetingAt: instant().optional().describe('Suggested next meeting (M2).'),
};

const why = () =>
  lines(bounds.sentence).meta({ description: 'Why; the people concerned read it.', examples: ['人數誤植'] });

export const minutesBody = z.strictObject({
  ...texts,
  reason: why().optional().describe('Needed once the minutes are confirmed (M3).'),
});

export const objectionBody = z.strictObject({
  text: lines(bounds.text).meta({ description: 'What is wrong (M3).', examples: ['第二點的期限應為三月六日'] }),
  topicId: topicId().optional(),
  person: personRef().optional().describe('For whom, by a key with scope act-as.'),
});

export const answerObjectionBody = z.strictObject({
  accepted: z.boolean().meta({ description: 'true corrects the minutes (M3).', examples: [true] }),
  reason: why().optional().describe('Needed to reject.'),
  correction: z.strictObject(texts).optional().describe('Needed to accept: the corrected text.'),
});

export const objectionParams = z.object({
  id: z.string().describe('Meeting id.'),
  objection: z.string().describe('Objection id.'),
});

export const reopenBody = z.strictObject({ reason: why() });

export const versionNumber = () => z.coerce.number().int().min(1).max(100_000);

/** Which minutes, for whom, in which language. */
export const readingQuery = z.strictObject({
  lang: locale().optional().describe('Default: Accept-Language, else the meeting’s language.'),
  version: versionNumber().optional().describe('An older version (M3).'),
  extract: text(254).optional().describe('H7: the extract of this external person: id, e-mail or name.'),
});

/** Parts of answers that all of them share. */
import { z } from 'zod';

export const iso = (description: string) =>
  z
    .string()
    .meta({ description: `${description} ISO 8601 with the zone's offset.`, examples: ['2026-12-07T09:30:00+08:00'] });
export const isoDate = (description: string) => z.string().meta({ description, examples: ['2026-12-18'] });
export const id = (description: string, example: string) => z.string().meta({ description, examples: [example] });

export const faultShape = z
  .object({
    code: z.string().meta({ description: "The rule's number and a word, or input.…", examples: ['P6.excess'] }),
    path: z
      .string()
      .meta({ description: 'Where in the request; empty for the whole.', examples: ['agenda[2].minutes'] }),
    params: z.record(z.string(), z.unknown()).meta({ examples: [{ excess: 15 }] }),
    message: z
      .string()
      .meta({ description: 'The sentence, by Accept-Language.', examples: ['The agenda is 15 minutes too long.'] }),
  })
  .meta({ id: 'Fault', description: 'One fault, or one hint.' });

export const problemShape = z
  .object({
    type: z.string().meta({ examples: ['urn:convoke:problem:bad-input'] }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(faultShape),
  })
  .meta({ id: 'Problem', description: 'RFC 9457: why not, with every fault at once.' });

export const personShape = z
  .object({
    id: id('Person id.', 'pq3mzk7c2x5w4ra6t'),
    name: z.string().meta({ examples: ['林美'] }),
    email: z
      .string()
      .optional()
      .meta({ examples: ['lin.mei@example.com'] }),
  })
  .meta({ id: 'PersonRef' });

export const departmentShape = z
  .object({ id: id('Department id.', 'dq3mzk7c2x5w4ra6t'), name: z.string().meta({ examples: ['研發部'] }) })
  .meta({ id: 'DepartmentRef' });

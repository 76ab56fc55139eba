import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseCalendarConfig } from '../../domain/calendar/index.js';
import { searchAttributes } from '../../workflows/contracts.js';
import { testTemporal } from '../support/temporal.js';
import type { TestTemporal } from '../support/temporal.js';
import { codes, read, tableWith } from './support.js';

const page = read('docs/operations.md');

describe('what operators copy from the page works', () => {
  let temporal: TestTemporal;
  beforeAll(async () => {
    temporal = await testTemporal(searchAttributes);
  });
  afterAll(() => temporal.close());

  const queries = tableWith(page, 'Query').map((row) => codes(row['Query'] ?? '')[0] ?? '');

  test.each(queries)('%s', async (query) => {
    expect((await temporal.client.workflow.count(query)).count).toBe(0);
  });

  test('a query that the server does not understand would be noticed', async () => {
    await expect(temporal.client.workflow.count('ConvokeNothing = 1')).rejects.toThrow();
  });

  test('every search attribute stands in a query', () => {
    const named = new Set(queries.flatMap((query) => query.match(/Convoke\w+/g) ?? []));
    expect([...named].sort()).toEqual(Object.keys(searchAttributes).sort());
  });

  test('the working calendar is one', () => {
    const example = /```json\n([^]*?)```/.exec(page)?.[1] ?? '';
    expect(parseCalendarConfig(JSON.parse(example))).toMatchObject({ faults: [], calendar: { id: 'acme-2027' } });
  });
});

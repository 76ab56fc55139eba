import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type Json, type TestApi } from './support.js';

let api: TestApi;
let document: Json;
beforeAll(async () => {
  api = await startApi();
  document = (await api.request('GET', '/openapi.json', undefined, { authorization: '' })).json;
});
afterAll(() => api?.close());

/** Routes of design §6 that belong to this rules. */
const wanted = `
POST /v1/meetings
GET /v1/meetings
GET /v1/meetings/{id}
GET /v1/lists/{file}
GET /v1/people/{ref}/calendar
POST /v1/people/{ref}/calendar
DELETE /v1/people/{ref}/calendar
GET /calendar/{file}
GET /v1/export
GET /v1/people/{ref}/export
POST /v1/people/{ref}/erase
GET /v1/people/{ref}/coordinating
GET /v1/people/{ref}/habits
GET /v1/coordinators/next
PATCH /v1/meetings/{id}
POST /v1/meetings/{id}/publish
POST /v1/meetings/{id}/reschedule
POST /v1/meetings/{id}/cancel
POST /v1/meetings/{id}/open
POST /v1/meetings/{id}/extend
POST /v1/meetings/{id}/close
PUT /v1/meetings/{id}/rsvps/{person}
PUT /v1/meetings/{id}/attendance/{person}
POST /v1/meetings/{id}/topics/{topicId}/start
POST /v1/meetings/{id}/topics/{topicId}/finish
POST /v1/meetings/{id}/key-points
PUT /v1/meetings/{id}/key-points/{keyPoint}
DELETE /v1/meetings/{id}/key-points/{keyPoint}
PUT /v1/actions/{id}
POST /v1/actions/{id}/withdraw
POST /v1/meetings/{id}/adjourn
POST /v1/meetings/{id}/speaking-turns
POST /v1/meetings/{id}/speaking-turns/{turnId}/start
POST /v1/meetings/{id}/speaking-turns/{turnId}/end
DELETE /v1/meetings/{id}/speaking-turns/{turnId}
POST /v1/meetings/{id}/parking-lot
DELETE /v1/meetings/{id}/parking-lot/{topicId}
POST /v1/meetings/{id}/breakouts
PUT /v1/meetings/{id}/breakouts/{breakoutId}/report
POST /v1/meetings/{id}/breakouts/{breakoutId}/end
GET /v1/meetings/{id}/sign-in
POST /v1/meetings/{id}/notes
PUT /v1/meetings/{id}/notes/{noteId}
DELETE /v1/meetings/{id}/notes/{noteId}
POST /v1/meetings/{id}/notes/{noteId}/become
POST /v1/meetings/{id}/analyses
PUT /v1/meetings/{id}/analyses/{topicId}
GET /v1/meetings/{id}/analyses/{topicId}
POST /v1/meetings/{id}/votes
PUT /v1/meetings/{id}/votes/{voteId}/ballots/{person}
POST /v1/meetings/{id}/votes/{voteId}/close
POST /v1/meetings/{id}/actions
GET /v1/meetings/{id}/minutes
GET /v1/meetings/{id}/minutes.html
GET /v1/meetings/{id}/minutes.pdf
GET /v1/meetings/{id}/minutes.docx
GET /v1/meetings/{id}/minutes.xlsx
GET /v1/meetings/{id}/minutes.md
PUT /v1/meetings/{id}/minutes
POST /v1/meetings/{id}/minutes/confirm
GET /v1/meetings/{id}/minutes/versions
GET /v1/meetings/{id}/minutes/diff
POST /v1/meetings/{id}/minutes/objections
POST /v1/meetings/{id}/minutes/objections/{objection}/answer
POST /v1/meetings/{id}/minutes/release-extract
POST /v1/meetings/{id}/reopen
GET /v1/meetings/{id}/invite.ics
GET /v1/meetings/{id}/timeline
GET /v1/meetings/{id}/deliveries
GET /v1/actions
POST /v1/actions/{id}/progress
POST /v1/actions/{id}/complete
POST /v1/actions/{id}/confirm
POST /v1/actions/{id}/extend
POST /v1/actions/{id}/decide
POST /v1/actions/{id}/blocked
POST /v1/actions/{id}/unblock
POST /v1/tasks/{id}/choose
GET /v1/meetings/{id}/survey
GET /v1/tasks
POST /v1/tasks/{id}/complete
POST /v1/feedback/{token}
GET /v1/knowledge
GET /v1/knowledge/{id}
POST /v1/knowledge
PATCH /v1/knowledge/{id}
GET /v1/knowledge/queue
POST /v1/knowledge/{id}/reviewed
POST /v1/knowledge/{id}/archive
POST /v1/knowledge/{id}/restore
GET /v1/knowledge/rules
PUT /v1/knowledge/rules/{kind}
GET /v1/topics/{id}/similar
GET /v1/repeats
POST /v1/repeats
DELETE /v1/repeats/{a}/{b}
GET /v1/backlog
POST /v1/meetings/{id}/agenda/take
GET /v1/topics/{id}
GET /v1/meetings/slots
GET /v1/meetings/{id}/slots
POST /v1/series
GET /v1/series
GET /v1/series/{id}
PATCH /v1/series/{id}
DELETE /v1/series/{id}
POST /v1/series/{id}/skip
POST /v1/series/{id}/move
POST /v1/series/{id}/restore
POST /v1/series/{id}/run
GET /v1/people/{ref}
PUT /v1/people/{ref}
GET /v1/departments/{ref}
PUT /v1/departments/{ref}
POST /v1/keys
GET /v1/keys
DELETE /v1/keys/{id}
DELETE /v1/people/{ref}/assistants/{assistant}
GET /v1/free
GET /v1/imports/template.csv
GET /v1/imports/template.xlsx
GET /v1/meetings/{id}/events
GET /v1/people/{ref}/assistants
POST /v1/imports
POST /v1/meetings/{id}/cancel/undo
POST /v1/meetings/{id}/copy
POST /v1/meetings/{id}/held-replies/{heldId}/settle
POST /v1/meetings/{id}/rsvps/{person}/undo
POST /v1/people
POST /v1/tasks/{id}/alternate
PUT /v1/meetings/{id}/proposals/{person}
PUT /v1/meetings/{id}/readings/{person}
PUT /v1/people/{ref}/assistants
GET /v1/departments
GET /v1/me
GET /v1/people
GET /v1/meetings/{id}/stories
GET /v1/meetings/{id}/topics/{topicId}/materials/{materialId}
GET /v1/meetings/{id}/topics/{topicId}/materials/{materialId}/file
GET /v1/stories
GET /v1/stories/{storyId}
GET /v1/templates/{file}
POST /v1/meetings/{id}/stories
POST /v1/meetings/{id}/topics/{topicId}/materials
POST /v1/stories/{storyId}/release
PUT /v1/meetings/{id}/topics/{topicId}/materials/{materialId}
GET /v1/norms
PUT /v1/norms
GET /v1/norms/history
GET /v1/norms/proposals
POST /v1/norms/proposals
POST /v1/norms/proposals/{id}/accept
POST /v1/norms/proposals/{id}/reject
DELETE /v1/norms/{version}
GET /v1/proposals
POST /v1/proposals/{id}/accept
POST /v1/proposals/{id}/reject
POST /v1/proposals/{id}/undo
GET /v1/chat-groups
POST /v1/meetings/{id}/impressions
POST /v1/reviews
GET /v1/reviews
GET /v1/reviews/{quarter}
GET /v1/reviews/{quarter}.html
GET /v1/reviews/{quarter}.pdf
GET /v1/reviews/{quarter}.csv
GET /v1/reviews/{quarter}/rows
GET /v1/reviews/{quarter}/rows.html
GET /v1/reviews/{quarter}/rows.csv
GET /v1/dashboard
GET /healthz
GET /readyz`
  .trim()
  .split('\n');

const operations = (): [name: string, operation: Json][] =>
  Object.entries(document.paths as Record<string, Record<string, Json>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Json] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );

describe('/openapi.json', () => {
  test('is OpenAPI 3.1 and has exactly the routes of this issue', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(
      operations()
        .map(([name]) => name)
        .sort(),
    ).toEqual([...wanted].sort());
  });

  test('every operation has a summary and a tag; every refusal is problem+json', () => {
    for (const [name, operation] of operations()) {
      expect([name, operation.summary?.length > 5, operation.tags?.length]).toEqual([name, true, 1]);
      const refusals = Object.entries(operation.responses).filter(([status]) => Number(status) >= 400);
      if (!name.includes('/v1/')) continue;
      expect([name, refusals.map(([status]) => status)]).toEqual([name, expect.arrayContaining(['401', '503'])]);
      for (const [, refusal] of refusals)
        expect(Object.keys((refusal as Json).content)).toEqual(['application/problem+json']);
    }
  });

  test('every reference leads somewhere', () => {
    const text = JSON.stringify(document);
    const refs = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map((m) => m[1]!);
    expect(refs.length).toBeGreaterThan(20);
    expect(refs.filter((name) => document.components.schemas[name] === undefined)).toEqual([]);
  });

  test('every field of a new meeting has its bounds, and a description or an example', () => {
    const schema = document.components.schemas.CreateMeetingInput ?? document.components.schemas.CreateMeeting;
    const bare = Object.entries(schema.properties as Record<string, Json>).filter(
      ([, p]) => p.description === undefined && p.examples === undefined && p.type !== 'array',
    );
    expect(bare.map(([name]) => name)).toEqual([]);
    expect(schema.properties.title).toMatchObject({ maxLength: 200, minLength: 1 });
    expect(schema.properties.participants.maxItems).toBe(100);
    expect(schema.properties.agenda.maxItems).toBe(50);
    expect(schema.additionalProperties).toBe(false);
  });

  test('/docs shows it', async () => {
    const { status, text } = await api.request('GET', '/docs/', undefined, { authorization: '' });
    expect(status).toBe(200);
    expect(text).toMatch(/swagger-ui/);
  });
});

/** R1: the rows that a figure of a kept review is the sum of, told by today's titles to whom they are for (H10). */
import type { Instant } from '../domain/calendar/index.js';
import type { DepartmentId, MeetingId, PersonId } from '../domain/meeting/state.js';
import type { ListName } from '../domain/review/figures.js';
import type { Quarter } from '../domain/review/report.js';
import { pageOf, readCursor, type Page } from './cursor.js';
import type { Driver, Row } from './driver.js';

export interface ReviewRow {
  kind: 'meeting' | 'action' | 'topic';
  id: string;
  title: string;
  meetingId: MeetingId;
  meetingTitle: string;
  /** The meeting's start, or the action's first due date. */
  at: Instant;
  department: DepartmentId;
  seriesId?: string;
  host: PersonId;
  part: number;
  whole: number;
}

export interface RowFilter {
  figure: ListName;
  scope: 'organisation' | 'department' | 'series' | 'host';
  /** Of department, series or host. */
  id?: string;
  /** Absent: all of them. Meetings of these departments, meetings that these people have a part in from inside. */
  visibleTo?: { departments: DepartmentId[]; people: PersonId[] };
  cursor?: string | undefined;
  limit: number;
}

const rows = {
  name: 'rows_of_review',
  text: `select r.kind, r.id, r.meeting_id, m.title as meeting_title, r.at, r.department, r.series_id, r.host, r.part,
      r.whole, case r.kind when 'meeting' then m.title when 'action' then a.data->>'task' else t.title end as title
    from record.review_rows r join view.meetings m on m.id = r.meeting_id
    left join view.actions a on r.kind = 'action' and a.id = r.id
    left join view.topics t on t.meeting_id = r.meeting_id
      and t.topic_id = case r.kind when 'topic' then r.id when 'action' then a.topic_id end
    where r.quarter = $1 and r.figure = $2
      and case $3 when 'department' then r.department = $4 when 'series' then r.series_id = $4
        when 'host' then r.host = $4 else true end
      -- made confidential since: told to nobody here
      and m.confidential_by is null and not coalesce((t.data->>'confidential')::boolean, false)
      and ($5::text[] is null or r.department = any ($5) or m.people && array(
        select unnest($6::text[]) except select unnest(m.outsiders)))
      and ($7::bigint is null or (r.at, r.id || '/' || r.meeting_id) > ($7, $8))
    order by r.at, r.id || '/' || r.meeting_id limit $9`,
};

export async function reviewRows(driver: Driver, quarter: Quarter, filter: RowFilter): Promise<Page<ReviewRow>> {
  const { figure, scope, id = '', visibleTo, limit } = filter;
  const after = readCursor(filter.cursor);
  const who = visibleTo === undefined ? [null, null] : [visibleTo.departments, visibleTo.people];
  const found = await driver.run(rows, [
    quarter,
    figure,
    scope,
    id,
    ...who,
    after?.at ?? null,
    after?.id ?? '',
    limit + 1,
  ]);
  const position = (row: ReviewRow) => ({ at: row.at, id: `${row.id}/${row.meetingId}` });
  return pageOf(found.map(rowOf), limit, (row) => row, position);
}

function rowOf(row: Row): ReviewRow {
  const { series_id: seriesId } = row;
  return {
    kind: row['kind'] as ReviewRow['kind'],
    id: String(row['id']),
    title: (row['title'] as string | null) ?? '',
    meetingId: String(row['meeting_id']),
    meetingTitle: String(row['meeting_title']),
    at: Number(row['at']),
    department: String(row['department']),
    ...(typeof seriesId === 'string' ? { seriesId } : {}),
    host: String(row['host']),
    part: Number(row['part']),
    whole: Number(row['whole']),
  };
}

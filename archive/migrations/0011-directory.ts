/**
 * H6: who acts for whom. H7, H10: what a list needs to know to show nobody what is not theirs; readers of an action or task
 * stand in its `data`, where they are not everybody who sees the meeting.
 */
export const directory = `
create table record.assistants (
  person text not null,
  assistant text not null,
  scopes text[] not null,
  -- local dates, both included; the zone is the principal's
  from_date date not null,
  to_date date not null,
  recorded_at timestamptz not null default now(),
  primary key (person, assistant)
);
create index assistants_by_assistant on record.assistants (assistant);

create index people_by_name on record.people (name, id);
create index memberships_by_department on record.memberships (department);

alter table view.meetings add column confidential_by text;
-- H7: of the people, those from outside; null until the row is written anew
alter table view.meetings add column outsiders text[];

create or replace function view.write_columns(p jsonb) returns void language sql as $$
  update view.meetings m set phase = r.phase, kind = r.kind, title = r.title, departments = r.departments,
      people = r.people, series_id = r."seriesId", starts_at = r."startsAt", planned_end_at = r."plannedEndAt",
      time_zone = r."timeZone", locale = r.locale, host = r.host, confidential_by = r."confidentialBy",
      outsiders = r.outsiders
    from jsonb_to_record(p) as r(id text, phase text, kind text, title text, departments text[], people text[],
      "seriesId" text, "startsAt" bigint, "plannedEndAt" bigint, "timeZone" text, locale text, host text,
      "confidentialBy" text, outsiders text[])
    where m.id = r.id;
$$;
`;

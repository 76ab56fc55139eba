/**
 * Who can be asked, and when (F2, F3, H4, H5): leave, people who left with who follows them, departments that are closed.
 * Dates are local, both ends included.
 */
export const standing = `
alter table record.people add column active boolean not null default true;
alter table record.people add column successor text;
alter table record.departments add column closed boolean not null default false;

create table record.leave (
  person text not null references record.people on delete cascade,
  from_date text not null,
  to_date text not null check (to_date >= from_date),
  recorded_at timestamptz not null default now(),
  primary key (person, from_date)
);

create index actions_open_by_department on view.actions (department) where status not in ('done', 'cancelled');
create index actions_by_topic on view.actions (topic_id) where topic_id is not null;
`;

/** P8: versions of materials. P9: success stories, private until the owning head releases them. */
export const files = `
create table record.files (
  meeting_id text not null,
  topic_id text not null,
  material_id text not null,
  version integer not null,
  title text not null,
  owner text not null,
  hash text not null,
  size bigint not null,
  type text not null,
  name text not null,
  by_person text,
  at bigint not null,
  frozen_at bigint,
  recorded_at timestamptz not null default now(),
  primary key (meeting_id, material_id, version)
);

create table record.stories (
  id text primary key,
  meeting_id text not null,
  author text not null,
  department text,
  title text not null,
  text text not null,
  state text not null default 'private' check (state in ('private', 'released')),
  released_by text,
  at bigint not null,
  recorded_at timestamptz not null default now()
);
create index stories_of_meeting on record.stories (meeting_id);
`;

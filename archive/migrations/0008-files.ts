/** P8: versions of materials, each a file or a link. P9: success stories, private until the owning head releases them. */
export const files = `
create table record.files (
  meeting_id text not null,
  topic_id text not null,
  material_id text not null,
  version integer not null,
  title text not null,
  owner text not null,
  link text,
  hash text,
  size bigint,
  type text,
  name text,
  by_person text,
  at bigint not null,
  frozen_at bigint,
  recorded_at timestamptz not null default now(),
  primary key (meeting_id, material_id, version),
  check ((link is null) = (hash is not null))
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
  -- whose key, and of which request
  request_key text unique,
  request_hash text,
  at bigint not null,
  recorded_at timestamptz not null default now()
);
create index stories_of_meeting on record.stories (meeting_id);
`;

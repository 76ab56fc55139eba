/** Schema `record`: the truth. `at` is workflow time (epoch milliseconds), `recorded_at` the wall clock (design §3). */
export const record = `
create table record.people (
  id text primary key,
  name text not null default '',
  email text unique check (email = lower(email)),
  names jsonb not null default '{}',
  -- name and names, folded: what a lookup by name compares
  name_keys text[] not null default '{}',
  locale text,
  time_zone text,
  channels jsonb not null default '{}',
  recorded_at timestamptz not null default now()
);
create index people_names on record.people using gin (name_keys);
-- two processes that first hear of a person by name alone make one row
create unique index people_by_name_only on record.people ((name_keys[1])) where email is null and name <> '';

create table record.departments (
  id text primary key,
  name text not null,
  name_key text not null unique,
  head text,
  parent text,
  acting jsonb not null default '[]',
  successor text,
  recorded_at timestamptz not null default now()
);

create table record.memberships (
  person text not null references record.people on delete cascade,
  department text not null references record.departments on delete cascade,
  recorded_at timestamptz not null default now(),
  primary key (person, department)
);

create table record.keys (
  id text primary key,
  hash text not null unique,
  role text not null check (role in ('admin', 'service', 'member')),
  person text,
  scopes text[] not null default '{}',
  label text not null default '',
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);

create table record.mail (
  meeting_id text not null,
  kind text not null,
  person text not null,
  occasion text not null,
  message_id text,
  status text not null check (status in ('claimed', 'sent', 'failed')),
  -- how often it was claimed: more than once after a kill
  claims integer not null default 1,
  at bigint not null,
  sent_at bigint,
  reason text,
  recorded_at timestamptz not null default now(),
  primary key (meeting_id, kind, person, occasion)
);

create table record.invitations (
  meeting_id text not null,
  person text not null,
  sequence integer not null,
  hash text not null,
  method text not null check (method in ('REQUEST', 'CANCEL')),
  -- how often this content was asked for again; 0 = it is new
  repeats integer not null default 0,
  recorded_at timestamptz not null default now(),
  primary key (meeting_id, person)
);

create table record.minutes (
  meeting_id text not null,
  hash text not null,
  content jsonb not null,
  recorded_at timestamptz not null default now(),
  primary key (meeting_id, hash)
);

create table record.backlog (
  topic_id text primary key,
  title text not null,
  reason text not null,
  department text not null,
  series_id text,
  fact_question text,
  brings_department text,
  brings_material text,
  date text,
  meeting_id text not null,
  at bigint not null,
  recorded_at timestamptz not null default now()
);
create index backlog_by_department on record.backlog (department);
create index backlog_by_series on record.backlog (series_id);

create table record.audit (
  meeting_id text not null,
  revision integer not null,
  event text not null,
  at bigint not null,
  person text,
  key text,
  via text not null,
  on_behalf_of text,
  ref text,
  recorded_at timestamptz not null default now(),
  primary key (meeting_id, revision, event, at)
);
`;

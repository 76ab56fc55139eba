/** Data out: a person's calendar address, and who was erased, by whom and why. */
export const ownData = `
create table record.calendar_feeds (
  person text primary key,
  -- part of the address; another one ends it
  nonce text not null,
  made_at bigint not null,
  recorded_at timestamptz not null default now()
);

create table record.erasures (
  person text primary key,
  at bigint not null,
  by_person text,
  by_key text,
  reason text not null,
  successor text,
  recorded_at timestamptz not null default now()
);
`;

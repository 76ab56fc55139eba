/** N2: the newest answer that came from each person's calendar program, and answers whose sender is on no list. */
export const calendarReplies = `
create table record.calendar_replies (
  meeting_id text not null,
  person text not null,
  sequence integer not null,
  -- when the program wrote it, epoch milliseconds
  stamped_at bigint not null,
  recorded_at timestamptz not null default now(),
  primary key (meeting_id, person)
);

create table record.held_letters (
  letter text primary key,
  meeting_id text not null,
  -- who wrote, and whose answer the calendar object says it is
  address text not null,
  attendee text not null,
  name text not null default '',
  comment text not null default '',
  recorded_at timestamptz not null default now()
);
create index held_letters_by_meeting on record.held_letters (meeting_id);
`;

/** N3: what key people who cannot come have to say; the meeting's state holds the hash. */
export const writtenInputs = `
create table record.written_inputs (
  meeting_id text not null,
  hash text not null,
  content text not null,
  recorded_at timestamptz not null default now(),
  primary key (meeting_id, hash)
);
`;

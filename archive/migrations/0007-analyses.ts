/** E12: the text of an analysis, kept under its hash; which one counts stands in the meeting's state. */
export const analyses = `
create table record.analyses (
  meeting_id text not null,
  hash text not null,
  content jsonb not null,
  recorded_at timestamptz not null default now(),
  primary key (meeting_id, hash)
);
`;

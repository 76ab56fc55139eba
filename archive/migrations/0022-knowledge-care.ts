/** R5: what an owner says when handing an entry to the archivist; stories in the language that they were told in. */
export const knowledgeCare = `
alter table record.knowledge add column note text;

update record.knowledge k set locale = coalesce((select p.locale from record.people p where p.id = k.author),
    (select m.state->>'locale' from view.meetings m where m.id = k.meeting_id), k.locale)
  where k.kind = 'story';
`;

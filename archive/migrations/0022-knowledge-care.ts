/** R5: what an owner says when handing an entry to the archivist. */
export const knowledgeCare = `
alter table record.knowledge add column note text;
`;

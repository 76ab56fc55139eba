/** R5: a question with a filter by department or series reads the rows of that place, not all that the words fit. */
export const knowledgeByPlace = `
create index knowledge_by_department on record.knowledge (department, at desc, id desc) where state = 'open' and not withdrawn;
create index knowledge_by_series on record.knowledge (series_id, at desc, id desc)
  where state = 'open' and not withdrawn and series_id is not null;
`;

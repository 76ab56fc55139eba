/** H5: a department's name in each language; it is found by any of them. N2: whom an answer that waits for the host delegates to. */
export const namesAndDelegates = `
alter table record.departments add column names jsonb not null default '{}';
-- the names folded, without name_key: that one stays unique, these may not be
alter table record.departments add column other_keys text[] not null default '{}';
create index departments_other_keys on record.departments using gin (other_keys);

alter table record.held_letters add column delegate text not null default '';
`;

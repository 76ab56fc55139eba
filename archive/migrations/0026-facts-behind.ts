import { burstsWith } from './0015-facts.js';

/**
 * R1: which meetings' facts are older than their state, so that whoever counts need not compare two whole tables first. Only a
 * program of before 0015 leaves any: it sends four parts.
 */
const table = `
create table view.facts_behind (meeting_id text primary key);
insert into view.facts_behind select m.id from view.meetings m where m.parts[5] is null;
`;

const fifth = `
  if p_parts[5] is null then
    insert into view.facts_behind values (p_id) on conflict do nothing;
  elsif v_parts[5] is distinct from p_parts[5] then
    perform view.write_facts(p_rows[5]::jsonb);
  end if;`;

/** The state is locked, so that a burst that comes in between is not overwritten: its meeting stays in the list. */
const fill = `
create function view.fill_facts(p_meeting text, p_revision integer, p_facts jsonb) returns void language plpgsql as $$
begin
  perform 1 from view.meetings m where m.id = p_meeting and m.revision = p_revision for update;
  if found then
    perform view.write_facts(p_facts);
    delete from view.facts_behind b where b.meeting_id = p_meeting;
  end if;
end $$;
`;

export const factsBehind = table + burstsWith(fifth) + fill;

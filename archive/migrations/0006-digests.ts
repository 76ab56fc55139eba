/**
 * H2: what waits for somebody's digest, and the digests that took it. An entry has the key of a mail claim and stays when it
 * was sent, so that a workflow that is reset puts nothing in twice. Ids, codes and parameters only.
 */
const tables = `
alter table record.people add column digest_only boolean not null default false;

create table record.digests (
  id text primary key,
  person text not null,
  -- 08:40 of its day on the person's clock
  slot bigint not null,
  -- more than one of a day only when something was found after the first had left
  number integer not null,
  -- whose workflow sends it
  meeting_id text not null,
  status text not null check (status in ('claimed', 'sent', 'failed')),
  at bigint not null,
  message_id text,
  sent_at bigint,
  reason text,
  recorded_at timestamptz not null default now(),
  unique (person, slot, number)
);
create index digests_claimed on record.digests (person) where status = 'claimed';

create table record.digest_items (
  meeting_id text not null,
  kind text not null,
  person text not null,
  occasion text not null,
  ref text,
  params jsonb not null,
  slot bigint not null,
  at bigint not null,
  digest text references record.digests,
  recorded_at timestamptz not null default now(),
  primary key (meeting_id, kind, person, occasion)
);
create index digest_items_waiting on record.digest_items (person, slot) where digest is null;
create index digest_items_of_meeting on record.digest_items (meeting_id, slot);
create index digest_items_of_digest on record.digest_items (digest);
`;

/**
 * One claim of all that waits for a person: the digest that this meeting claimed before and did not send; else everything of
 * that day, whichever meeting it came from, with what this meeting has left over from days before; else, when another
 * meeting's claim holds something of ours and is not sent yet, '{"elsewhere": true}', or, taken over, that digest.
 */
const claim = `
create function record.claim_digest(
  p_person text, p_slot bigint, p_meeting text, p_at bigint, p_take_over boolean
) returns jsonb language plpgsql as $$
declare
  v_id text;
  v_number integer;
  v_slot bigint := p_slot;
begin
  perform pg_advisory_xact_lock(hashtextextended('digest of ' || p_person, 0));
  select d.id into v_id from record.digests d
    where d.person = p_person and d.meeting_id = p_meeting and d.status = 'claimed' and d.slot <= p_slot
    order by d.slot, d.number limit 1;
  if v_id is null and exists (
    select 1 from record.digest_items i where i.person = p_person and i.digest is null
      and (i.slot = p_slot or (i.meeting_id = p_meeting and i.slot < p_slot))
  ) then
    select count(*) + 1 into v_number from record.digests d where d.person = p_person and d.slot = p_slot;
    v_id := p_person || ':' || p_slot || ':' || v_number;
    insert into record.digests (id, person, slot, number, meeting_id, status, at)
      values (v_id, p_person, p_slot, v_number, p_meeting, 'claimed', p_at);
    update record.digest_items i set digest = v_id where i.person = p_person and i.digest is null
      and (i.slot = p_slot or (i.meeting_id = p_meeting and i.slot < p_slot));
  end if;
  if v_id is null then
    select d.id into v_id from record.digests d join record.digest_items i on i.digest = d.id
      where d.person = p_person and d.status = 'claimed' and i.meeting_id = p_meeting and i.slot <= p_slot limit 1;
    if v_id is null then return null; end if;
    if not p_take_over then return '{"elsewhere": true}'; end if;
    update record.digests d set meeting_id = p_meeting where d.id = v_id;
  end if;
  select d.slot, d.number into v_slot, v_number from record.digests d where d.id = v_id;
  return jsonb_build_object('id', v_id, 'slot', v_slot, 'number', v_number, 'items', (
    select jsonb_agg(jsonb_build_object('meetingId', i.meeting_id, 'mail', i.kind, 'occasion', i.occasion, 'ref', i.ref,
      'params', i.params) order by i.at, i.meeting_id, i.kind, i.occasion)
    from record.digest_items i where i.digest = v_id));
end $$;
`;

export const digests = tables + claim;

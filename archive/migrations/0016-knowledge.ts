/**
 * R5: what is known: conclusions, analyses, minutes, materials, stories, templates, articles. Entries that come from a meeting
 * are made anew from it (`source`); owner, review and state are the entry's own. `words` and `title_words` are made by
 * domain/knowledge/words.ts, `grams` by similar.ts: neither depends on the database's language, and no extension is needed.
 */
export const knowledge = `
create table record.knowledge (
  id text primary key,
  kind text not null,
  source text unique,
  meeting_id text,
  topic_id text,
  series_id text,
  department text,
  title text not null,
  text text not null,
  link text,
  locale text not null,
  at bigint not null,
  author text,
  owner_person text,
  owner_department text,
  -- local dates of the organisation
  review_on text,
  reviewed_at bigint,
  reviewed_by text,
  state text not null default 'open' check (state in ('open', 'archived', 'deleted')),
  state_at bigint,
  -- its meeting has taken it back
  withdrawn boolean not null default false,
  -- H7, H10: null: the whole house; secret: not for other systems and the PMO either, but for the key that made it
  readers text[],
  secret boolean not null default false,
  made_by_key text,
  words tsvector not null,
  title_words tsvector not null,
  grams tsvector not null,
  request_key text unique,
  request_hash text,
  revision integer not null default 1,
  recorded_at timestamptz not null default now()
);
create index knowledge_by_words on record.knowledge using gin (words) with (fastupdate = off)
  where state = 'open' and not withdrawn;
create index knowledge_by_title on record.knowledge using gin (title_words) with (fastupdate = off)
  where state = 'open' and not withdrawn;
create index knowledge_by_grams on record.knowledge using gin (grams) with (fastupdate = off)
  where state = 'open' and not withdrawn;
create index knowledge_by_time on record.knowledge (at desc, id desc) where state = 'open' and not withdrawn;
create index knowledge_of_meeting on record.knowledge (meeting_id) where meeting_id is not null;
create index knowledge_to_review on record.knowledge (review_on) where state = 'open' and review_on is not null;

-- what of a meeting has been put in
create table record.knowledge_meetings (
  meeting_id text primary key,
  revision integer not null,
  hash text not null
);

create table record.knowledge_rules (
  kind text primary key,
  rule jsonb not null,
  recorded_at timestamptz not null default now()
);

-- whether two topics are one, as somebody said
create table record.topic_links (
  a text not null,
  b text not null check (b > a),
  same boolean not null,
  by_person text,
  by_key text,
  at bigint not null,
  recorded_at timestamptz not null default now(),
  primary key (a, b)
);
create index topic_links_back on record.topic_links (b);

create function record.write_knowledge(p_entry jsonb) returns void language sql as $$
  insert into record.knowledge as k (id, kind, source, meeting_id, topic_id, series_id, department, title, text, link, locale,
      at, author, owner_person, owner_department, review_on, readers, secret, made_by_key, words, title_words, grams)
    select e.id, e.kind, e.source, e."meetingId", e."topicId", e."seriesId", e.department, e.title, e.text, e.link, e.locale,
      e.at, e.author, e."ownerPerson", e."ownerDepartment", e."reviewOn", e.readers, coalesce(e.secret, false), e."madeByKey",
      e.words::tsvector, e."titleWords"::tsvector, e.grams::tsvector
    from jsonb_to_record(p_entry) as e(id text, kind text, source text, "meetingId" text, "topicId" text, "seriesId" text,
      department text, title text, text text, link text, locale text, at bigint, author text, "ownerPerson" text,
      "ownerDepartment" text, "reviewOn" text, readers text[], secret boolean, "madeByKey" text, words text,
      "titleWords" text, grams text)
    on conflict (source) do update set series_id = excluded.series_id, department = excluded.department,
      title = excluded.title, text = excluded.text, link = excluded.link, locale = excluded.locale, at = excluded.at,
      author = excluded.author, readers = excluded.readers, secret = excluded.secret, made_by_key = excluded.made_by_key,
      words = excluded.words, title_words = excluded.title_words, grams = excluded.grams, withdrawn = false,
      revision = k.revision + 1
    where k.state <> 'deleted';
$$;

-- A request's key makes one entry, whoever comes twice.
create function record.add_knowledge(p_entry jsonb, p_key text, p_hash text, out id text, out request_hash text)
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('knowledge ' || coalesce(p_key, p_entry->>'id'), 0));
  select k.id, k.request_hash into id, request_hash from record.knowledge k where k.request_key = p_key;
  if found then
    return;
  end if;
  perform record.write_knowledge(p_entry);
  update record.knowledge k set request_key = p_key, request_hash = p_hash where k.id = p_entry->>'id'
    returning k.id, k.request_hash into id, request_hash;
end $$;

-- All that a meeting gives, as of a revision that is still its newest. False: a newer one is there, and comes by itself.
create function record.index_meeting(p_meeting text, p_revision integer, p_hash text, p_entries jsonb)
returns boolean language plpgsql as $$
declare
  v_hash text;
begin
  perform 1 from view.meetings m where m.id = p_meeting and m.revision = p_revision for share;
  if not found then
    return false;
  end if;
  insert into record.knowledge_meetings values (p_meeting, p_revision, '') on conflict do nothing;
  select m.hash into v_hash from record.knowledge_meetings m where m.meeting_id = p_meeting for update;
  update record.knowledge_meetings set revision = p_revision, hash = p_hash where meeting_id = p_meeting;
  if v_hash = p_hash then
    return true;
  end if;
  update record.knowledge k set withdrawn = true
    where k.meeting_id = p_meeting and k.source is not null and k.kind <> 'story'
    and k.source not in (select e->>'source' from jsonb_array_elements(p_entries) e);
  perform record.write_knowledge(e) from jsonb_array_elements(p_entries) e;
  return true;
end $$;
`;

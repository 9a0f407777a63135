-- Misspelt words, and words that a reader got wrong, are told by the three-letter pieces that they share.
create extension if not exists pg_trgm;

-- The same letters whatever their case, accents and ligatures: "Größe", "GRÖSSE" and "grosse" are one word.
create function folded_text(text) returns text
language sql
immutable strict parallel safe
begin atomic
  select translate(
    replace(replace(replace(
      lower(regexp_replace(normalize($1, nfkd), '[\u0300-\u036f]', '', 'g')),
      'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
    'øłđðı', 'olddi'
  );
end;

-- Lines of words, as in src/documents/page.ts, as text: one line a row.
create function page_text(lines jsonb) returns text
language sql
immutable strict parallel safe
begin atomic
  select coalesce(string_agg(line_text, E'\n' order by line_no), '')
  from jsonb_array_elements(lines) with ordinality as line (content, line_no)
  cross join lateral (
    select string_agg(word ->> 'text', ' ' order by word_no) as line_text
    from jsonb_array_elements(content -> 'words') with ordinality as words (word, word_no)
  ) as joined;
end;

-- No stemming: one document mixes languages, and what is searched for are names of tests, drugs and diagnoses. Of a page
-- only the first 200,000 letters are searched, because a tsvector holds one megabyte.
alter table document_page
  add column text text not null generated always as (page_text(lines)) stored,
  add column search tsvector not null
    generated always as (to_tsvector('simple', left(folded_text(page_text(lines)), 200000))) stored;

create index document_page_search_idx on document_page using gin (search);

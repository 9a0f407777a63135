alter table lab_result
  -- As printed, and in one vocabulary: H L HH LL N A CRIT R S I.
  add column flag_printed varchar(100),
  add column flag text,
  -- What a result in words says, where it is one of the usual words; value_text has them as printed.
  add column qualitative text,
  -- 80 for "1:80".
  add column titre integer check (titre > 0),
  -- Whether the limit itself still lies in the range; null where there is no such limit.
  add column reference_min_inclusive boolean,
  add column reference_max_inclusive boolean,
  add column specimen varchar(50),
  add column section varchar(255),
  add column laboratory varchar(255),
  -- 0 to 1, how sure the reader is; null for what a person entered.
  add column confidence real check (confidence between 0 and 1),
  add column review_reasons text[] not null default '{}',
  add column needs_review boolean not null generated always as (cardinality(review_reasons) > 0) stored,
  -- Id in the catalogue of tests.
  add column analyte text,
  add column loinc_status text check (loinc_status in ('auto_match', 'needs_review', 'no_match')),
  -- What else the test could be, best first, at most five.
  add column candidates jsonb not null default '[]',
  add column review_status text not null default 'unreviewed'
    check (review_status in ('unreviewed', 'confirmed', 'corrected')),
  add column reviewed_at timestamptz(3),
  -- What the reader had before a person corrected it; null for everything else.
  add column printed jsonb;

-- Until now a person's results were those entered by hand, and those of a document that were corrected.
update lab_result
set
  review_status = case when document_id is null and page is null then 'confirmed' else 'corrected' end,
  reviewed_at = updated_at
where found_by = 'person';

create index lab_result_user_analyte_idx on lab_result (user_id, analyte, recorded_at) where analyte is not null;

-- How many values, units and ranges were not stored because they do not stand in the document's text.
alter table medical_document add column results_refused integer not null default 0;

-- How the picture was turned and straightened before it was read; boxes lie in what came out. Null: as it is.
alter table document_page add column view jsonb;

-- What a person does not want to see again when the document is read again.
create table lab_rejection (
  -- The id that the result had, so that rejecting it twice is one rejection.
  id uuid primary key,
  user_id uuid not null references "user" on delete cascade,
  document_id uuid not null references medical_document on delete cascade,
  page integer,
  box jsonb,
  test_name varchar(255) not null,
  value_text varchar(255) not null,
  unit varchar(50) not null,
  created_at timestamptz not null default now()
);

create index lab_rejection_document_idx on lab_rejection (document_id);
create index lab_rejection_user_idx on lab_rejection (user_id);

-- What a person said that a laboratory's name for a test means.
create table lab_synonym (
  user_id uuid not null references "user" on delete cascade,
  -- Empty where the document named no laboratory: holds for any.
  laboratory varchar(255) not null,
  -- Folded, so that spellings of one name are one.
  printed_name varchar(255) not null,
  analyte text not null,
  updated_at timestamptz not null default now(),
  primary key (user_id, laboratory, printed_name)
);

-- A cache: swept after a day and bounded in size. A crash may empty it.
create unlogged table page_image (
  document_id uuid not null,
  page integer not null,
  width integer not null,
  png bytea,
  -- Why it cannot be drawn, as a code of src/documents/unreadable.ts.
  problem text,
  created_at timestamptz not null default now(),
  primary key (document_id, page, width),
  -- A page that is read again may be turned another way.
  foreign key (document_id, page) references document_page on delete cascade,
  check ((png is null) <> (problem is null))
);

create index page_image_created_idx on page_image (created_at);

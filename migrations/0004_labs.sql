create table lab_result (
  id uuid primary key,
  user_id uuid not null references "user" on delete cascade,
  document_id uuid references medical_document on delete set null,
  -- Position within the document: an extraction that runs twice cannot store a result twice.
  document_position integer,
  test_name varchar(255) not null,
  test_code varchar(50),
  -- Null for what is not a plain number; value_text then says it, with comparator where one is printed.
  value numeric,
  value_text varchar(255) not null,
  comparator text check (comparator in ('<', '<=', '>', '>=', '~')),
  unit varchar(50) not null default '',
  reference_min numeric,
  reference_max numeric,
  reference_text text,
  status varchar(50),
  -- Null when neither the report nor the upload named a date.
  recorded_at date,
  -- Where it stands: 1-based page, and left, top, right, bottom in the page's units.
  page integer,
  box jsonb,
  found_by text not null check (found_by in ('rules', 'model', 'rules+model', 'person')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (document_id, document_position)
);

create index lab_result_user_date_idx on lab_result (user_id, recorded_at desc, test_name);
create index lab_result_user_name_idx on lab_result (user_id, lower(test_name), recorded_at);

create table medical_document (
  id uuid primary key,
  user_id uuid not null references "user" on delete cascade,
  title varchar(255) not null,
  document_type varchar(50) not null,
  file_id uuid not null unique references stored_file,
  file_name varchar(255),
  file_type varchar(100) not null,
  file_size bigint not null,
  content_hash text not null,
  document_date date,
  status text not null check (status in ('pending', 'parsing', 'parsed', 'extracting', 'completed', 'failed')),
  -- Why it failed, in words for the person who uploaded it.
  status_reason text,
  page_count integer,
  raw_text text,
  parsed_data jsonb,
  -- Milliseconds, so that a page's cursor is as precise as the rows it stands between.
  created_at timestamptz(3) not null default now(),
  -- The same file twice is one document.
  unique (user_id, content_hash)
);

create index medical_document_user_created_idx on medical_document (user_id, created_at desc, id desc);
create index medical_document_user_date_idx on medical_document (user_id, document_date);

create table document_page (
  document_id uuid not null references medical_document on delete cascade,
  number integer not null,
  width real not null,
  height real not null,
  source text not null check (source in ('text_layer', 'ocr', 'docling')),
  -- Lines of words with boxes, as in src/documents/page.ts.
  lines jsonb not null,
  primary key (document_id, number)
);

-- Deleting a document, also by deleting its person, deletes the file's bytes.
create function delete_stored_file() returns trigger
language plpgsql
as $$
begin
  delete from stored_file where id = old.file_id;
  return null;
end
$$;

create trigger medical_document_delete_file
after delete on medical_document
for each row execute function delete_stored_file();

-- What happens while data comes in, one row a step, kept for a day. `no` gives the order in which they were told.
create table sync_event (
  event_id uuid primary key,
  no bigint generated always as identity unique,
  run_id text not null,
  user_id uuid not null references "user" on delete cascade,
  provider text not null,
  source text not null check (source in ('pull', 'webhook', 'sdk', 'backfill', 'xml_import', 'linked_account', 'file')),
  stage text not null check (stage in (
    'queued', 'started', 'fetching', 'processing', 'saving', 'completed', 'failed', 'cancelled'
  )),
  status text not null check (status in ('in_progress', 'success', 'partial', 'failed', 'cancelled', 'skipped')),
  message text,
  progress double precision check (progress between 0 and 1),
  items_processed bigint,
  items_total bigint,
  error text,
  primary_user_id uuid,
  metadata jsonb not null default '{}',
  started_at timestamptz,
  ended_at timestamptz,
  timestamp timestamptz not null
);

create index sync_event_user_idx on sync_event (user_id, no desc);
create index sync_event_run_idx on sync_event (run_id, no desc);
create index sync_event_timestamp_idx on sync_event (timestamp);

-- Wakes the streams of that person; they read the rows themselves, because a notification holds little.
create function sync_event_told() returns trigger language plpgsql as $$
begin
  perform pg_notify('sync_event', new.user_id::text);
  return null;
end $$;

create trigger sync_event_told after insert on sync_event
  for each row execute function sync_event_told();

-- A file or a batch that is being imported, and how far it came. The file goes when the import has ended.
create table import_run (
  id uuid primary key,
  run_id text not null unique,
  user_id uuid not null references "user" on delete cascade,
  kind text not null check (kind in ('apple_health', 'auto_export', 'mobile_sdk', 'fit', 'tcx', 'gpx')),
  provider text not null,
  file_id uuid references stored_file,
  file_name text,
  file_size bigint,
  status text not null check (status in ('queued', 'running', 'completed', 'failed', 'cancelled')),
  -- Where to go on after a crash; what it holds is the importer's own affair.
  checkpoint jsonb,
  -- What was read, stored and left out so far.
  counts jsonb not null default '{}',
  progress double precision not null default 0,
  cancel_requested_at timestamptz,
  error text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz
);

create index import_run_user_idx on import_run (user_id, created_at desc);
create index import_run_file_idx on import_run (file_id);

create trigger import_run_delete_file
after delete on import_run
for each row execute function delete_stored_file();

-- What a phone or a script sent, word for word, so that a better reader can read it again.
create table raw_payload (
  id uuid primary key,
  user_id uuid not null references "user" on delete cascade,
  kind text not null check (kind in ('sdk', 'sdk_logs', 'auto_export')),
  provider text not null,
  body bytea not null,
  received_at timestamptz not null,
  processed_at timestamptz
);

create index raw_payload_received_idx on raw_payload (received_at);
create index raw_payload_user_idx on raw_payload (user_id, received_at desc);

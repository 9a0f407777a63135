-- Worker processes: who is alive, and which queue workers were theirs.
create table worker_process (
  id uuid primary key,
  worker_ids jsonb not null,
  started_at timestamptz not null default now(),
  heartbeat_at timestamptz not null
);

-- Attempts in the current window; keys are hashes. Losing them in a crash costs nothing.
create unlogged table rate_limit (
  key text primary key,
  window_ends_at timestamptz not null,
  attempts integer not null
);

-- Uploaded files. Pieces are written before anything refers to the file; what stays unreferred is swept.
create table stored_file (
  id uuid primary key,
  size bigint,
  created_at timestamptz not null default now()
);

create table stored_file_piece (
  file_id uuid not null references stored_file on delete cascade,
  position integer not null,
  bytes bytea not null,
  primary key (file_id, position)
);

-- Uploads are compressed formats already.
alter table stored_file_piece alter column bytes set storage external;

-- One question and how its answer came about. Its id is that of the answer's message.
create table chat_turn (
  id uuid primary key,
  session_id uuid not null references chat_session on delete cascade,
  question_id uuid not null references chat_message on delete cascade,
  idempotency_key text,
  status text not null default 'running' check (status in ('running', 'done', 'error')),
  -- Somebody wants it to end; the process that runs it looks.
  cancel_asked boolean not null default false,
  -- When the process that runs it last said that it lives.
  heartbeat_at timestamptz not null default now(),
  created_at timestamptz not null default now()
);

-- A conversation answers one question at a time.
create unique index chat_turn_running_idx on chat_turn (session_id) where status = 'running';
create unique index chat_turn_idempotency_idx on chat_turn (session_id, idempotency_key)
  where idempotency_key is not null;
create unique index chat_turn_question_idx on chat_turn (question_id);
create index chat_turn_created_idx on chat_turn (created_at);

-- What a turn told, in order; only ever appended to. `data` is one frame, as its text was sent.
create table chat_event (
  turn_id uuid not null references chat_turn on delete cascade,
  seq integer not null,
  data json not null,
  primary key (turn_id, seq)
);

-- When a conversation's next message is said: now, but later than every message before, so that their order is that of
-- storing whatever the clock does. Volatile, so that it sees what was committed while a statement waited for a lock.
create function next_chat_message_at(session uuid) returns timestamptz
language sql volatile
begin atomic
  select greatest(
    date_trunc('milliseconds', clock_timestamp()),
    (select max(chat_message.created_at) + interval '1 millisecond' from chat_message where session_id = session)
  );
end;

create table chat_session (
  id uuid primary key,
  user_id uuid not null references "user" on delete cascade,
  title varchar(255),
  created_at timestamptz(3) not null default now(),
  last_activity_at timestamptz(3) not null default now()
);

create index chat_session_user_activity_idx on chat_session (user_id, last_activity_at desc, id desc);

create table chat_message (
  id uuid primary key,
  session_id uuid not null references chat_session on delete cascade,
  role text not null check (role in ('user', 'assistant')),
  content text not null,
  -- Tool calls with their results, and whether the answer was cut short.
  message_metadata jsonb,
  created_at timestamptz not null default now()
);

create index chat_message_session_time_idx on chat_message (session_id, created_at, id);

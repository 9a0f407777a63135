create table symptom_entry (
  id uuid primary key,
  user_id uuid not null references "user" on delete cascade,
  symptom_type varchar(100) not null,
  severity integer not null check (severity between 0 and 10),
  notes text,
  recorded_at timestamptz not null,
  -- The offset it was sent with: a person's day is the local one.
  zone_offset text not null default '+00:00' check (zone_offset ~ '^[+-]\d{2}:\d{2}$'),
  duration_minutes integer check (duration_minutes >= 0),
  triggers jsonb,
  created_at timestamptz not null default now()
);

create index symptom_entry_user_time_idx on symptom_entry (user_id, recorded_at desc, id desc);
create index symptom_entry_user_type_idx on symptom_entry (user_id, symptom_type, recorded_at);

-- A short key for the rows there are millions of: 4 bytes instead of the 16 of the id. It is the first column of every
-- measurement's key, so that a distributed Postgres can keep a person's rows together.
alter table "user" add column no integer generated always as identity;
alter table "user" add constraint user_no_key unique (no);

-- A person's link to a provider. Phones and files have one too, without tokens.
create table user_connection (
  id uuid primary key,
  user_id uuid not null references "user" on delete cascade,
  provider text not null,
  provider_user_id text,
  provider_username text,
  scope text,
  status text not null check (status in ('active', 'revoked', 'expired')),
  last_synced_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (user_id, provider)
);

-- The device and the app that measured. `no` counts up for each person and is what samples carry.
create table data_source (
  id uuid primary key,
  user_id uuid not null references "user" on delete cascade,
  user_no integer not null,
  no smallint not null check (no > 0),
  provider text not null,
  user_connection_id uuid references user_connection on delete set null,
  device_model text,
  software_version text,
  source text,
  device_type text not null,
  original_source_name text,
  created_at timestamptz not null default now(),
  unique (user_no, no)
);

create unique index data_source_identity_key
  on data_source (user_id, provider, coalesce(device_model, ''), coalesce(source, ''));
create index data_source_connection_idx on data_source (user_connection_id);

-- Who wins where sources overlap; lower wins. Rows are made when somebody changes the order.
create table provider_priority (
  provider text primary key,
  id uuid not null unique,
  priority integer not null check (priority between 1 and 100),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table device_type_priority (
  device_type text primary key,
  id uuid not null unique,
  priority integer not null check (priority between 1 and 100),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Series that a person named themselves; the others are fixed in the program. Ids are the person's own.
create table custom_series (
  user_no integer not null references "user" (no) on delete cascade,
  id smallint not null check (id >= 1000),
  code text not null,
  unit text not null,
  created_at timestamptz not null default now(),
  primary key (user_no, id),
  unique (user_no, code)
);

-- What was measured at an instant, or over `duration_seconds` from it. Columns are ordered so that nothing is padded:
-- a row takes 60 bytes, its key in the index 28. There is no foreign key, because it would cost more than the insert;
-- the person and the source are locked while rows are written, and a trigger takes them along.
create table sample (
  recorded_at timestamptz not null,
  value double precision not null,
  user_no integer not null,
  duration_seconds integer not null,
  series smallint not null,
  source_no smallint not null,
  -- Minutes east of UTC where it was recorded; null when the sender did not say.
  zone_offset smallint,
  primary key (user_no, series, source_no, recorded_at)
);

-- A vendor's own total of a local day. It is never added to samples.
create table daily_total (
  user_no integer not null,
  series smallint not null,
  source_no smallint not null,
  day date not null,
  recorded_at timestamptz not null,
  value double precision not null,
  zone_offset smallint,
  primary key (user_no, series, source_no, day)
);

-- What is recorded: which series, from where, how much, and from when to when.
create table recorded_series (
  user_no integer not null,
  series smallint not null,
  source_no smallint not null,
  sample_count bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (user_no, series, source_no)
);

create table workout (
  user_no integer not null,
  id uuid not null,
  source_no smallint not null,
  external_id text,
  type text not null,
  name text,
  start_time timestamptz not null,
  end_time timestamptz not null,
  zone_offset smallint,
  duration_seconds integer,
  moving_time_seconds integer,
  heart_rate_min double precision,
  heart_rate_max double precision,
  heart_rate_avg double precision,
  energy_burned double precision,
  distance double precision,
  steps_count integer,
  average_speed double precision,
  max_speed double precision,
  average_watts double precision,
  max_watts double precision,
  average_cadence double precision,
  total_elevation_gain double precision,
  elev_high double precision,
  elev_low double precision,
  segments jsonb,
  hr_zones jsonb,
  power_zones jsonb,
  created_at timestamptz not null default now(),
  primary key (user_no, id),
  -- The same workout sent again is the same row.
  unique (user_no, source_no, start_time, end_time),
  foreign key (user_no, source_no) references data_source (user_no, no) on delete cascade,
  check (start_time <= end_time)
);

create index workout_time_idx on workout (user_no, start_time desc, id desc);

-- The pieces of a night as they arrive, in any order; sessions are built from them.
create table sleep_stage (
  user_no integer not null,
  source_no smallint not null,
  start_time timestamptz not null,
  end_time timestamptz not null,
  stage text not null check (stage in ('in_bed', 'sleeping', 'awake', 'light', 'deep', 'rem')),
  zone_offset smallint,
  external_id text,
  primary key (user_no, source_no, start_time, end_time, stage),
  foreign key (user_no, source_no) references data_source (user_no, no) on delete cascade,
  check (start_time < end_time)
);

create table sleep_session (
  user_no integer not null,
  id uuid not null,
  source_no smallint not null,
  external_id text,
  start_time timestamptz not null,
  end_time timestamptz not null,
  zone_offset smallint,
  is_nap boolean not null,
  -- Built from sleep_stage, or delivered whole by a vendor.
  built boolean not null,
  in_bed_seconds integer,
  asleep_seconds integer,
  light_seconds integer,
  deep_seconds integer,
  rem_seconds integer,
  awake_seconds integer,
  efficiency_percent double precision,
  -- [{stage, start_time, end_time}], in order
  stages jsonb,
  created_at timestamptz not null default now(),
  primary key (user_no, id),
  unique (user_no, source_no, start_time, end_time),
  foreign key (user_no, source_no) references data_source (user_no, no) on delete cascade,
  check (start_time < end_time)
);

create index sleep_session_time_idx on sleep_session (user_no, start_time desc, id desc);
create index sleep_session_end_idx on sleep_session (user_no, end_time);

create table menstrual_cycle (
  user_no integer not null,
  id uuid not null,
  source_no smallint not null,
  external_id text,
  start_time timestamptz not null,
  end_time timestamptz not null,
  zone_offset smallint,
  current_phase integer,
  current_phase_type text,
  day_in_cycle integer,
  cycle_length integer,
  predicted_cycle_length integer,
  is_predicted_cycle boolean,
  period_length integer,
  length_of_current_phase integer,
  days_until_next_phase integer,
  fertile_window_start integer,
  length_of_fertile_window integer,
  last_updated_at timestamptz,
  has_specified_cycle_length boolean,
  has_specified_period_length boolean,
  pregnancy_snapshot jsonb,
  created_at timestamptz not null default now(),
  primary key (user_no, id),
  unique (user_no, source_no, start_time, end_time),
  foreign key (user_no, source_no) references data_source (user_no, no) on delete cascade
);

create index menstrual_cycle_time_idx on menstrual_cycle (user_no, start_time desc, id desc);

create table health_score (
  user_no integer not null references "user" (no) on delete cascade,
  id uuid not null,
  source_no smallint,
  provider text not null,
  category text not null check (category in (
    'sleep', 'recovery', 'readiness', 'activity', 'stress', 'resilience', 'body_battery', 'strain'
  )),
  value double precision,
  qualifier text,
  recorded_at timestamptz not null,
  zone_offset smallint,
  -- {name: {value, qualifier}}
  components jsonb,
  sleep_session_id uuid,
  created_at timestamptz not null default now(),
  primary key (user_no, id),
  unique (user_no, provider, category, recorded_at),
  foreign key (user_no, source_no) references data_source (user_no, no) on delete cascade,
  foreign key (user_no, sleep_session_id) references sleep_session (user_no, id) on delete cascade
);

create index health_score_time_idx on health_score (user_no, recorded_at desc, id desc);
-- One score for a night.
create unique index health_score_session_key on health_score (user_no, sleep_session_id)
  where sleep_session_id is not null;

-- Local days whose summary or score must be computed again, noted in the transaction that changed them.
create table stale_day (
  user_no integer not null references "user" (no) on delete cascade,
  what text not null check (what in ('summary', 'score')),
  day date not null,
  primary key (user_no, what, day)
);

-- The rows that carry no foreign key go with their source.
create function data_source_deleted() returns trigger language plpgsql as $$
begin
  delete from sample s
    using recorded_series r
    where r.user_no = old.user_no and r.source_no = old.no
      and s.user_no = r.user_no and s.series = r.series and s.source_no = r.source_no;
  delete from daily_total where user_no = old.user_no and source_no = old.no;
  delete from sample_archive where user_no = old.user_no and source_no = old.no;
  delete from recorded_series where user_no = old.user_no and source_no = old.no;
  return null;
end $$;

create trigger data_source_deleted after delete on data_source
  for each row execute function data_source_deleted();

-- One row for each day of samples that were put together to save space.
create table sample_archive (
  user_no integer not null,
  series smallint not null,
  source_no smallint not null,
  day date not null,
  value_sum double precision not null,
  value_min double precision not null,
  value_max double precision not null,
  sample_count bigint not null,
  zone_offset smallint,
  primary key (user_no, series, source_no, day)
);

create table archival_settings (
  -- There is one row.
  id integer primary key check (id = 1),
  archive_after_days integer check (archive_after_days between 1 and 3650),
  delete_after_days integer check (delete_after_days between 1 and 7300)
);

insert into archival_settings (id) values (1);

table api_key (
  id uuid not null
  name text not null
  key_hash text not null
  key_prefix text not null
  scope text not null
  user_id uuid
  created_by uuid
  expires_at timestamp with time zone
  last_used_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  constraint api_key_created_by_fkey FOREIGN KEY (created_by) REFERENCES developer(id) ON DELETE CASCADE
  constraint api_key_key_hash_key UNIQUE (key_hash)
  constraint api_key_pkey PRIMARY KEY (id)
  constraint api_key_scope_check CHECK ((scope = ANY (ARRAY['read'::text, 'write'::text])))
  constraint api_key_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
table application (
  id uuid not null
  app_id character varying(64) not null
  app_secret_hash text not null
  name character varying(100) not null
  developer_id uuid not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  constraint application_app_id_key UNIQUE (app_id)
  constraint application_developer_id_fkey FOREIGN KEY (developer_id) REFERENCES developer(id) ON DELETE CASCADE
  constraint application_pkey PRIMARY KEY (id)
);
table archival_settings (
  id integer not null
  archive_after_days integer
  delete_after_days integer
  constraint archival_settings_archive_after_days_check CHECK (((archive_after_days >= 1) AND (archive_after_days <= 3650)))
  constraint archival_settings_delete_after_days_check CHECK (((delete_after_days >= 1) AND (delete_after_days <= 7300)))
  constraint archival_settings_id_check CHECK ((id = 1))
  constraint archival_settings_pkey PRIMARY KEY (id)
);
table chat_event (
  turn_id uuid not null
  seq integer not null
  data json not null
  constraint chat_event_pkey PRIMARY KEY (turn_id, seq)
  constraint chat_event_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES chat_turn(id) ON DELETE CASCADE
);
table chat_message (
  id uuid not null
  session_id uuid not null
  role text not null
  content text not null
  message_metadata jsonb
  created_at timestamp with time zone not null default now()
  constraint chat_message_pkey PRIMARY KEY (id)
  constraint chat_message_role_check CHECK ((role = ANY (ARRAY['user'::text, 'assistant'::text])))
  constraint chat_message_session_id_fkey FOREIGN KEY (session_id) REFERENCES chat_session(id) ON DELETE CASCADE
);
table chat_session (
  id uuid not null
  user_id uuid not null
  title character varying(255)
  created_at timestamp(3) with time zone not null default now()
  last_activity_at timestamp(3) with time zone not null default now()
  constraint chat_session_pkey PRIMARY KEY (id)
  constraint chat_session_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
table chat_turn (
  id uuid not null
  session_id uuid not null
  question_id uuid not null
  idempotency_key text
  status text not null default 'running'::text
  cancel_asked boolean not null default false
  heartbeat_at timestamp with time zone not null default now()
  created_at timestamp with time zone not null default now()
  constraint chat_turn_pkey PRIMARY KEY (id)
  constraint chat_turn_question_id_fkey FOREIGN KEY (question_id) REFERENCES chat_message(id) ON DELETE CASCADE
  constraint chat_turn_session_id_fkey FOREIGN KEY (session_id) REFERENCES chat_session(id) ON DELETE CASCADE
  constraint chat_turn_status_check CHECK ((status = ANY (ARRAY['running'::text, 'done'::text, 'error'::text])))
);
table custom_series (
  user_no integer not null
  id smallint not null
  code text not null
  unit text not null
  created_at timestamp with time zone not null default now()
  constraint custom_series_id_check CHECK ((id >= 1000))
  constraint custom_series_pkey PRIMARY KEY (user_no, id)
  constraint custom_series_user_no_code_key UNIQUE (user_no, code)
  constraint custom_series_user_no_fkey FOREIGN KEY (user_no) REFERENCES "user"(no) ON DELETE CASCADE
);
table daily_total (
  user_no integer not null
  series smallint not null
  source_no smallint not null
  day date not null
  recorded_at timestamp with time zone not null
  value double precision not null
  zone_offset smallint
  constraint daily_total_pkey PRIMARY KEY (user_no, series, source_no, day)
);
table data_source (
  id uuid not null
  user_id uuid not null
  user_no integer not null
  no smallint not null
  provider text not null
  user_connection_id uuid
  device_model text
  software_version text
  source text
  device_type text not null
  original_source_name text
  created_at timestamp with time zone not null default now()
  constraint data_source_no_check CHECK ((no > 0))
  constraint data_source_pkey PRIMARY KEY (id)
  constraint data_source_user_connection_id_fkey FOREIGN KEY (user_connection_id) REFERENCES user_connection(id) ON DELETE SET NULL
  constraint data_source_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
  constraint data_source_user_no_no_key UNIQUE (user_no, no)
);
table day_summary (
  user_no integer not null
  day date not null
  source_no smallint not null
  steps double precision
  distance_meters double precision
  flights double precision
  elevation_meters double precision
  active_calories_kcal double precision
  basal_calories_kcal double precision
  active_minutes integer
  sedentary_minutes integer
  light_minutes integer
  moderate_minutes integer
  vigorous_minutes integer
  heart_rate_avg double precision
  heart_rate_min double precision
  heart_rate_max double precision
  sources jsonb
  constraint day_summary_pkey PRIMARY KEY (user_no, day, source_no)
);
table developer (
  id uuid not null
  email character varying(255) not null
  first_name character varying(100)
  last_name character varying(100)
  password_hash text not null
  role text not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  constraint developer_pkey PRIMARY KEY (id)
  constraint developer_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'member'::text])))
);
table device_type_priority (
  device_type text not null
  id uuid not null
  priority integer not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  constraint device_type_priority_id_key UNIQUE (id)
  constraint device_type_priority_pkey PRIMARY KEY (device_type)
  constraint device_type_priority_priority_check CHECK (((priority >= 1) AND (priority <= 100)))
);
table document_page (
  document_id uuid not null
  number integer not null
  width real not null
  height real not null
  source text not null
  lines jsonb not null
  view jsonb
  text text not null generated as page_text(lines)
  search tsvector not null generated as to_tsvector('simple'::regconfig, "left"(folded_text(page_text(lines)), 200000))
  constraint document_page_document_id_fkey FOREIGN KEY (document_id) REFERENCES medical_document(id) ON DELETE CASCADE
  constraint document_page_pkey PRIMARY KEY (document_id, number)
  constraint document_page_source_check CHECK ((source = ANY (ARRAY['text_layer'::text, 'ocr'::text, 'docling'::text])))
);
table health_score (
  user_no integer not null
  id uuid not null
  source_no smallint
  provider text not null
  category text not null
  value double precision
  qualifier text
  recorded_at timestamp with time zone not null
  zone_offset smallint
  components jsonb
  sleep_session_id uuid
  created_at timestamp with time zone not null default now()
  constraint health_score_category_check CHECK ((category = ANY (ARRAY['sleep'::text, 'recovery'::text, 'readiness'::text, 'activity'::text, 'stress'::text, 'resilience'::text, 'body_battery'::text, 'strain'::text])))
  constraint health_score_pkey PRIMARY KEY (user_no, id)
  constraint health_score_user_no_fkey FOREIGN KEY (user_no) REFERENCES "user"(no) ON DELETE CASCADE
  constraint health_score_user_no_provider_category_recorded_at_key UNIQUE (user_no, provider, category, recorded_at)
  constraint health_score_user_no_sleep_session_id_fkey FOREIGN KEY (user_no, sleep_session_id) REFERENCES sleep_session(user_no, id) ON DELETE CASCADE
  constraint health_score_user_no_source_no_fkey FOREIGN KEY (user_no, source_no) REFERENCES data_source(user_no, no) ON DELETE CASCADE
);
table import_run (
  id uuid not null
  run_id text not null
  user_id uuid not null
  kind text not null
  provider text not null
  file_id uuid
  file_name text
  file_size bigint
  status text not null
  checkpoint jsonb
  counts jsonb not null default '{}'::jsonb
  progress double precision not null default 0
  cancel_requested_at timestamp with time zone
  error text
  created_at timestamp with time zone not null default now()
  started_at timestamp with time zone
  ended_at timestamp with time zone
  constraint import_run_file_id_fkey FOREIGN KEY (file_id) REFERENCES stored_file(id)
  constraint import_run_kind_check CHECK ((kind = ANY (ARRAY['apple_health'::text, 'auto_export'::text, 'mobile_sdk'::text, 'fit'::text, 'tcx'::text, 'gpx'::text])))
  constraint import_run_pkey PRIMARY KEY (id)
  constraint import_run_run_id_key UNIQUE (run_id)
  constraint import_run_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'completed'::text, 'failed'::text, 'cancelled'::text])))
  constraint import_run_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
table lab_rejection (
  id uuid not null
  user_id uuid not null
  document_id uuid not null
  page integer
  box jsonb
  test_name character varying(255) not null
  value_text character varying(255) not null
  unit character varying(50) not null
  created_at timestamp with time zone not null default now()
  constraint lab_rejection_document_id_fkey FOREIGN KEY (document_id) REFERENCES medical_document(id) ON DELETE CASCADE
  constraint lab_rejection_pkey PRIMARY KEY (id)
  constraint lab_rejection_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
table lab_result (
  id uuid not null
  user_id uuid not null
  document_id uuid
  document_position integer
  test_name character varying(255) not null
  test_code character varying(50)
  value numeric
  value_text character varying(255) not null
  comparator text
  unit character varying(50) not null default ''::character varying
  reference_min numeric
  reference_max numeric
  reference_text text
  status character varying(50)
  recorded_at date
  page integer
  box jsonb
  found_by text not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  flag_printed character varying(100)
  flag text
  qualitative text
  titre integer
  reference_min_inclusive boolean
  reference_max_inclusive boolean
  specimen character varying(50)
  section character varying(255)
  laboratory character varying(255)
  confidence real
  review_reasons text[] not null default '{}'::text[]
  needs_review boolean not null generated as (cardinality(review_reasons) > 0)
  analyte text
  loinc_status text
  candidates jsonb not null default '[]'::jsonb
  review_status text not null default 'unreviewed'::text
  reviewed_at timestamp(3) with time zone
  printed jsonb
  constraint lab_result_comparator_check CHECK ((comparator = ANY (ARRAY['<'::text, '<='::text, '>'::text, '>='::text, '~'::text])))
  constraint lab_result_confidence_check CHECK (((confidence >= (0)::double precision) AND (confidence <= (1)::double precision)))
  constraint lab_result_document_id_document_position_key UNIQUE (document_id, document_position)
  constraint lab_result_document_id_fkey FOREIGN KEY (document_id) REFERENCES medical_document(id) ON DELETE SET NULL
  constraint lab_result_found_by_check CHECK ((found_by = ANY (ARRAY['rules'::text, 'model'::text, 'rules+model'::text, 'person'::text])))
  constraint lab_result_loinc_status_check CHECK ((loinc_status = ANY (ARRAY['auto_match'::text, 'needs_review'::text, 'no_match'::text])))
  constraint lab_result_pkey PRIMARY KEY (id)
  constraint lab_result_review_status_check CHECK ((review_status = ANY (ARRAY['unreviewed'::text, 'confirmed'::text, 'corrected'::text])))
  constraint lab_result_titre_check CHECK ((titre > 0))
  constraint lab_result_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
table lab_synonym (
  user_id uuid not null
  laboratory character varying(255) not null
  printed_name character varying(255) not null
  analyte text not null
  updated_at timestamp with time zone not null default now()
  constraint lab_synonym_pkey PRIMARY KEY (user_id, laboratory, printed_name)
  constraint lab_synonym_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
table medical_document (
  id uuid not null
  user_id uuid not null
  title character varying(255) not null
  document_type character varying(50) not null
  file_id uuid not null
  file_name character varying(255)
  file_type character varying(100) not null
  file_size bigint not null
  content_hash text not null
  document_date date
  status text not null
  status_reason text
  page_count integer
  raw_text text
  parsed_data jsonb
  created_at timestamp(3) with time zone not null default now()
  results_refused integer not null default 0
  constraint medical_document_file_id_fkey FOREIGN KEY (file_id) REFERENCES stored_file(id)
  constraint medical_document_file_id_key UNIQUE (file_id)
  constraint medical_document_pkey PRIMARY KEY (id)
  constraint medical_document_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'parsing'::text, 'parsed'::text, 'extracting'::text, 'completed'::text, 'failed'::text])))
  constraint medical_document_user_id_content_hash_key UNIQUE (user_id, content_hash)
  constraint medical_document_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
table menstrual_cycle (
  user_no integer not null
  id uuid not null
  source_no smallint not null
  external_id text
  start_time timestamp with time zone not null
  end_time timestamp with time zone not null
  zone_offset smallint
  current_phase integer
  current_phase_type text
  day_in_cycle integer
  cycle_length integer
  predicted_cycle_length integer
  is_predicted_cycle boolean
  period_length integer
  length_of_current_phase integer
  days_until_next_phase integer
  fertile_window_start integer
  length_of_fertile_window integer
  last_updated_at timestamp with time zone
  has_specified_cycle_length boolean
  has_specified_period_length boolean
  pregnancy_snapshot jsonb
  created_at timestamp with time zone not null default now()
  constraint menstrual_cycle_pkey PRIMARY KEY (user_no, id)
  constraint menstrual_cycle_user_no_source_no_fkey FOREIGN KEY (user_no, source_no) REFERENCES data_source(user_no, no) ON DELETE CASCADE
  constraint menstrual_cycle_user_no_source_no_start_time_end_time_key UNIQUE (user_no, source_no, start_time, end_time)
);
unlogged table page_image (
  document_id uuid not null
  page integer not null
  width integer not null
  png bytea
  problem text
  created_at timestamp with time zone not null default now()
  constraint page_image_check CHECK (((png IS NULL) <> (problem IS NULL)))
  constraint page_image_document_id_page_fkey FOREIGN KEY (document_id, page) REFERENCES document_page(document_id, number) ON DELETE CASCADE
  constraint page_image_pkey PRIMARY KEY (document_id, page, width)
);
table personal_record (
  user_id uuid not null
  birth_date date
  sex text
  gender text
  updated_at timestamp with time zone not null default now()
  constraint personal_record_birth_date_check CHECK ((birth_date >= '1900-01-01'::date))
  constraint personal_record_gender_check CHECK ((gender = ANY (ARRAY['female'::text, 'male'::text, 'nonbinary'::text, 'other'::text])))
  constraint personal_record_pkey PRIMARY KEY (user_id)
  constraint personal_record_sex_check CHECK ((sex = ANY (ARRAY['female'::text, 'male'::text])))
  constraint personal_record_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
table provider_priority (
  provider text not null
  id uuid not null
  priority integer not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  constraint provider_priority_id_key UNIQUE (id)
  constraint provider_priority_pkey PRIMARY KEY (provider)
  constraint provider_priority_priority_check CHECK (((priority >= 1) AND (priority <= 100)))
);
unlogged table rate_limit (
  key text not null
  window_ends_at timestamp with time zone not null
  attempts integer not null
  constraint rate_limit_pkey PRIMARY KEY (key)
);
table raw_payload (
  id uuid not null
  user_id uuid not null
  kind text not null
  provider text not null
  body bytea not null
  received_at timestamp with time zone not null
  processed_at timestamp with time zone
  constraint raw_payload_kind_check CHECK ((kind = ANY (ARRAY['sdk'::text, 'sdk_logs'::text, 'auto_export'::text])))
  constraint raw_payload_pkey PRIMARY KEY (id)
  constraint raw_payload_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
table recorded_series (
  user_no integer not null
  series smallint not null
  source_no smallint not null
  sample_count bigint not null
  first_at timestamp with time zone not null
  last_at timestamp with time zone not null
  constraint recorded_series_pkey PRIMARY KEY (user_no, series, source_no)
);
table refresh_token (
  id uuid not null
  family_id uuid not null
  token_hash text not null
  token_type text not null
  developer_id uuid
  user_id uuid
  app_id character varying(64)
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  replaced_at timestamp with time zone
  revoked_at timestamp with time zone
  constraint refresh_token_check CHECK (((token_type = 'developer'::text) = (developer_id IS NOT NULL)))
  constraint refresh_token_check1 CHECK (((token_type = 'sdk'::text) = (user_id IS NOT NULL)))
  constraint refresh_token_developer_id_fkey FOREIGN KEY (developer_id) REFERENCES developer(id) ON DELETE CASCADE
  constraint refresh_token_pkey PRIMARY KEY (id)
  constraint refresh_token_token_hash_key UNIQUE (token_hash)
  constraint refresh_token_token_type_check CHECK ((token_type = ANY (ARRAY['developer'::text, 'sdk'::text])))
  constraint refresh_token_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
table sample (
  recorded_at timestamp with time zone not null
  value double precision not null
  user_no integer not null
  duration_seconds integer not null
  series smallint not null
  source_no smallint not null
  zone_offset smallint
  constraint sample_pkey PRIMARY KEY (user_no, series, source_no, recorded_at)
);
table sample_archive (
  user_no integer not null
  series smallint not null
  source_no smallint not null
  day date not null
  value_sum double precision not null
  value_min double precision not null
  value_max double precision not null
  sample_count bigint not null
  zone_offset smallint
  instants integer[] not null default '{}'::integer[]
  constraint sample_archive_pkey PRIMARY KEY (user_no, series, source_no, day)
);
table schema_migration (
  id integer not null
  name text not null
  checksum text not null
  applied_at timestamp with time zone not null default now()
  constraint schema_migration_pkey PRIMARY KEY (id)
);
table sleep_session (
  user_no integer not null
  id uuid not null
  source_no smallint not null
  external_id text
  start_time timestamp with time zone not null
  end_time timestamp with time zone not null
  zone_offset smallint
  is_nap boolean not null
  built boolean not null
  in_bed_seconds integer
  asleep_seconds integer
  light_seconds integer
  deep_seconds integer
  rem_seconds integer
  awake_seconds integer
  efficiency_percent double precision
  stages jsonb
  created_at timestamp with time zone not null default now()
  parts jsonb
  constraint sleep_session_check CHECK ((start_time < end_time))
  constraint sleep_session_pkey PRIMARY KEY (user_no, id)
  constraint sleep_session_user_no_source_no_fkey FOREIGN KEY (user_no, source_no) REFERENCES data_source(user_no, no) ON DELETE CASCADE
  constraint sleep_session_user_no_source_no_start_time_end_time_key UNIQUE (user_no, source_no, start_time, end_time)
);
table sleep_stage (
  user_no integer not null
  source_no smallint not null
  start_time timestamp with time zone not null
  end_time timestamp with time zone not null
  stage text not null
  zone_offset smallint
  external_id text
  constraint sleep_stage_check CHECK ((start_time < end_time))
  constraint sleep_stage_pkey PRIMARY KEY (user_no, source_no, start_time, end_time, stage)
  constraint sleep_stage_stage_check CHECK ((stage = ANY (ARRAY['in_bed'::text, 'sleeping'::text, 'awake'::text, 'light'::text, 'deep'::text, 'rem'::text])))
  constraint sleep_stage_user_no_source_no_fkey FOREIGN KEY (user_no, source_no) REFERENCES data_source(user_no, no) ON DELETE CASCADE
);
table stale_day (
  user_no integer not null
  what text not null
  day date not null
  constraint stale_day_pkey PRIMARY KEY (user_no, what, day)
  constraint stale_day_user_no_fkey FOREIGN KEY (user_no) REFERENCES "user"(no) ON DELETE CASCADE
  constraint stale_day_what_check CHECK ((what = ANY (ARRAY['summary'::text, 'score'::text])))
);
table stored_file (
  id uuid not null
  size bigint
  created_at timestamp with time zone not null default now()
  constraint stored_file_pkey PRIMARY KEY (id)
);
table stored_file_piece (
  file_id uuid not null
  "position" integer not null
  bytes bytea not null storage e
  constraint stored_file_piece_file_id_fkey FOREIGN KEY (file_id) REFERENCES stored_file(id) ON DELETE CASCADE
  constraint stored_file_piece_pkey PRIMARY KEY (file_id, "position")
);
table symptom_entry (
  id uuid not null
  user_id uuid not null
  symptom_type character varying(100) not null
  severity integer not null
  notes text
  recorded_at timestamp with time zone not null
  zone_offset text not null default '+00:00'::text
  duration_minutes integer
  triggers jsonb
  created_at timestamp with time zone not null default now()
  constraint symptom_entry_duration_minutes_check CHECK ((duration_minutes >= 0))
  constraint symptom_entry_pkey PRIMARY KEY (id)
  constraint symptom_entry_severity_check CHECK (((severity >= 0) AND (severity <= 10)))
  constraint symptom_entry_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
  constraint symptom_entry_zone_offset_check CHECK ((zone_offset ~ '^[+-]\d{2}:\d{2}$'::text))
);
table sync_event (
  event_id uuid not null
  no bigint not null identity a
  run_id text not null
  user_id uuid not null
  provider text not null
  source text not null
  stage text not null
  status text not null
  message text
  progress double precision
  items_processed bigint
  items_total bigint
  error text
  primary_user_id uuid
  metadata jsonb not null default '{}'::jsonb
  started_at timestamp with time zone
  ended_at timestamp with time zone
  "timestamp" timestamp with time zone not null
  constraint sync_event_no_key UNIQUE (no)
  constraint sync_event_pkey PRIMARY KEY (event_id)
  constraint sync_event_progress_check CHECK (((progress >= (0)::double precision) AND (progress <= (1)::double precision)))
  constraint sync_event_source_check CHECK ((source = ANY (ARRAY['pull'::text, 'webhook'::text, 'sdk'::text, 'backfill'::text, 'xml_import'::text, 'linked_account'::text, 'file'::text])))
  constraint sync_event_stage_check CHECK ((stage = ANY (ARRAY['queued'::text, 'started'::text, 'fetching'::text, 'processing'::text, 'saving'::text, 'completed'::text, 'failed'::text, 'cancelled'::text])))
  constraint sync_event_status_check CHECK ((status = ANY (ARRAY['in_progress'::text, 'success'::text, 'partial'::text, 'failed'::text, 'cancelled'::text, 'skipped'::text])))
  constraint sync_event_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
sequence sync_event_no_seq (
  last_value bigint not null
  log_cnt bigint not null
  is_called boolean not null
);
table "user" (
  id uuid not null
  first_name character varying(100)
  last_name character varying(100)
  email character varying(320)
  external_user_id character varying(255)
  created_at timestamp with time zone not null default now()
  no integer not null identity a
  constraint user_external_user_id_key UNIQUE (external_user_id)
  constraint user_no_key UNIQUE (no)
  constraint user_pkey PRIMARY KEY (id)
);
table user_connection (
  id uuid not null
  user_id uuid not null
  provider text not null
  provider_user_id text
  provider_username text
  scope text
  status text not null
  last_synced_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  constraint user_connection_pkey PRIMARY KEY (id)
  constraint user_connection_status_check CHECK ((status = ANY (ARRAY['active'::text, 'revoked'::text, 'expired'::text])))
  constraint user_connection_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
  constraint user_connection_user_id_provider_key UNIQUE (user_id, provider)
);
table user_invitation_code (
  id uuid not null
  code_hash text not null
  user_id uuid not null
  created_by_id uuid not null
  expires_at timestamp with time zone not null
  redeemed_at timestamp with time zone
  revoked_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  constraint user_invitation_code_check CHECK (((redeemed_at IS NULL) OR (revoked_at IS NULL)))
  constraint user_invitation_code_code_hash_key UNIQUE (code_hash)
  constraint user_invitation_code_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES developer(id) ON DELETE CASCADE
  constraint user_invitation_code_pkey PRIMARY KEY (id)
  constraint user_invitation_code_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
sequence user_no_seq (
  last_value bigint not null
  log_cnt bigint not null
  is_called boolean not null
);
table worker_process (
  id uuid not null
  worker_ids jsonb not null
  started_at timestamp with time zone not null default now()
  heartbeat_at timestamp with time zone not null
  constraint worker_process_pkey PRIMARY KEY (id)
);
table workout (
  user_no integer not null
  id uuid not null
  source_no smallint not null
  external_id text
  type text not null
  name text
  start_time timestamp with time zone not null
  end_time timestamp with time zone not null
  zone_offset smallint
  duration_seconds integer
  moving_time_seconds integer
  heart_rate_min double precision
  heart_rate_max double precision
  heart_rate_avg double precision
  energy_burned double precision
  distance double precision
  steps_count integer
  average_speed double precision
  max_speed double precision
  average_watts double precision
  max_watts double precision
  average_cadence double precision
  total_elevation_gain double precision
  elev_high double precision
  elev_low double precision
  segments jsonb
  hr_zones jsonb
  power_zones jsonb
  created_at timestamp with time zone not null default now()
  constraint workout_check CHECK ((start_time <= end_time))
  constraint workout_pkey PRIMARY KEY (user_no, id)
  constraint workout_user_no_source_no_fkey FOREIGN KEY (user_no, source_no) REFERENCES data_source(user_no, no) ON DELETE CASCADE
  constraint workout_user_no_source_no_start_time_end_time_key UNIQUE (user_no, source_no, start_time, end_time)
);

CREATE INDEX api_key_created_by_idx ON public.api_key USING btree (created_by);
CREATE INDEX api_key_user_id_idx ON public.api_key USING btree (user_id);
CREATE INDEX application_developer_id_idx ON public.application USING btree (developer_id);
CREATE INDEX chat_message_session_time_idx ON public.chat_message USING btree (session_id, created_at, id);
CREATE INDEX chat_session_user_activity_idx ON public.chat_session USING btree (user_id, last_activity_at DESC, id DESC);
CREATE INDEX chat_turn_created_idx ON public.chat_turn USING btree (created_at);
CREATE UNIQUE INDEX chat_turn_idempotency_idx ON public.chat_turn USING btree (session_id, idempotency_key) WHERE (idempotency_key IS NOT NULL);
CREATE UNIQUE INDEX chat_turn_question_idx ON public.chat_turn USING btree (question_id);
CREATE UNIQUE INDEX chat_turn_running_idx ON public.chat_turn USING btree (session_id) WHERE (status = 'running'::text);
CREATE INDEX data_source_connection_idx ON public.data_source USING btree (user_connection_id);
CREATE UNIQUE INDEX data_source_identity_key ON public.data_source USING btree (user_id, provider, COALESCE(device_model, ''::text), COALESCE(source, ''::text));
CREATE UNIQUE INDEX developer_email_key ON public.developer USING btree (lower((email)::text));
CREATE INDEX document_page_search_idx ON public.document_page USING gin (search);
CREATE UNIQUE INDEX health_score_session_key ON public.health_score USING btree (user_no, sleep_session_id) WHERE (sleep_session_id IS NOT NULL);
CREATE INDEX health_score_time_idx ON public.health_score USING btree (user_no, recorded_at DESC, id DESC);
CREATE INDEX import_run_file_idx ON public.import_run USING btree (file_id);
CREATE INDEX import_run_user_idx ON public.import_run USING btree (user_id, created_at DESC);
CREATE INDEX lab_rejection_document_idx ON public.lab_rejection USING btree (document_id);
CREATE INDEX lab_rejection_user_idx ON public.lab_rejection USING btree (user_id);
CREATE INDEX lab_result_user_analyte_idx ON public.lab_result USING btree (user_id, analyte, recorded_at) WHERE (analyte IS NOT NULL);
CREATE INDEX lab_result_user_date_idx ON public.lab_result USING btree (user_id, recorded_at DESC, test_name);
CREATE INDEX lab_result_user_name_idx ON public.lab_result USING btree (user_id, lower((test_name)::text), recorded_at);
CREATE INDEX medical_document_user_created_idx ON public.medical_document USING btree (user_id, created_at DESC, id DESC);
CREATE INDEX medical_document_user_date_idx ON public.medical_document USING btree (user_id, document_date);
CREATE INDEX menstrual_cycle_time_idx ON public.menstrual_cycle USING btree (user_no, start_time DESC, id DESC);
CREATE INDEX page_image_created_idx ON public.page_image USING btree (created_at);
CREATE INDEX raw_payload_received_idx ON public.raw_payload USING btree (received_at);
CREATE INDEX raw_payload_user_idx ON public.raw_payload USING btree (user_id, received_at DESC);
CREATE INDEX refresh_token_developer_id_idx ON public.refresh_token USING btree (developer_id);
CREATE INDEX refresh_token_family_id_idx ON public.refresh_token USING btree (family_id);
CREATE INDEX refresh_token_user_id_idx ON public.refresh_token USING btree (user_id);
CREATE INDEX sleep_session_end_idx ON public.sleep_session USING btree (user_no, end_time);
CREATE INDEX sleep_session_time_idx ON public.sleep_session USING btree (user_no, start_time DESC, id DESC);
CREATE INDEX symptom_entry_user_time_idx ON public.symptom_entry USING btree (user_id, recorded_at DESC, id DESC);
CREATE INDEX symptom_entry_user_type_idx ON public.symptom_entry USING btree (user_id, symptom_type, recorded_at);
CREATE INDEX sync_event_run_idx ON public.sync_event USING btree (run_id, no DESC);
CREATE INDEX sync_event_timestamp_idx ON public.sync_event USING btree ("timestamp");
CREATE INDEX sync_event_user_idx ON public.sync_event USING btree (user_id, no DESC);
CREATE INDEX user_created_at_idx ON public."user" USING btree (created_at, id);
CREATE UNIQUE INDEX user_email_key ON public."user" USING btree (lower((email)::text));
CREATE INDEX user_invitation_code_created_by_id_idx ON public.user_invitation_code USING btree (created_by_id);
CREATE UNIQUE INDEX user_invitation_code_open_key ON public.user_invitation_code USING btree (user_id) WHERE ((redeemed_at IS NULL) AND (revoked_at IS NULL));
CREATE INDEX user_invitation_code_user_id_idx ON public.user_invitation_code USING btree (user_id);
CREATE INDEX workout_time_idx ON public.workout USING btree (user_no, start_time DESC, id DESC);

CREATE OR REPLACE FUNCTION public.data_source_deleted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from sample s
    using recorded_series r
    where r.user_no = old.user_no and r.source_no = old.no
      and s.user_no = r.user_no and s.series = r.series and s.source_no = r.source_no;
  delete from daily_total where user_no = old.user_no and source_no = old.no;
  delete from sample_archive where user_no = old.user_no and source_no = old.no;
  delete from recorded_series where user_no = old.user_no and source_no = old.no;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.day_summary_age_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform mark_summarized_days((select no from "user" where id = new.user_id), null);
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.day_summary_source_deleted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform mark_summarized_days(old.user_no, old.no);
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.day_summary_user_deleted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from day_summary where user_no = old.no;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.delete_stored_file()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from stored_file where id = old.file_id;
  return null;
end
$function$
;
CREATE OR REPLACE FUNCTION public.folded_text(text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
BEGIN ATOMIC
 SELECT translate(replace(replace(replace(lower(regexp_replace(NORMALIZE($1, NFKD), '[\u0300-\u036f]'::text, ''::text, 'g'::text)), 'ß'::text, 'ss'::text), 'æ'::text, 'ae'::text), 'œ'::text, 'oe'::text), 'øłđðı'::text, 'olddi'::text) AS translate;
END
;
CREATE OR REPLACE FUNCTION public.mark_summarized_days(person integer, source smallint)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into stale_day (user_no, what, day)
    select distinct d.user_no, 'summary', d.day
      from day_summary d
      where d.user_no = person
        and (source is null or d.source_no = source)
        and exists (select from "user" where no = person)
      order by 3
    on conflict (user_no, what, day) do update set day = excluded.day
$function$
;
CREATE OR REPLACE FUNCTION public.next_chat_message_at(session uuid)
 RETURNS timestamp with time zone
 LANGUAGE sql
BEGIN ATOMIC
 SELECT GREATEST(date_trunc('milliseconds'::text, clock_timestamp()), ( SELECT (max(chat_message.created_at) + '00:00:00.001'::interval)
            FROM chat_message
           WHERE (chat_message.session_id = next_chat_message_at.session))) AS "greatest";
END
;
CREATE OR REPLACE FUNCTION public.page_text(lines jsonb)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
BEGIN ATOMIC
 SELECT COALESCE(string_agg(joined.line_text, '
'::text ORDER BY line.line_no), ''::text) AS "coalesce"
    FROM (jsonb_array_elements(page_text.lines) WITH ORDINALITY line(content, line_no)
      CROSS JOIN LATERAL ( SELECT string_agg((words.word ->> 'text'::text), ' '::text ORDER BY words.word_no) AS line_text
            FROM jsonb_array_elements((line.content -> 'words'::text)) WITH ORDINALITY words(word, word_no)) joined);
END
;
CREATE OR REPLACE FUNCTION public.sync_event_told()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('sync_event', new.user_id::text);
  return null;
end $function$
;

CREATE TRIGGER data_source_deleted AFTER DELETE ON public.data_source FOR EACH ROW EXECUTE FUNCTION data_source_deleted();
CREATE TRIGGER day_summary_age_changed AFTER UPDATE ON public.personal_record FOR EACH ROW WHEN ((old.birth_date IS DISTINCT FROM new.birth_date)) EXECUTE FUNCTION day_summary_age_changed();
CREATE TRIGGER day_summary_age_recorded AFTER INSERT ON public.personal_record FOR EACH ROW WHEN ((new.birth_date IS NOT NULL)) EXECUTE FUNCTION day_summary_age_changed();
CREATE TRIGGER day_summary_source_deleted AFTER DELETE ON public.data_source FOR EACH ROW EXECUTE FUNCTION day_summary_source_deleted();
CREATE TRIGGER day_summary_user_deleted AFTER DELETE ON public."user" FOR EACH ROW EXECUTE FUNCTION day_summary_user_deleted();
CREATE TRIGGER import_run_delete_file AFTER DELETE ON public.import_run FOR EACH ROW EXECUTE FUNCTION delete_stored_file();
CREATE TRIGGER medical_document_delete_file AFTER DELETE ON public.medical_document FOR EACH ROW EXECUTE FUNCTION delete_stored_file();
CREATE TRIGGER sync_event_told AFTER INSERT ON public.sync_event FOR EACH ROW EXECUTE FUNCTION sync_event_told();

extension pg_trgm;

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
table document_page (
  document_id uuid not null
  number integer not null
  width real not null
  height real not null
  source text not null
  lines jsonb not null
  constraint document_page_document_id_fkey FOREIGN KEY (document_id) REFERENCES medical_document(id) ON DELETE CASCADE
  constraint document_page_pkey PRIMARY KEY (document_id, number)
  constraint document_page_source_check CHECK ((source = ANY (ARRAY['text_layer'::text, 'ocr'::text, 'docling'::text])))
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
  constraint lab_result_comparator_check CHECK ((comparator = ANY (ARRAY['<'::text, '<='::text, '>'::text, '>='::text, '~'::text])))
  constraint lab_result_document_id_document_position_key UNIQUE (document_id, document_position)
  constraint lab_result_document_id_fkey FOREIGN KEY (document_id) REFERENCES medical_document(id) ON DELETE SET NULL
  constraint lab_result_found_by_check CHECK ((found_by = ANY (ARRAY['rules'::text, 'model'::text, 'rules+model'::text, 'person'::text])))
  constraint lab_result_pkey PRIMARY KEY (id)
  constraint lab_result_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
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
  constraint medical_document_file_id_fkey FOREIGN KEY (file_id) REFERENCES stored_file(id)
  constraint medical_document_file_id_key UNIQUE (file_id)
  constraint medical_document_pkey PRIMARY KEY (id)
  constraint medical_document_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'parsing'::text, 'parsed'::text, 'extracting'::text, 'completed'::text, 'failed'::text])))
  constraint medical_document_user_id_content_hash_key UNIQUE (user_id, content_hash)
  constraint medical_document_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
unlogged table rate_limit (
  key text not null
  window_ends_at timestamp with time zone not null
  attempts integer not null
  constraint rate_limit_pkey PRIMARY KEY (key)
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
table schema_migration (
  id integer not null
  name text not null
  checksum text not null
  applied_at timestamp with time zone not null default now()
  constraint schema_migration_pkey PRIMARY KEY (id)
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
table "user" (
  id uuid not null
  first_name character varying(100)
  last_name character varying(100)
  email character varying(320)
  external_user_id character varying(255)
  created_at timestamp with time zone not null default now()
  constraint user_external_user_id_key UNIQUE (external_user_id)
  constraint user_pkey PRIMARY KEY (id)
);
table worker_process (
  id uuid not null
  worker_ids jsonb not null
  started_at timestamp with time zone not null default now()
  heartbeat_at timestamp with time zone not null
  constraint worker_process_pkey PRIMARY KEY (id)
);

CREATE INDEX api_key_created_by_idx ON public.api_key USING btree (created_by);
CREATE INDEX api_key_user_id_idx ON public.api_key USING btree (user_id);
CREATE INDEX chat_message_session_time_idx ON public.chat_message USING btree (session_id, created_at, id);
CREATE INDEX chat_session_user_activity_idx ON public.chat_session USING btree (user_id, last_activity_at DESC, id DESC);
CREATE UNIQUE INDEX developer_email_key ON public.developer USING btree (lower((email)::text));
CREATE INDEX lab_result_user_date_idx ON public.lab_result USING btree (user_id, recorded_at DESC, test_name);
CREATE INDEX lab_result_user_name_idx ON public.lab_result USING btree (user_id, lower((test_name)::text), recorded_at);
CREATE INDEX medical_document_user_created_idx ON public.medical_document USING btree (user_id, created_at DESC, id DESC);
CREATE INDEX medical_document_user_date_idx ON public.medical_document USING btree (user_id, document_date);
CREATE INDEX refresh_token_developer_id_idx ON public.refresh_token USING btree (developer_id);
CREATE INDEX refresh_token_family_id_idx ON public.refresh_token USING btree (family_id);
CREATE INDEX refresh_token_user_id_idx ON public.refresh_token USING btree (user_id);
CREATE INDEX symptom_entry_user_time_idx ON public.symptom_entry USING btree (user_id, recorded_at DESC, id DESC);
CREATE INDEX symptom_entry_user_type_idx ON public.symptom_entry USING btree (user_id, symptom_type, recorded_at);
CREATE INDEX user_created_at_idx ON public."user" USING btree (created_at, id);
CREATE UNIQUE INDEX user_email_key ON public."user" USING btree (lower((email)::text));

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

CREATE TRIGGER medical_document_delete_file AFTER DELETE ON public.medical_document FOR EACH ROW EXECUTE FUNCTION delete_stored_file();

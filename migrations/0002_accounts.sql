create table developer (
  id uuid primary key,
  email varchar(255) not null,
  first_name varchar(100),
  last_name varchar(100),
  -- Argon2id in PHC form: $argon2id$v=19$m=…
  password_hash text not null,
  -- The owner manages the team; members manage themselves.
  role text not null check (role in ('owner', 'member')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create unique index developer_email_key on developer (lower(email));

-- The people whose records these are. The name is the contract's and must be quoted.
create table "user" (
  id uuid primary key,
  first_name varchar(100),
  last_name varchar(100),
  email varchar(320),
  external_user_id varchar(255) unique,
  created_at timestamptz not null default now()
);

create unique index user_email_key on "user" (lower(email));
create index user_created_at_idx on "user" (created_at, id);

create table api_key (
  id uuid primary key,
  name text not null,
  -- SHA-256 of the secret: it has 128 random bits, so a slow hash adds nothing.
  key_hash text not null unique,
  key_prefix text not null,
  scope text not null check (scope in ('read', 'write')),
  user_id uuid references "user" on delete cascade,
  created_by uuid references developer on delete cascade,
  expires_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz not null default now()
);

create index api_key_user_id_idx on api_key (user_id);
create index api_key_created_by_idx on api_key (created_by);

-- One row per token; the rows of one login share family_id, so that reuse of a spent token ends the whole login.
create table refresh_token (
  id uuid primary key,
  family_id uuid not null,
  token_hash text not null unique,
  token_type text not null check (token_type in ('developer', 'sdk')),
  developer_id uuid references developer on delete cascade,
  user_id uuid references "user" on delete cascade,
  app_id varchar(64),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  replaced_at timestamptz,
  revoked_at timestamptz,
  check ((token_type = 'developer') = (developer_id is not null)),
  check ((token_type = 'sdk') = (user_id is not null))
);

create index refresh_token_family_id_idx on refresh_token (family_id);
create index refresh_token_developer_id_idx on refresh_token (developer_id);
create index refresh_token_user_id_idx on refresh_token (user_id);

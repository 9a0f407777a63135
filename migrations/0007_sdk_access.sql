-- Programs of a developer that hand out tokens to phones.
create table application (
  id uuid primary key,
  -- The public name, app_ and 32 hexadecimal digits; callers send it, so two must not share one.
  app_id varchar(64) not null unique,
  -- SHA-256 of the secret: it has 256 random bits, so a slow hash adds nothing.
  app_secret_hash text not null,
  name varchar(100) not null,
  -- An application acts for its developer and ends with them.
  developer_id uuid not null references developer on delete cascade,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create index application_developer_id_idx on application (developer_id);

-- Codes that a person types into their phone, once, to get tokens for it.
create table user_invitation_code (
  id uuid primary key,
  -- HMAC under the installation's key: a code has 40 random bits, which a plain hash would not hide.
  -- Unique, so that a code leads to one person.
  code_hash text not null unique,
  user_id uuid not null references "user" on delete cascade,
  -- What a developer handed out but nobody has used ends with that developer.
  created_by_id uuid not null references developer on delete cascade,
  expires_at timestamptz not null,
  redeemed_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  -- A code ends in one way.
  check (redeemed_at is null or revoked_at is null)
);

-- One open code a person: a new one replaces the old.
create unique index user_invitation_code_open_key on user_invitation_code (user_id)
  where redeemed_at is null and revoked_at is null;
create index user_invitation_code_user_id_idx on user_invitation_code (user_id);
create index user_invitation_code_created_by_id_idx on user_invitation_code (created_by_id);

-- What formulas need to know about a person: age and sex decide heart-rate zones and body composition.
create table personal_record (
  -- One record a person, deleted with them.
  user_id uuid primary key references "user" on delete cascade,
  -- Nobody alive was born before; an age beyond that is a typing error. The future is refused where the clock is.
  birth_date date check (birth_date >= date '1900-01-01'),
  -- The two that reference formulas distinguish.
  sex text check (sex in ('female', 'male')),
  -- The words of the contract.
  gender text check (gender in ('female', 'male', 'nonbinary', 'other')),
  updated_at timestamptz not null default now()
);

-- A person's activity of a local day, computed from samples and kept until the day goes stale. Row 0 is the merged day,
-- the others what each source alone would say; a null was not reported. There is no foreign key to the person, because
-- its lock would make a read wait for an import; a trigger takes the rows along.
create table day_summary (
  user_no integer not null,
  day date not null,
  source_no smallint not null,
  steps double precision,
  distance_meters double precision,
  flights double precision,
  elevation_meters double precision,
  active_calories_kcal double precision,
  basal_calories_kcal double precision,
  active_minutes integer,
  sedentary_minutes integer,
  light_minutes integer,
  moderate_minutes integer,
  vigorous_minutes integer,
  heart_rate_avg double precision,
  heart_rate_min double precision,
  heart_rate_max double precision,
  -- Who contributed to the merged day, the main one first: [{source_no, share, steps, …}]; null in a source's own row.
  sources jsonb,
  primary key (user_no, day, source_no)
);

-- Marks every summarized day of a person as stale, for all or for one source.
create function mark_summarized_days(person integer, source smallint) returns void language sql as $$
  insert into stale_day (user_no, what, day)
    select distinct d.user_no, 'summary', d.day
      from day_summary d
      where d.user_no = person
        and (source is null or d.source_no = source)
        and exists (select from "user" where no = person)
      order by 3
    on conflict (user_no, what, day) do update set day = excluded.day
$$;

-- A day looks different when one of its sources is gone, and exertion when the age is another.
create function day_summary_source_deleted() returns trigger language plpgsql as $$
begin
  perform mark_summarized_days(old.user_no, old.no);
  return null;
end $$;

create trigger day_summary_source_deleted after delete on data_source
  for each row execute function day_summary_source_deleted();

create function day_summary_age_changed() returns trigger language plpgsql as $$
begin
  perform mark_summarized_days((select no from "user" where id = new.user_id), null);
  return null;
end $$;

create trigger day_summary_age_recorded after insert on personal_record
  for each row when (new.birth_date is not null) execute function day_summary_age_changed();
create trigger day_summary_age_changed after update on personal_record
  for each row when (old.birth_date is distinct from new.birth_date) execute function day_summary_age_changed();

create function day_summary_user_deleted() returns trigger language plpgsql as $$
begin
  delete from day_summary where user_no = old.no;
  return null;
end $$;

create trigger day_summary_user_deleted after delete on "user"
  for each row execute function day_summary_user_deleted();

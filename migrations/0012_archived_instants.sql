-- At which instants an archived day was measured, in milliseconds from the day's midnight in UTC: what is sent again
-- later is known by it and not counted twice.
alter table sample_archive add column instants integer[] not null default '{}';

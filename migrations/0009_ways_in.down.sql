drop table raw_payload;
drop table import_run;
drop table sync_event;
drop function sync_event_told();

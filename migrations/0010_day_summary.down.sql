drop trigger day_summary_user_deleted on "user";
drop function day_summary_user_deleted();
drop trigger day_summary_age_changed on personal_record;
drop trigger day_summary_age_recorded on personal_record;
drop function day_summary_age_changed();
drop trigger day_summary_source_deleted on data_source;
drop function day_summary_source_deleted();
drop function mark_summarized_days(integer, smallint);
drop table day_summary;

alter table sleep_session drop column parts;

alter table sample_archive drop column instants;

drop table symptom_entry;

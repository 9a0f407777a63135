drop table document_page;
drop table medical_document;
drop function delete_stored_file;
delete from stored_file;

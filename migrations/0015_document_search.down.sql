alter table document_page
  drop column search,
  drop column text;
drop function page_text;
drop function folded_text;
drop extension pg_trgm;

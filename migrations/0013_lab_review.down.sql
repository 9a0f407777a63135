drop table page_image;
drop table lab_synonym;
drop table lab_rejection;
alter table document_page drop column view;
alter table medical_document drop column results_refused;
drop index lab_result_user_analyte_idx;
alter table lab_result
  drop column printed,
  drop column reviewed_at,
  drop column review_status,
  drop column candidates,
  drop column loinc_status,
  drop column analyte,
  drop column needs_review,
  drop column review_reasons,
  drop column confidence,
  drop column laboratory,
  drop column section,
  drop column specimen,
  drop column reference_max_inclusive,
  drop column reference_min_inclusive,
  drop column titre,
  drop column qualitative,
  drop column flag,
  drop column flag_printed;

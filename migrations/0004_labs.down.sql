drop table lab_result;

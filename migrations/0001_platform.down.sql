drop table stored_file_piece;
drop table stored_file;
drop table rate_limit;
drop table worker_process;

drop table personal_record;
drop table user_invitation_code;
drop table application;

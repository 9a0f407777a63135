drop table refresh_token;
drop table api_key;
drop table "user";
drop table developer;

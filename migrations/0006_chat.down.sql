drop table chat_message;
drop table chat_session;

drop function next_chat_message_at;
drop table chat_event;
drop table chat_turn;

drop table chat_event;
drop table chat_turn;

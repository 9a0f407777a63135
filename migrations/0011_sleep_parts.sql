-- What a vendor delivered, when a session was put together from several: each as it came, so that a part that is sent
-- again replaces itself and is never added twice. Null for a session that came in one piece or was built from stages.
alter table sleep_session add column parts jsonb;

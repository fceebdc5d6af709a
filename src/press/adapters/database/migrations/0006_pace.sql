-- Pace: what the provider asks for, when requests leave it, when a step was last looked at.

ALTER TABLE mailing ADD COLUMN held_since {integer} NOT NULL DEFAULT 0; -- the provider said: later,
ALTER TABLE mailing ADD COLUMN held_until {integer} NOT NULL DEFAULT 0; -- to everybody

-- When a request's mails go to readers: its send_at, or when it was claimed. Rates count by it.
ALTER TABLE request ADD COLUMN leaves_at {integer} NOT NULL DEFAULT 0;
UPDATE request SET leaves_at = coalesce(send_at, claimed_at);
DROP INDEX request_claimed;
CREATE INDEX request_leaves ON request (leaves_at);
CREATE INDEX request_leaves_of ON request (mailing_id, leaves_at);

-- Whether press was away while a step ran.
ALTER TABLE step ADD COLUMN looked_at {integer} NOT NULL DEFAULT 0;

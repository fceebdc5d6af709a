-- What lies under a suppression by hand, so that lifting it brings back just what was there:
-- weaker causes that hold on, and what the reader was.

CREATE TABLE overruled (
  email_hash {blob} PRIMARY KEY,
  cause      TEXT NOT NULL CHECK (cause IN ('unsubscribed', 'bounced')),
  since      {integer} NOT NULL,
  source     TEXT NOT NULL DEFAULT ''
) {keyed};

ALTER TABLE subscriber ADD COLUMN before_hand TEXT NOT NULL DEFAULT ''
  CHECK (before_hand IN ('', 'pending', 'active'));

ALTER TABLE membership ADD COLUMN before_hand TEXT NOT NULL DEFAULT ''
  CHECK (before_hand IN ('', 'unconfirmed', 'confirmed'));

-- Mails to confirm that a mailbox put off: when each is tried next, and how often it was.

ALTER TABLE confirmation ADD COLUMN next_at {integer};                   -- none: nothing to try
ALTER TABLE confirmation ADD COLUMN tries {integer} NOT NULL DEFAULT 0;  -- put off so often

-- Whose mail bounced or was called spam: the stop conditions are asked before every step, and
-- all readers are counted only where there is one of these.
CREATE INDEX delivery_harmed ON delivery (mailing_id, step)
  WHERE provider_state IN ('bounced', 'complained');

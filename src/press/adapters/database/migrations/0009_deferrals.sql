-- How often a reader's own mailbox said "later"; what was given back unsent does not count.

ALTER TABLE delivery ADD COLUMN deferrals {integer} NOT NULL DEFAULT 0;

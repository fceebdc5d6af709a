-- Readers, what they asked for, and who must never be written to again.
-- {serial}, {integer}, {blob}, {strict} and {keyed} stand for what the two databases call
-- by different names; see dialect.py. Times are Unix seconds, UTC.

CREATE TABLE setting (          -- facts of this database, such as which secret it goes with
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) {strict};

CREATE TABLE subscriber (
  id            {serial},
  public_id     TEXT NOT NULL,            -- 128 random bits: the only name that leaves the house
  email         TEXT NOT NULL,            -- empty for the erased
  email_key     TEXT NOT NULL UNIQUE,     -- what makes two addresses the same
  email_hash    {blob} NOT NULL,          -- keyed hash of email_key, as in suppression
  name          TEXT NOT NULL DEFAULT '',
  lang          TEXT NOT NULL DEFAULT '',
  timezone      TEXT NOT NULL DEFAULT '',
  status        TEXT NOT NULL CHECK (status IN
                ('pending', 'active', 'unsubscribed', 'bounced', 'complained', 'erased')),
  status_at     {integer} NOT NULL,
  status_source TEXT NOT NULL DEFAULT '',
  joined_at     {integer} NOT NULL,
  attributes    TEXT NOT NULL DEFAULT '{{}}'  -- further fields of an import, JSON, text only
) {strict};
CREATE UNIQUE INDEX subscriber_public_id ON subscriber (public_id);
CREATE INDEX subscriber_hash ON subscriber (email_hash);
CREATE INDEX subscriber_pending ON subscriber (status_at) WHERE status = 'pending';

CREATE TABLE list (
  id    {serial},
  name  TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL DEFAULT ''
) {strict};

CREATE TABLE membership (
  list_id       {integer} NOT NULL REFERENCES list (id),
  subscriber_id {integer} NOT NULL REFERENCES subscriber (id),
  standing      TEXT NOT NULL CHECK (standing IN ('unconfirmed', 'confirmed', 'withdrawn')),
  standing_at   {integer} NOT NULL,
  PRIMARY KEY (list_id, subscriber_id)
) {keyed};
CREATE INDEX membership_subscriber ON membership (subscriber_id);
CREATE INDEX membership_unconfirmed ON membership (subscriber_id)
  WHERE standing = 'unconfirmed';

CREATE TABLE tag (
  subscriber_id {integer} NOT NULL REFERENCES subscriber (id),
  name          TEXT NOT NULL,
  PRIMARY KEY (subscriber_id, name)
) {keyed};
CREATE INDEX tag_name ON tag (name);

CREATE TABLE consent (          -- append only: what was given, and when it was written down
  id            {serial},
  subscriber_id {integer} NOT NULL REFERENCES subscriber (id),
  list_name     TEXT NOT NULL DEFAULT '',
  basis         TEXT NOT NULL CHECK (basis IN ('consent', 'contract', 'soft-opt-in')),
  source        TEXT NOT NULL,
  given_at      {integer} NOT NULL,
  recorded_at   {integer} NOT NULL
) {strict};
CREATE INDEX consent_subscriber ON consent (subscriber_id);

CREATE TABLE suppression (      -- survives erasure: holds no address
  email_hash {blob} PRIMARY KEY,
  cause      TEXT NOT NULL CHECK (cause IN
             ('unsubscribed', 'bounced', 'complained', 'erased', 'by-hand')),
  since      {integer} NOT NULL,
  source     TEXT NOT NULL DEFAULT ''
) {keyed};

CREATE TABLE audit (            -- append only; no address, no name
  id     {serial},
  at     {integer} NOT NULL,
  who    TEXT NOT NULL,
  what   TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT ''
) {strict};

-- The ledger: a mailing to a frozen audience consists of deliveries, handed over in requests.
-- Every change of state is one UPDATE … WHERE state = <expected>, whose count is looked at.

CREATE TABLE letter (           -- frozen: a mailing sends what stands here, never a build
  content TEXT NOT NULL,        -- SHA-256 of all letters of the mailing
  variant TEXT NOT NULL,
  place   {integer} NOT NULL,   -- the order of variants
  letter  TEXT NOT NULL,        -- JSON
  PRIMARY KEY (content, variant)
) {strict};

CREATE TABLE sign_off (         -- what somebody said of a content: tested, approved, printed
  id      {serial},
  edition TEXT NOT NULL,
  content TEXT NOT NULL,
  what    TEXT NOT NULL CHECK (what IN ('tested', 'approved', 'printed')),
  who     TEXT NOT NULL,
  at      {integer} NOT NULL
) {strict};

CREATE TABLE mailing (
  id          {serial},
  edition     TEXT NOT NULL,
  audience    TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('live', 'test')),
  state       TEXT NOT NULL CHECK (state IN ('scheduled', 'preparing', 'ready', 'sending',
              'paused', 'done', 'missed', 'cancelled')),
  state_at    {integer} NOT NULL,
  why         TEXT NOT NULL DEFAULT '',
  content     TEXT NOT NULL,
  courier     TEXT NOT NULL,
  fenced      {integer} NOT NULL DEFAULT 0,
  window_s    {integer} NOT NULL DEFAULT 43200,
  list_id     {integer} REFERENCES list (id), -- whose members get it; none for addresses of our own
  rules       TEXT NOT NULL DEFAULT '{{}}',     -- who is left out, who gets which variant: JSON
  owner       TEXT NOT NULL DEFAULT '',       -- who is writing its audience down
  confirmed   {integer},
  candidates  {integer},        -- = deliveries + excluded
  prepared_at {integer},
  parent      {integer} REFERENCES mailing (id),  -- the live mailing that a test belongs to
  parent_step {integer}
) {strict};
-- The second start of the same edition, by hand or by another machine, fails here.
CREATE UNIQUE INDEX one_live_mailing ON mailing (edition, audience)
  WHERE kind = 'live' AND state <> 'cancelled';
CREATE UNIQUE INDEX one_test_a_step ON mailing (parent, parent_step)
  WHERE parent IS NOT NULL AND state <> 'cancelled';

CREATE TABLE step (
  mailing_id {integer} NOT NULL REFERENCES mailing (id),
  number     {integer} NOT NULL,
  name       TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('live', 'test')),
  state      TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'missed')),
  due_at     {integer},
  details    TEXT NOT NULL,     -- JSON: the rest of model.mailing.Step
  PRIMARY KEY (mailing_id, number)
) {strict};

CREATE TABLE left_out (         -- candidates whom the mailing is not for, by reason
  mailing_id {integer} NOT NULL REFERENCES mailing (id),
  reason     TEXT NOT NULL,
  count      {integer} NOT NULL,
  PRIMARY KEY (mailing_id, reason)
) {strict};

CREATE TABLE request (          -- one row = one call to the provider
  id            TEXT PRIMARY KEY,
  mailing_id    {integer} NOT NULL REFERENCES mailing (id),
  step          {integer} NOT NULL,
  state         TEXT NOT NULL CHECK (state IN
                ('reserved', 'inflight', 'accepted', 'refused', 'in_doubt')),
  count         {integer} NOT NULL,
  batch         TEXT NOT NULL DEFAULT '',     -- the provider's name, fenced mailings only
  send_at       {integer},
  fence         TEXT NOT NULL DEFAULT 'none'
                CHECK (fence IN ('none', 'asked', 'confirmed')),
  owner         TEXT NOT NULL,                -- the connection that claimed it,
  process       TEXT NOT NULL,                -- and how to see whether it lives
  body_hash     TEXT NOT NULL DEFAULT '',
  status        {integer},
  message_id    TEXT NOT NULL DEFAULT '',
  detail        TEXT NOT NULL DEFAULT '',
  claimed_at    {integer} NOT NULL,
  started_at    {integer},
  settled_at    {integer}
) {strict};
CREATE INDEX request_open ON request (mailing_id, state);
CREATE INDEX request_claimed ON request (claimed_at);

CREATE TABLE delivery (
  id             {serial},
  mailing_id     {integer} NOT NULL REFERENCES mailing (id),
  step           {integer} NOT NULL,
  subscriber_id  {integer},     -- none for addresses of our own
  email          TEXT NOT NULL, -- empty once the reader is erased
  email_key      TEXT NOT NULL,
  email_hash     {blob} NOT NULL,
  variant        TEXT NOT NULL,
  copy           {integer} NOT NULL DEFAULT 0,     -- readers get one; the desk each variant
  state          TEXT NOT NULL DEFAULT 'pending' CHECK (state IN
                 ('pending', 'reserved', 'accepted', 'skipped', 'failed', 'in_doubt')),
  reason         TEXT NOT NULL DEFAULT '',
  request_id     TEXT REFERENCES request (id),
  most           {integer} NOT NULL DEFAULT 1000,  -- halved after a refusal
  attempts       {integer} NOT NULL DEFAULT 0,
  not_before     {integer} NOT NULL DEFAULT 0,     -- a mailbox said: later
  provider_state TEXT NOT NULL DEFAULT '',
  provider_at    {integer},
  UNIQUE (mailing_id, email_key, copy)
) {strict};
CREATE INDEX delivery_pending ON delivery (mailing_id, step, variant, id)
  WHERE state = 'pending';
CREATE INDEX delivery_request ON delivery (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX delivery_subscriber ON delivery (subscriber_id)
  WHERE subscriber_id IS NOT NULL;


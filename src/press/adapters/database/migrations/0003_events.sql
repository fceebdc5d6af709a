-- What providers and readers tell after a mail was handed over.

CREATE TABLE event (
  key         TEXT PRIMARY KEY,          -- kind, who, request, time, detail: see model.event
  kind        TEXT NOT NULL,
  at          {integer} NOT NULL,
  delivery_id {integer},
  request_id  TEXT NOT NULL DEFAULT '',
  machine     {integer} NOT NULL DEFAULT 0,
  detail      TEXT NOT NULL DEFAULT '',
  provider_id TEXT NOT NULL DEFAULT '',
  seen_at     {integer} NOT NULL
) {keyed};
CREATE INDEX event_delivery ON event (delivery_id) WHERE delivery_id IS NOT NULL;
-- What readers did, counted by deliveries without a look at every event.
CREATE INDEX event_seen ON event (kind, machine, delivery_id)
  WHERE kind IN ('opened', 'clicked', 'unsubscribed');

-- What a provider is still to be asked about readers who left, came back or were erased.
-- An address stands here only until that is done.

CREATE TABLE errand (
  id            {serial},
  subscriber_id {integer} NOT NULL,
  email         TEXT NOT NULL,            -- empty once it is done
  what          TEXT NOT NULL CHECK (what IN ('withhold', 'release', 'forget')),
  since         {integer} NOT NULL,
  not_before    {integer} NOT NULL,
  done_at       {integer}
) {strict};
CREATE INDEX errand_open ON errand (not_before) WHERE done_at IS NULL;
CREATE INDEX errand_reader ON errand (subscriber_id);

-- Who was written to with a link to confirm, and when: nobody is for each time that somebody
-- types their address into a form.

CREATE TABLE confirmation (
  subscriber_id {integer} PRIMARY KEY REFERENCES subscriber (id),
  written_at    {integer} NOT NULL
) {keyed};

-- Work in progress is a record of its own instead of six columns of the destination: one row for each destination at which an entry
-- has begun or was postponed, and is not settled yet.
--
-- seq: the journal entry. part: the part whose intent is recorded and that has no receipt. is_uncertain: an earlier attempt than
-- the latest may have sent it. is_priority: the entry is delivered ahead of its turn, so the position stays. attempts: failed
-- ones. due_ms: not to be tried before then.

CREATE TABLE in_flight (
  destination INTEGER PRIMARY KEY REFERENCES destination (ref) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  part INTEGER,
  is_uncertain INTEGER NOT NULL,
  is_priority INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  due_ms INTEGER
) STRICT;
INSERT INTO in_flight
  SELECT ref, begun_seq, begun_part, in_doubt, begun_ahead, attempts, due_ms FROM destination
  WHERE begun_seq > position;
-- Destinations that are postponed although nothing is in progress.
INSERT INTO in_flight
  SELECT ref, position, NULL, 0, 0, 0, due_ms FROM destination
  WHERE coalesce(begun_seq, position) <= position AND due_ms IS NOT NULL;
CREATE INDEX in_flight_postponed ON in_flight (due_ms) WHERE due_ms IS NOT NULL;

DROP INDEX destination_behind;
DROP INDEX destination_postponed;
ALTER TABLE destination DROP COLUMN due_ms;
ALTER TABLE destination DROP COLUMN attempts;
ALTER TABLE destination DROP COLUMN begun_seq;
ALTER TABLE destination DROP COLUMN begun_part;
ALTER TABLE destination DROP COLUMN in_doubt;
ALTER TABLE destination DROP COLUMN begun_ahead;
CREATE INDEX destination_behind ON destination (platform, position) WHERE state = 'active' AND held_ms IS NULL;

-- Destinations that are deferred until the time of their digest or the end of quiet hours. They leave the index of destinations that
-- are behind; otherwise every query for tasks would find them all day long. Until then only priority entries concern them:
-- breaking news if they allow it, and changes to notes they have.
--
-- held_ms: deferred until then (milliseconds since 1970, by the calendar). ahead_seq: priority entries up to this one have been
-- considered. begun_ahead: the entry in progress is a priority entry, so the position stays.

ALTER TABLE destination ADD COLUMN held_ms INTEGER;
ALTER TABLE destination ADD COLUMN ahead_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE destination ADD COLUMN begun_ahead INTEGER NOT NULL DEFAULT 0;
ALTER TABLE journal ADD COLUMN is_breaking INTEGER NOT NULL DEFAULT 0;
CREATE INDEX journal_ahead ON journal (seq) WHERE is_breaking OR action <> 'post';

DROP INDEX destination_behind;
CREATE INDEX destination_behind ON destination (platform, position, due_ms)
  WHERE state = 'active' AND held_ms IS NULL;
CREATE INDEX destination_held ON destination (platform, held_ms) WHERE state = 'active' AND held_ms IS NOT NULL;
CREATE INDEX destination_ahead ON destination (platform, ahead_seq) WHERE state = 'active' AND held_ms IS NOT NULL;

-- Entries of deferred destinations don't count as waiting.
INSERT INTO tally VALUES ('held', 0, 0);
DROP TRIGGER destination_added;
DROP TRIGGER destination_removed;
DROP TRIGGER destination_advanced;
DROP TRIGGER destination_changed;
CREATE TRIGGER destination_added AFTER INSERT ON destination BEGIN
  UPDATE tally SET count = count + 1, positions = positions + new.position
  WHERE name = iif(new.state = 'active' AND new.held_ms IS NOT NULL, 'held', new.state);
END;
CREATE TRIGGER destination_removed AFTER DELETE ON destination BEGIN
  UPDATE tally SET count = count - 1, positions = positions - old.position
  WHERE name = iif(old.state = 'active' AND old.held_ms IS NOT NULL, 'held', old.state);
END;
CREATE TRIGGER destination_advanced AFTER UPDATE OF position ON destination
  WHEN old.state = new.state AND (old.held_ms IS NULL) = (new.held_ms IS NULL) BEGIN
  UPDATE tally SET positions = positions + new.position - old.position
  WHERE name = iif(new.state = 'active' AND new.held_ms IS NOT NULL, 'held', new.state);
END;
CREATE TRIGGER destination_changed AFTER UPDATE OF state, held_ms ON destination
  WHEN old.state <> new.state OR (old.held_ms IS NULL) <> (new.held_ms IS NULL) BEGIN
  UPDATE tally SET count = count - 1, positions = positions - old.position
  WHERE name = iif(old.state = 'active' AND old.held_ms IS NOT NULL, 'held', old.state);
  UPDATE tally SET count = count + 1, positions = positions + new.position
  WHERE name = iif(new.state = 'active' AND new.held_ms IS NOT NULL, 'held', new.state);
END;

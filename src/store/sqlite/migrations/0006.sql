-- Counters of notes and destinations, and of how far those have got, kept by triggers: counting a million notes takes longer than
-- any other query that runs as often. Indexes for the few destinations that are looked up among many: those of the operator
-- and those that are not active.

CREATE TABLE tally (name TEXT PRIMARY KEY, count INTEGER NOT NULL, positions INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO tally SELECT 'note', count(*), 0 FROM note;
INSERT INTO tally SELECT value, count(ref), coalesce(sum(position), 0)
  FROM json_each('["active", "suspended", "gone"]') LEFT JOIN destination ON state = value GROUP BY value;

CREATE TRIGGER note_added AFTER INSERT ON note BEGIN
  UPDATE tally SET count = count + 1 WHERE name = 'note';
END;
CREATE TRIGGER note_removed AFTER DELETE ON note BEGIN
  UPDATE tally SET count = count - 1 WHERE name = 'note';
END;
CREATE TRIGGER destination_added AFTER INSERT ON destination BEGIN
  UPDATE tally SET count = count + 1, positions = positions + new.position WHERE name = new.state;
END;
CREATE TRIGGER destination_removed AFTER DELETE ON destination BEGIN
  UPDATE tally SET count = count - 1, positions = positions - old.position WHERE name = old.state;
END;
CREATE TRIGGER destination_advanced AFTER UPDATE OF position ON destination WHEN old.state = new.state BEGIN
  UPDATE tally SET positions = positions + new.position - old.position WHERE name = new.state;
END;
CREATE TRIGGER destination_changed AFTER UPDATE OF state ON destination WHEN old.state <> new.state BEGIN
  UPDATE tally SET count = count - 1, positions = positions - old.position WHERE name = old.state;
  UPDATE tally SET count = count + 1, positions = positions + new.position WHERE name = new.state;
END;

CREATE INDEX destination_by_config ON destination (ref) WHERE source = 'config';
CREATE INDEX destination_at_rest ON destination (state) WHERE state <> 'active';

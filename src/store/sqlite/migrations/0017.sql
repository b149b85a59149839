-- Months with notes, in UTC, by the date that readers see; counted by triggers, as in 0006.

CREATE TABLE month (month TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO month
  SELECT strftime('%Y-%m', moment / 1048576, 'unixepoch') AS name, count(*) FROM note GROUP BY name;

CREATE TRIGGER month_added AFTER INSERT ON note BEGIN
  INSERT INTO month VALUES (strftime('%Y-%m', new.moment / 1048576, 'unixepoch'), 1)
    ON CONFLICT (month) DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER month_removed AFTER DELETE ON note BEGIN
  UPDATE month SET count = count - 1 WHERE month = strftime('%Y-%m', old.moment / 1048576, 'unixepoch');
END;
CREATE TRIGGER month_moved AFTER UPDATE OF moment ON note WHEN old.moment <> new.moment BEGIN
  UPDATE month SET count = count - 1 WHERE month = strftime('%Y-%m', old.moment / 1048576, 'unixepoch');
  INSERT INTO month VALUES (strftime('%Y-%m', new.moment / 1048576, 'unixepoch'), 1)
    ON CONFLICT (month) DO UPDATE SET count = count + 1;
END;

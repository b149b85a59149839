-- The series that titled notes belong to, and the relays that notes came from. Archived notes are reindexed in steps after
-- the migration, the newest first: "unsorted" holds the row id below which that has not happened yet.

CREATE TABLE series (
  moment INTEGER PRIMARY KEY REFERENCES note (moment) ON DELETE CASCADE,
  name TEXT NOT NULL
) STRICT;
CREATE INDEX series_by_name ON series (name, moment);

CREATE TABLE unsorted (one INTEGER PRIMARY KEY CHECK (one = 1), below INTEGER NOT NULL) STRICT;
INSERT INTO unsorted SELECT 1, max(moment) + 1 FROM note HAVING count(*) > 0;

CREATE TABLE seen (
  moment INTEGER NOT NULL REFERENCES note (moment) ON DELETE CASCADE,
  relay TEXT NOT NULL,
  PRIMARY KEY (moment, relay)
) STRICT, WITHOUT ROWID;

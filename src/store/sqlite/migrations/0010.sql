-- Counts by UTC day and platform.

CREATE TABLE figure (
  day INTEGER NOT NULL, platform TEXT NOT NULL, what TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (day, platform, what)
) STRICT, WITHOUT ROWID;

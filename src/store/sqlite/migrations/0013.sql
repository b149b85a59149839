-- Spellings of words in the archive that aren't plain: "email" is written "e mail", in tokens, if a text has "e-mail". Archived
-- notes are reindexed in steps (0007).

CREATE TABLE spelling (
  plain TEXT NOT NULL,
  written TEXT NOT NULL,
  PRIMARY KEY (plain, written)
) STRICT, WITHOUT ROWID;
INSERT OR REPLACE INTO unsorted SELECT 1, max(moment) + 1 FROM note HAVING count(*) > 0;

-- Checkpoints in the full-text index (src/store/sqlite/search/scan-checkpoints.ts) for the notes that are archived. There is none
-- where a note of the first version occupies its row id, which happens once in a million.
--
-- Every transaction adds a segment to the full-text index. FTS5 merges sixteen at a time instead of four, so that notes are
-- rewritten less often, and merges everything at once only if that fails by far, because everything else waits for it. Queries
-- look at more segments, at a few microseconds each. Store.maintain merges further.

INSERT INTO words (rowid, title, body, tags, characters)
  SELECT DISTINCT moment - moment % 1048576 AS milestone, '', '', '·milestone', '' FROM note
  WHERE moment % 1024 = 0 AND milestone NOT IN (SELECT moment FROM note) ORDER BY milestone;
INSERT INTO words (words, rank) VALUES ('automerge', 16), ('crisismerge', 64);

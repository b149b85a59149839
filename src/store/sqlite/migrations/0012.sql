-- Series are recognized better: all notes are reindexed in steps, as in 0007.

DELETE FROM series;
INSERT OR REPLACE INTO unsorted SELECT 1, max(moment) + 1 FROM note HAVING count(*) > 0;

/**
 * The milestones for the notes that are there. Where a note of the first program stands in the place of one, as one in a
 * million does, there is none.
 *
 * How FTS5 merges the segments of the index, one of which comes with every transaction: sixteen into one and not four,
 * so that each note is written fewer times over, and all at once only where that fails by far, since then everything
 * waits. What finds a word looks at more segments, a few microseconds each; `Store.tidy` merges further.
 */
export const milestoneSchema = `
INSERT INTO words (rowid, title, body, tags, characters)
  SELECT DISTINCT moment - moment % 1048576 AS milestone, '', '', '·milestone', '' FROM note
  WHERE moment % 1024 = 0 AND milestone NOT IN (SELECT moment FROM note) ORDER BY milestone;
INSERT INTO words (words, rank) VALUES ('automerge', 16), ('crisismerge', 64);
`;

/**
 * How words are spelled in the archive where that is not plain: `email` is written `e mail`, in tokens, where a text has
 * `e-mail`. What older programs archived is looked at again behind a start, in steps (`unsorted`).
 */
export const spellingSchema = `
CREATE TABLE spelling (
  plain TEXT NOT NULL,
  written TEXT NOT NULL,
  PRIMARY KEY (plain, written)
) STRICT, WITHOUT ROWID;
INSERT OR REPLACE INTO unsorted SELECT 1, max(moment) + 1 FROM note HAVING count(*) > 0;
`;

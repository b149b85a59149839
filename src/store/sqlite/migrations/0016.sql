-- Activity counts by hour, for the status page.
--
-- hour: whole hours since 1970. subject: a platform or a relay, or empty. bucket: of a duration, a step of its scale.

CREATE TABLE activity (
  hour INTEGER NOT NULL,
  what TEXT NOT NULL,
  subject TEXT NOT NULL,
  bucket INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (hour, what, subject, bucket)
) STRICT, WITHOUT ROWID;

-- Edited articles are listed where they first came out, but known ids are listed by the date of the newest version.

CREATE INDEX note_edited ON note (created_at) WHERE created_at > moment / 1048576 + 1;

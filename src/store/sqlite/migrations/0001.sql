-- The tables of the first version.
--
-- The full-text index stores no text (content='') and is given ready tokens (src/note/search/tokens.ts), folded and separated by
-- spaces. The ascii tokenizer takes every character above U+007F as part of a word, so it changes nothing in them. Tokens that
-- begin with a middle dot describe the note; no word can look like one.

CREATE TABLE note (
  moment INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  key TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  post_type TEXT NOT NULL,
  expires_at INTEGER,
  event TEXT NOT NULL
) STRICT;
CREATE INDEX note_by_type ON note (post_type, moment);
CREATE INDEX note_by_expiry ON note (expires_at) WHERE expires_at IS NOT NULL;

-- Ids that were accepted but are not, or no longer, in the archive: older versions, deleted notes, deletion requests.
CREATE TABLE past (id TEXT PRIMARY KEY, key TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Notes that must stay out: ids forever, addresses for versions up to a second.
CREATE TABLE tombstone (key TEXT PRIMARY KEY, until INTEGER) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5 (
  title, body, tags, characters, content='', contentless_delete=1, tokenize='ascii'
);
-- Every word ever indexed, for expanding prefixes.
CREATE TABLE vocabulary (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Without gaps: the entry after position p is p + 1.
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  action TEXT NOT NULL CHECK (action IN ('post', 'replace', 'delete')),
  key TEXT NOT NULL,
  post_type TEXT
) STRICT;
CREATE INDEX journal_by_key ON journal (key, seq);

-- post_types: names between spaces. begun_seq: the entry in progress; begun_part: the part of it that may have been sent;
-- in_doubt: an earlier attempt than the latest may have sent it.
CREATE TABLE destination (
  ref INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  platform TEXT NOT NULL,
  source TEXT NOT NULL,
  variant TEXT NOT NULL,
  post_types TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended', 'gone')),
  reason TEXT,
  position INTEGER NOT NULL,
  due_ms INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  begun_seq INTEGER,
  begun_part INTEGER,
  in_doubt INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX destination_behind ON destination (platform, position, due_ms) WHERE state = 'active';
CREATE INDEX destination_postponed ON destination (platform, due_ms) WHERE state = 'active' AND due_ms IS NOT NULL;

-- note_id is null where it equals the key, which is most of the time.
CREATE TABLE receipt (
  destination INTEGER NOT NULL REFERENCES destination (ref) ON DELETE CASCADE,
  key TEXT NOT NULL,
  part INTEGER NOT NULL,
  note_id TEXT,
  receipt TEXT NOT NULL,
  PRIMARY KEY (destination, key, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE value (
  namespace TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  expires_ms INTEGER,
  PRIMARY KEY (namespace, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX value_by_expiry ON value (expires_ms) WHERE expires_ms IS NOT NULL;

CREATE TABLE pulse (one INTEGER PRIMARY KEY CHECK (one = 1), at_ms INTEGER NOT NULL) STRICT;

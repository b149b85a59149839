-- Dates of known ids, for synchronization by date. Those of notes replaced or deleted before were not kept.

ALTER TABLE past ADD COLUMN created_at INTEGER;
CREATE INDEX past_by_date ON past (created_at, id) WHERE created_at IS NOT NULL;

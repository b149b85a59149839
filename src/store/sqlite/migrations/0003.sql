-- Since when a destination has been gone, so that it can be deleted after a while.

ALTER TABLE destination ADD COLUMN gone_ms INTEGER;
UPDATE destination SET gone_ms = unixepoch() * 1000 WHERE state = 'gone';

-- Preferences as text, since there are too many for a column each.

ALTER TABLE destination ADD COLUMN choices TEXT NOT NULL DEFAULT '';
UPDATE destination SET choices = 'types: ' || coalesce(nullif(replace(trim(post_types), ' ', ', '), ''), 'none');
ALTER TABLE destination DROP COLUMN variant;

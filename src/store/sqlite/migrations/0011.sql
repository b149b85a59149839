-- The text of suggestions was stored in several places. Now only the suggestion has it, and everything else refers to it by number,
-- so that deleting it leaves nothing behind. Callbacks record whose they are, limits are stored by pseudonym, and people go by the
-- same name everywhere.

UPDATE value SET value = json_set(value.value, '$.value.letter', json_extract(letter.value, '$.value.item'))
FROM value AS letter
WHERE value.namespace = 'proposal' AND letter.namespace = 'letter'
  AND letter.name = 'proposal ' || json_extract(value.value, '$.value.number')
  AND json_type(letter.value, '$.value.item') = 'object';
UPDATE value
SET value = json_set(value, '$.value.item', json_object('proposal', CAST(substr(name, length('proposal ') + 1) AS INTEGER)))
WHERE namespace = 'letter' AND name LIKE 'proposal %' AND json_type(value, '$.value.item') = 'object';
UPDATE value SET value = json_set(value, '$.value.item.proposal', json_extract(value, '$.value.item.proposal.number'))
WHERE namespace = 'reply' AND json_type(value, '$.value.item.proposal') = 'object';
UPDATE value SET value = json_set(value, '$.value', json_object('line', json_extract(value, '$.value')))
WHERE namespace = 'press' AND json_type(value, '$.value') = 'text';
UPDATE value SET name = 'telegram:' || replace(name, ' ', ' telegram:') WHERE namespace = 'telegram-question';
DELETE FROM value WHERE namespace = 'proposal-times';

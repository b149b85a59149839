-- The first version stored the default variant of its time, although nobody had chosen it.

UPDATE destination SET variant = '';

import { expect, test } from 'vitest';
import { eventToNote } from '../../../src/note/event-to-note.ts';
import { noteOfRow } from '../../../src/store/copy/side.ts';
import { idOf } from '../../contract/store-notes.fixture.ts';

const answer = {
  id: idOf('answer'),
  pubkey: 'a'.repeat(64),
  created_at: 1_700_000_000,
  kind: 1,
  tags: [['e', idOf('question'), '', 'reply']],
  content: 'Copper, I think.',
  sig: 'f'.repeat(128),
};

test.each(['reply', 'note'])('a post keeps the type it was given when it came in: %s', (post_type) => {
  expect(noteOfRow({ event: JSON.stringify(answer), post_type }, eventToNote)).toMatchObject({
    postType: post_type,
  });
});

import type { Inline } from './document.ts';
import type { Note } from './note.ts';
import type { Query } from './query.ts';

export function passage(_note: Note, _query: Query): readonly Inline[] {
  return [];
}

import type { Note } from '../note/note.ts';
import { decodePointer } from '../note/pointer.ts';
import type { ReadableArchive } from './../store/archive.ts';

type SearchableArchive = Pick<ReadableArchive, 'find' | 'search'>;

/**
 * Finds the note that a user refers to: by the code shown in lists, its id, a NIP-19 code, a web client's URL, an
 * autocompleted title, or else by words that all occur in it. If several match, the best and newest one is returned.
 */
export async function resolveNote(given: string, archive: SearchableArchive): Promise<Note | undefined> {
  const [, code = given] = / · ([0-9a-f]{8})$/u.exec(given.trim()) ?? [];
  return (await archive.find(archiveKey(code))) ?? (await searchNote(given, archive));
}

/** The archive's key in the input. People also paste whole URLs from web clients. */
function archiveKey(given: string): string {
  const code = given.trim().replace(/^.*[/:]/u, '');
  const pointer = decodePointer(code);
  if (pointer?.type === 'event') return pointer.id;
  if (pointer?.type === 'address') return `${pointer.kind}:${pointer.pubkey}:${pointer.identifier}`;
  return (/^[0-9a-f]{64}$/iu.test(code) ? code : given.trim()).toLowerCase();
}

/** Words are taken literally: a leading dash doesn't exclude anything. */
async function searchNote(given: string, archive: SearchableArchive): Promise<Note | undefined> {
  const words = given.trim().split(/\s+/u);
  const query = { words, phrases: [], without: [], hashtags: [] };
  return (await archive.search(query, { count: 1 })).notes[0];
}

import type { Note } from '../note/note.ts';
import { decodePointer } from '../note/pointer.ts';
import type { ReadableArchive } from './../store/archive.ts';

type SearchableArchive = Pick<ReadableArchive, 'find' | 'search'>;

/**
 * Finds the note that somebody means: by the code shown in lists, its id, a NIP-19 code, a web client's address, an
 * autocompleted title, or else by words that all occur in it; the best and newest of several.
 */
export async function resolveNote(given: string, archive: SearchableArchive): Promise<Note | undefined> {
  const [, code = given] = / · ([0-9a-f]{8})$/u.exec(given.trim()) ?? [];
  return (await archive.find(archiveKey(code))) ?? (await searchNote(given, archive));
}

/** The archive's key in the input. People also paste codes from web clients, with the whole address. */
function archiveKey(given: string): string {
  const code = given.trim().replace(/^.*[/:]/u, '');
  const pointer = decodePointer(code);
  if (pointer?.type === 'event') return pointer.id;
  if (pointer?.type === 'address') return `${pointer.kind}:${pointer.pubkey}:${pointer.identifier}`;
  return (/^[0-9a-f]{64}$/iu.test(code) ? code : given.trim()).toLowerCase();
}

/** Words are taken literally: a dash in a quotation excludes nothing. */
async function searchNote(given: string, archive: SearchableArchive): Promise<Note | undefined> {
  const words = given.trim().split(/\s+/u);
  const query = { words, phrases: [], without: [], hashtags: [] };
  return (await archive.search(query, { count: 1 })).notes[0];
}

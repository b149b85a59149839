import type { Note } from '../note/note.ts';
import { decodePointer } from '../note/pointer.ts';
import type { Archive } from './command.ts';

type SearchableArchive = Pick<Archive, 'find' | 'search'>;

/**
 * The note that somebody means: by the code that lists show, its id, a Nostr code (NIP-19), the address of a web client,
 * what is suggested while it is typed, or else by words that all stand in it; of several, the best and newest.
 */
export async function resolveNote(given: string, archive: SearchableArchive): Promise<Note | undefined> {
  const [, code = given] = / · ([0-9a-f]{8})$/u.exec(given.trim()) ?? [];
  return (await archive.find(archiveKey(code))) ?? (await searchNote(given, archive));
}

/** What the archive is to look for: codes are also pasted from web clients, whole addresses included. */
function archiveKey(given: string): string {
  const code = given.trim().replace(/^.*[/:]/u, '');
  const pointer = decodePointer(code);
  if (pointer?.type === 'event') return pointer.id;
  if (pointer?.type === 'address') return `${pointer.kind}:${pointer.pubkey}:${pointer.identifier}`;
  return (/^[0-9a-f]{64}$/iu.test(code) ? code : given.trim()).toLowerCase();
}

/** Taken as they are: a dash in a quotation excludes nothing. */
async function searchNote(given: string, archive: SearchableArchive): Promise<Note | undefined> {
  const words = given.trim().split(/\s+/u);
  const query = { words, phrases: [], without: [], hashtags: [] };
  return (await archive.search(query, { count: 1 })).notes[0];
}

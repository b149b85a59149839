import { datedAt, type Note } from '../../note/note.ts';
import type { PostType } from '../../note/post-types.ts';
import type { AcceptOutcome, Deletion, IncomingNote } from '../journal.ts';

/** The version of a note that is archived. */
export interface ArchivedVersion {
  readonly id: string;
  readonly key: string;
  readonly createdAt: number;
}

/** The archive while some change is made, as `Version`s with what an engine adds to them. Later questions see earlier changes. */
export interface ChangingArchive<Version extends ArchivedVersion> {
  byId(id: string): Version | undefined;
  byKey(key: string): Version | undefined;
  /** Whether the id must stay out, or the address up to that second. */
  isForbidden(version: ArchivedVersion): boolean;
  /** Whether the id was remembered. */
  isRemembered(id: string): boolean;
  /** The note as the archive sees it, which knows the author's threads. */
  inThread(note: Note): Note;
  put(note: Note): void;
  remove(version: Version): void;
  /** An id that is not archived, or not any more, and need not be verified again. Keeps what it remembered first. */
  remember(version: ArchivedVersion): void;
  forbidId(id: string): void;
  /** Up to the latest second that was ever given. */
  forbidAddress(address: string, until: number): void;
  appendPost(key: string, postType: PostType, isBreaking: boolean): void;
  /** Appends the change of a note that the journal has; does nothing for other notes. */
  appendChange(action: 'replace' | 'delete', key: string): void;
}

/** Archives a note, and journals it if readers are to get it. */
export function acceptNote<Version extends ArchivedVersion>(
  { note: incoming, news, breaking = false }: IncomingNote,
  archive: ChangingArchive<Version>,
): AcceptOutcome {
  const { id, key, createdAt } = incoming;
  const current = archive.byKey(key);
  if (current?.id === id) return 'known';
  if (archive.isForbidden(incoming)) {
    archive.remember({ id, key, createdAt });
    // A request that names one version by id deletes the address up to that version, even if it arrives first.
    if (key !== id) deleteVersions(key, createdAt, archive);
    return 'deleted';
  }
  if (archive.isRemembered(id)) return 'known';
  if (current && !isNewer(incoming, current)) {
    archive.remember({ id, key, createdAt });
    return 'outdated';
  }
  const note = archive.inThread(incoming);
  if (current) removeVersion(current, archive);
  archive.put(note);
  if (current) archive.appendChange('replace', key);
  else if (news) archive.appendPost(key, note.postType, breaking);
  return current ? 'replaced' : 'added';
}

/** Deletes one note for good, as a request of its author's does; of an address, all versions up to this one. */
export function deleteNote<Version extends ArchivedVersion>(
  version: Version,
  archive: ChangingArchive<Version>,
): void {
  const { id, key, createdAt } = version;
  removeVersion(version, archive);
  archive.forbidId(id);
  if (key !== id) archive.forbidAddress(key, createdAt);
  archive.appendChange('delete', key);
}

/** Does what a deletion request asks for; returns how many notes were removed. */
export function applyDeletion<Version extends ArchivedVersion>(
  { id: request, createdAt, ids, addresses }: Deletion,
  archive: ChangingArchive<Version>,
): number {
  archive.remember({ id: request, key: request, createdAt });
  let count = 0;
  for (const id of ids) {
    archive.forbidId(id);
    const version = archive.byId(id);
    if (!version) continue;
    deleteNote(version, archive);
    count += 1;
  }
  for (const address of addresses) if (deleteVersions(address, createdAt, archive)) count += 1;
  return count;
}

function deleteVersions<Version extends ArchivedVersion>(
  address: string,
  until: number,
  archive: ChangingArchive<Version>,
): boolean {
  archive.forbidAddress(address, until);
  const current = archive.byKey(address);
  if (!current || current.createdAt > until) return false;
  deleteNote(current, archive);
  return true;
}

function removeVersion<Version extends ArchivedVersion>(
  version: Version,
  archive: ChangingArchive<Version>,
): void {
  archive.remove(version);
  archive.remember(version);
}

/** NIP-01: the newest version of an address wins; of several, the one with the lowest id. */
const isNewer = (version: ArchivedVersion, than: ArchivedVersion): boolean =>
  version.createdAt > than.createdAt || (version.createdAt === than.createdAt && version.id < than.id);

/**
 * The order in which to archive notes: oldest first, unless their order matters. So the author's answer to a note of the same
 * batch finds it, and an engine that stores rows by their dates fills its pages.
 */
export function inArchivingOrder(notes: readonly IncomingNote[]): readonly IncomingNote[] {
  const orderMatters =
    notes.some(({ news }) => news) || new Set(notes.map(({ note }) => note.key)).size < notes.length;
  return orderMatters ? notes : notes.toSorted((a, b) => datedAt(a.note) - datedAt(b.note));
}

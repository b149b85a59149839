import { createHash } from 'node:crypto';
import { paragraph, text } from '../../src/note/document.ts';
import type { Note, VerifiedEvent } from '../../src/note/note.ts';
import type { PostType } from '../../src/note/post-types.ts';
import type { Query } from '../../src/note/search/query.ts';
import { seriesName } from '../../src/note/series.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import type { IncomingNote } from '../../src/store/journal.ts';
import type { Store } from '../../src/store/store.ts';

const AUTHOR = 'a'.repeat(64);
export const T0 = 1_700_000_000;

/** A note in brief; its id is derived from `name` unless given. */
export interface Sketch {
  readonly name?: string;
  readonly id?: string;
  readonly at?: number;
  readonly words?: string;
  readonly title?: string;
  readonly hashtags?: readonly string[];
  readonly postType?: PostType;
  /** Makes it an article with this `d`. */
  readonly d?: string;
  readonly replyTo?: string;
  readonly expiresAt?: number;
}

export const idOf = (name: string): string => createHash('sha256').update(name).digest('hex');
export const addressOf = (d: string): string => `30023:${AUTHOR}:${d.toWellFormed()}`;

/** The note of a sketch, in an event from which `noteOf` makes it again. */
export function note(sketch: Sketch): Note {
  const name = sketch.name ?? `${sketch.words ?? ''}${sketch.d ?? ''}${sketch.at ?? ''}`;
  return noteOf({
    id: sketch.id ?? idOf(name),
    pubkey: AUTHOR,
    created_at: sketch.at ?? T0,
    kind: sketch.d === undefined ? 1 : 30023,
    tags: [['sketch', JSON.stringify(sketch)]],
    content: sketch.words ?? name,
    sig: 'f'.repeat(128),
  } as unknown as VerifiedEvent);
}

export function noteOf(event: VerifiedEvent): Note {
  const sketch = JSON.parse(event.tags[0]?.[1] ?? '{}') as Sketch;
  return {
    event,
    id: event.id,
    key: sketch.d === undefined ? event.id : addressOf(sketch.d),
    kind: event.kind,
    pubkey: event.pubkey,
    createdAt: event.created_at,
    postType: sketch.postType ?? 'note',
    body: [paragraph(text(event.content))],
    media: [],
    hashtags: sketch.hashtags ?? [],
    ...(sketch.title === undefined ? {} : { title: sketch.title, series: seriesName(sketch.title) }),
    ...(sketch.replyTo === undefined ? {} : { replyTo: sketch.replyTo }),
    ...(sketch.expiresAt === undefined ? {} : { expiresAt: sketch.expiresAt }),
  };
}

export const news = (sketch: Sketch): IncomingNote => ({ note: note(sketch), news: true });
export const old = (sketch: Sketch): IncomingNote => ({ note: note(sketch), news: false });

export const query = (parts: Partial<Query>): Query => ({
  words: [],
  phrases: [],
  without: [],
  hashtags: [],
  ...parts,
});

/** Deletes notes by name, and articles by `d`. */
export const deleteNotes = (
  store: Store,
  names: readonly string[],
  ds: readonly string[] = [],
  createdAt = T0,
) =>
  store.journal.delete({
    id: idOf(`deletion of ${[...names, ...ds, createdAt].join()}`),
    createdAt,
    ids: names.map(idOf),
    addresses: ds.map(addressOf),
  });

export const subscribe = (store: Store, id: string, postTypes: readonly PostType[] = ['note']) =>
  store.destinations.subscribe({
    id,
    source: 'command',
    preferences: { ...DEFAULT_PREFERENCES, style: 'full', postTypes },
  });

export const NOBODY: ReadonlySet<string> = new Set();

/** The next tasks on Discord, as `destination action content`. */
export async function dueLines(store: Store, nowMs = 0, busy = NOBODY): Promise<readonly string[]> {
  const tasks = await store.deliveries.nextTasks('discord', nowMs, 100, busy);
  return tasks.map(({ destination, entry, note }) =>
    [destination.id.replace('discord:', ''), entry.action, note?.event.content ?? '-'].join(' '),
  );
}

/** Delivers the next task of a destination as one part; returns what it was. */
export async function deliverNext(store: Store, id: string): Promise<string | undefined> {
  const tasks = await store.deliveries.nextTasks('discord', Number.MAX_SAFE_INTEGER, 1_000, NOBODY);
  const task = tasks.find(({ destination }) => destination.id === id);
  if (!task) return undefined;
  const { seq, key, action } = task.entry;
  if (action === 'delete') await store.deliveries.recordRemoval(id, seq, key, 0, true);
  else {
    await store.deliveries.recordIntent(id, seq, 0);
    const receipt = { noteId: task.note?.id ?? '', part: 0, receipt: `message ${seq}` };
    await store.deliveries.recordReceipt(id, seq, key, receipt, true);
  }
  return `${action} ${task.note?.event.content ?? '-'}`;
}

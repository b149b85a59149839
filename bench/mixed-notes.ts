import { globSync, readFileSync } from 'node:fs';
import { signArchive } from '../sandbox/demo/content/archive.ts';
import { createAuthors } from '../sandbox/demo/content/authors.ts';
import { eventToNote } from '../src/note/event-to-note.ts';
import type { NostrEvent, VerifiedEvent } from '../src/note/note.ts';
import type { PostType } from '../src/note/post-types.ts';
import { createRandom } from './seeded-random.ts';

const GOLDEN = new URL('../test/golden/', import.meta.url);
/** Longer ones are hostile, and measured separately. */
const MAX_CONTENT = 8_000;

/** Notes of each type in a hundred by somebody who publishes a long piece now and then and answers people; 1 of any other type. */
const SHARES: Readonly<Partial<Record<PostType, number>>> = {
  note: 46,
  reply: 18,
  photo: 12,
  link: 10,
  missive: 8,
  repost: 4,
  video: 2,
};

/**
 * The events that bench events are copied from: the golden cases and the demo's archive, by post type. Signatures aren't
 * verified, since parsing and rendering are measured.
 */
function patterns(): ReadonlyMap<PostType, readonly NostrEvent[]> {
  const golden = globSync('*/event.json', { cwd: GOLDEN })
    .sort()
    .map((path) => JSON.parse(readFileSync(new URL(path, GOLDEN), 'utf8')) as NostrEvent);
  const { author, friend } = createAuthors();
  const archive = signArchive(author, friend, Date.UTC(2026, 0, 1)).map(({ event }) => event);
  const usual = [...archive, ...golden].filter(({ content }) => content.length <= MAX_CONTENT);
  return Map.groupBy(
    usual.filter((event) => eventToNote(event as VerifiedEvent)),
    (event) => eventToNote(event as VerifiedEvent)?.postType ?? 'note',
  );
}

/** Generates endless events in realistic proportions with unique ids, the same for the same seed. */
export function createMixedEvents(seed: number): () => NostrEvent {
  const random = createRandom(seed);
  const byType = patterns();
  const types = [...byType.keys()].flatMap((type) => Array<PostType>(SHARES[type] ?? 1).fill(type));
  let made = 0;
  return () => {
    const type = types[Math.floor(random() * types.length)] ?? 'note';
    const of = byType.get(type) ?? [];
    const pattern = of[Math.floor(random() * of.length)];
    if (!pattern) throw new RangeError(`Cannot make a note of type ${type}: there is no example of it`);
    made += 1;
    const id = made.toString(16).padStart(8, '0') + pattern.id.slice(8);
    return { ...pattern, id, created_at: pattern.created_at + made, sig: pattern.id + id };
  };
}

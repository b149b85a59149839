import type { VerifiedEvent } from '../../../src/note/note.ts';

const PUBKEY = 'ab'.repeat(32);
const hexOf = (serial: number): string => serial.toString(16).padStart(64, '0');

/** One version of one post as it should stand, by what its words tell: every version has words of its own. */
export interface Written {
  readonly event: VerifiedEvent;
  /** Counts the posts as readers get them: an edit belongs to the same one. */
  readonly post: number;
  readonly words: readonly string[];
}

/** Somebody who writes, edits and takes back. Remembers how in the end all of it should stand. */
export function createWriter(startS: number) {
  const written: Written[] = [];
  const events: VerifiedEvent[] = [];
  /** By article or note, the version that is to stand. */
  const standing = new Map<string, Written>();
  let serial = 0;
  let posts = 0;
  let lastS = startS;

  function sign(kind: number, content: string, tags: readonly (readonly string[])[], atS: number) {
    serial += 1;
    lastS = Math.max(lastS + 1, atS);
    const event = { id: hexOf(serial), pubkey: PUBKEY, created_at: lastS, kind, tags, content };
    events.push({ ...event, sig: '00'.repeat(64) } as unknown as VerifiedEvent);
    return events.at(-1) as VerifiedEvent;
  }

  return {
    events,
    written,
    standing,
    /** Writes a note, or a version of the article `d`, of so many parts, with those hashtags. */
    write(parts: number, atS: number, d?: string, hashtags: readonly string[] = []): VerifiedEvent {
      const words = Array.from({ length: parts }, (_, part) => `e${serial + 1}p${part}`);
      const content = words.join(' ');
      const kind = d === undefined ? 1 : 30_023;
      const tags = [...(d === undefined ? [] : [['d', d]]), ...hashtags.map((tag) => ['t', tag])];
      const event = sign(kind, content, tags, atS);
      const name = d ?? event.id;
      const post = standing.get(name)?.post ?? (posts += 1);
      const version = { event, post, words };
      written.push(version);
      standing.set(name, version);
      return event;
    },
    /** Takes back an article, or the nth of the notes that stand; nothing where there is none. */
    takeBack(what: string | number, atS: number): VerifiedEvent | undefined {
      const notes = [...standing.keys()].filter((name) => name.length === 64);
      const name = typeof what === 'string' ? what : notes[what % Math.max(1, notes.length)];
      if (name === undefined || !standing.delete(name)) return undefined;
      return sign(5, '', [name.length === 64 ? ['e', name] : ['a', `30023:${PUBKEY}:${name}`]], atS);
    },
  };
}

export type Writer = ReturnType<typeof createWriter>;

import type { NostrEvent } from '../../src/note/note.ts';
import type { Fleet } from './fleet.fixture.ts';

/** What the author did, and how it should stand: by the words, which are all different. */
export interface Doings {
  /** What is to be shown, oldest first; an edit stays where it was. */
  readonly standing: readonly string[];
  write(): string;
  /** Writes an article, or its next version. */
  edit(name: string): string;
  /** Takes back the nth of what stands. */
  takeBack(nth: number): void;
}

const ARTICLE = 30_023;

export function createAuthor({ author, relay }: Fleet): Doings {
  const posts: { readonly name: string; words: string; event: NostrEvent }[] = [];
  let [serial, lastS] = [0, 0];

  /** Later than what was before, and than the first start, which makes it news. */
  function nextS(): number {
    lastS = Math.max(lastS, Math.floor(Date.now() / 1000)) + 1;
    return lastS;
  }

  function sign(kind: number, name: string): (typeof posts)[number] {
    serial += 1;
    const words = `Tide ${serial}.`;
    const tags =
      kind === ARTICLE
        ? [
            ['d', name],
            ['title', `On ${name}`],
          ]
        : [];
    const event = author.note(words, { kind, tags, createdAt: nextS() });
    relay.publish(event);
    return { name, words, event };
  }

  return {
    get standing() {
      return posts.map(({ words }) => words);
    },
    write() {
      const post = sign(1, `note ${serial}`);
      posts.push(post);
      return post.words;
    },
    edit(name) {
      const { words, event } = sign(ARTICLE, name);
      const known = posts.find((post) => post.name === name);
      if (known) Object.assign(known, { words, event });
      else posts.push({ name, words, event });
      return words;
    },
    takeBack(nth) {
      const [post] = posts.splice(nth % Math.max(1, posts.length), 1);
      if (!post) return;
      relay.publish(author.deletion([post.event], { createdAt: nextS() }));
    },
  };
}

import type { Block, Document, Media } from '../document.ts';

/** Servers asked for one medium. */
const MAX_MIRRORS = 5;
const HASH = /\/([0-9a-f]{64})(\.[a-z0-9]{1,8})?$/iu;

/** The SHA-256 that an address ends in, as those of Blossom servers do (BUD-01), in lower case. */
export function hashFromUrl(url: string): string | undefined {
  return HASH.exec(new URL(url).pathname)?.[1]?.toLowerCase();
}

/**
 * Where the same bytes may be found: on the author's media servers (kind 10063), for addresses that end in a hash
 * (NIP-B7). Without those that the medium names itself.
 */
export function mirrorsOf(media: Media, servers: readonly string[]): readonly string[] {
  const [, hash, ending = ''] = HASH.exec(new URL(media.url).pathname) ?? [];
  if (hash === undefined) return [];
  const named = new Set([media.url, ...media.alternatives]);
  const mirrors = servers.flatMap(
    (server) => URL.parse(`/${hash.toLowerCase()}${ending}`, server)?.href ?? [],
  );
  return [...new Set(mirrors)].filter((url) => !named.has(url)).slice(0, MAX_MIRRORS);
}

/** The document with the mirrors of its media among their other addresses, after those that the note names. */
export function withMirrors(document: Document, servers: readonly string[]): Document {
  return servers.length === 0 ? document : document.map((block) => mirrored(block, servers));
}

function mirrored(block: Block, servers: readonly string[]): Block {
  switch (block.type) {
    case 'media':
      return {
        ...block,
        items: block.items.map((item) => ({
          ...item,
          alternatives: [...item.alternatives, ...mirrorsOf(item, servers)],
        })),
      };
    case 'quote':
    case 'hidden':
      return { ...block, children: withMirrors(block.children, servers) };
    // What somebody else posted is on somebody else's servers.
    default:
      return block;
  }
}

import type { Block, Document, Media } from '../document.ts';

/** How many servers are tried for one medium. */
const MAX_MIRRORS = 5;
const HASH = /\/([0-9a-f]{64})(\.[a-z0-9]{1,8})?$/iu;

/** The SHA-256 at the end of a URL, as used by Blossom servers (BUD-01), lower-case. */
export function hashFromUrl(url: string): string | undefined {
  return HASH.exec(new URL(url).pathname)?.[1]?.toLowerCase();
}

/**
 * Other URLs of the same bytes on the author's media servers (kind 10063), if the URL ends in a hash (NIP-B7). Without
 * those that the medium names itself.
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

/** Adds mirrors to the media of a document, after the alternatives that the note names. */
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
    // Other people's media (in quotes) are on their own servers.
    default:
      return block;
  }
}

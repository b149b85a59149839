import { ConfigError } from '../config/config.ts';
import { type ResolvedAuthor, resolveAuthorIdentifier } from '../relays/author/author-identifier.ts';

/** Where the answer is kept: the next start must not depend on somebody's web server. */
interface Shelf {
  get(key: string): Promise<ResolvedAuthor | undefined>;
  set(key: string, value: ResolvedAuthor): Promise<unknown>;
}

/**
 * The key behind AUTHOR. A NIP-05 address is looked up, and remembered in case its server is away at a later start.
 * Throws `ConfigError` where it can't be found, or where the archive is another author's.
 */
export async function resolveConfiguredAuthor(
  written: string,
  shelf: Shelf,
  fetching: typeof fetch,
  signal: AbortSignal,
): Promise<ResolvedAuthor> {
  const remembered = await shelf.get(written);
  const author = await resolveAuthorIdentifier(written, { fetch: fetching, signal }).catch(
    (error: unknown) => {
      if (remembered) return remembered;
      throw new ConfigError([`AUTHOR: ${error instanceof Error ? error.message : String(error)}`]);
    },
  );
  const owner = await shelf.get(OWNER);
  if (owner && owner.pubkey !== author.pubkey)
    throw new ConfigError([
      "AUTHOR: this database holds another author's archive. Use a separate DATABASE_URL per author",
    ]);
  await shelf.set(OWNER, author);
  await shelf.set(written, author);
  return author;
}

/** No AUTHOR is written like this. */
const OWNER = '(archive)';

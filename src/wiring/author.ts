import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import type { KeyValue } from '../lib/key-value.ts';
import { type ResolvedAuthor, resolveAuthorIdentifier } from '../relays/author/author-identifier.ts';
import { type AuthorMetadata, openAuthorMetadata } from '../relays/author/author-metadata.ts';
import { createVerifier, type Verifier } from '../relays/verify.ts';
import type { Values } from '../store/values.ts';
import type { Context } from './context.ts';

export interface FollowedAuthor {
  /** The key behind AUTHOR, with the relays named there. */
  readonly identity: ResolvedAuthor;
  /** Profile, relay lists and media servers, updated as they change. */
  readonly metadata: AuthorMetadata;
  readonly verifier: Verifier;
}

/** Resolves AUTHOR and loads what is known about them. Throws `ConfigError`, see `resolveConfiguredAuthor`. */
export async function openAuthor(
  config: Config,
  { values, kept }: { readonly values: Values /** For reading, for good. */; readonly kept: Values },
  { log, clock, signal }: Context,
  fetchUrl: typeof fetch = fetch,
): Promise<FollowedAuthor> {
  const identity = await resolveConfiguredAuthor(config.author, values.keyv('author'), fetchUrl, signal);
  return {
    identity,
    metadata: await openAuthorMetadata(identity.pubkey, kept.keyv('event')),
    verifier: await createVerifier({ now: clock.now, log }),
  };
}

/** The key of the archive's author. No AUTHOR can be spelled like this. */
const ARCHIVE_KEY = '(archive)';

/**
 * Resolves AUTHOR to a public key. The result of a NIP-05 lookup is stored, so a later start doesn't depend on that web
 * server. Throws `ConfigError` if there is no such author, or if the archive belongs to another one.
 */
async function resolveConfiguredAuthor(
  identifier: string,
  storage: Pick<KeyValue<ResolvedAuthor>, 'get' | 'set'>,
  fetchUrl: typeof fetch,
  signal: AbortSignal,
): Promise<ResolvedAuthor> {
  const stored = await storage.get(identifier);
  const author = await resolveAuthorIdentifier(identifier, { fetch: fetchUrl, signal }).catch(
    (error: unknown) => {
      if (stored) return stored;
      throw new ConfigError([`AUTHOR: ${error instanceof Error ? error.message : String(error)}`]);
    },
  );
  const owner = await storage.get(ARCHIVE_KEY);
  if (owner && owner.pubkey !== author.pubkey)
    throw new ConfigError([
      "AUTHOR: this database holds another author's archive. Use a separate DATABASE_URL per author",
    ]);
  await storage.set(ARCHIVE_KEY, author);
  await storage.set(identifier, author);
  return author;
}

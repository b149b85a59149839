import { type Config, ConfigError } from './config.ts';
import type { Log } from './log.ts';
import { createMediaFetch } from './media/media-fetch.ts';
import { withMirrors } from './media/mirrors.ts';
import type { ResolvedAuthor } from './nostr/author.ts';
import type { AuthorBook } from './nostr/author-book.ts';
import { createRelays, type Relays } from './nostr/relays.ts';
import { createVerifier } from './nostr/verify.ts';
import type { Document } from './note/document.ts';
import type { Note } from './note/note.ts';
import { noteFrom } from './note/note-from.ts';
import { present } from './note/present.ts';
import type { Clock } from './pipeline/timing.ts';
import { createDiscord } from './platform/discord/discord.ts';
import type { Platform, PlatformName } from './platform/platform.ts';
import { createTelegram } from './platform/telegram/create.ts';
import type { StoredFile } from './platform/telegram/file-shelf.ts';
import { openStore } from './store/sqlite/open-store.ts';
import type { Store } from './store/store.ts';
import type { Texts } from './text/texts.ts';

/** The store that the configuration names. Throws `ConfigError` where it can't be opened. */
export function openConfiguredStore(config: Config, log: Log, clock: Clock): Store {
  try {
    return openStore({ path: config.databasePath, noteFrom, log, now: clock.now });
  } catch (error) {
    throw new ConfigError([`DATABASE_URL: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

/** The platforms that have a token. What Telegram has of ours is remembered in the store. */
export function configuredPlatforms(
  { discord, telegram }: Config,
  store: Pick<Store, 'keyv'>,
  log: Log,
): readonly Platform[] {
  const media = createMediaFetch({ log });
  const files = store.keyv<StoredFile>('telegram-file');
  return [
    ...(discord ? [createDiscord({ ...discord, media, log: log.with({ platform: 'discord' }) })] : []),
    ...(telegram
      ? [createTelegram({ ...telegram, media, files, log: log.with({ platform: 'telegram' }) })]
      : []),
  ];
}

/** A note as readers get it, its media at all addresses where they may be found. */
export function presented(note: Note, book: Pick<AuthorBook, 'mediaServers'>, texts: Texts): Document {
  return withMirrors(present(note, texts), book.mediaServers());
}

/** The destinations that the operator names. */
export function configuredDestinations(
  config: Config,
): readonly { readonly platform: PlatformName; readonly id: string }[] {
  return [
    ...(config.discord?.channels ?? []).map((id) => ({ platform: 'discord', id: `discord:${id}` }) as const),
    ...(config.telegram?.chats ?? []).map((id) => ({ platform: 'telegram', id: `telegram:${id}` }) as const),
  ];
}

export interface FollowParts {
  readonly author: ResolvedAuthor;
  readonly book: AuthorBook;
  readonly store: Store;
  readonly log: Log;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The operator's relays, those that came with AUTHOR, and those the author writes to (NIP-65), as one stream. */
export async function followRelays(
  config: Config,
  { author, book, store, log, clock, signal }: FollowParts,
): Promise<Relays> {
  const cursors = store.keyv<number>('cursor');
  const relays = createRelays({
    author: author.pubkey,
    urls: config.relays,
    cursor: (url) => cursors.get(url),
    known: (ids) => store.known(ids),
    verifier: await createVerifier({ now: clock.now, log }),
    log,
    signal,
    now: clock.now,
  });
  relays.add([...author.relays, ...book.relays()]);
  return relays;
}

/** When this archive was begun, in seconds since 1970: what is dated later is news. Remembered from the first start. */
export async function firstStart(store: Store, nowMs: number): Promise<number> {
  const kept = store.keyv<number>('setting');
  const known = await kept.get('began-at');
  if (known !== undefined) return known;
  const beganAt = Math.floor(nowMs / 1000);
  await kept.set('began-at', beganAt);
  return beganAt;
}

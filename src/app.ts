import { openPseudonyms } from './author-inbox/pseudonym.ts';
import { createCallbackStore } from './command/callback-store.ts';
import type { Command } from './command/command.ts';
import { createDispatch } from './command/dispatch.ts';
import type { Config } from './config/config.ts';
import { createDeliveryLoop } from './delivery/delivery-loop.ts';
import { createSubscriptions } from './delivery/subscriptions.ts';
import { createTestPosts } from './delivery/test-posts.ts';
import type { Texts } from './i18n/texts.ts';
import { ingest } from './ingest/ingest.ts';
import { createExpiryTimer } from './jobs/expiry.ts';
import { type Clock, systemClock } from './lib/clock.ts';
import type { Fields, Log } from './lib/log.ts';
import { createCounters } from './lib/metrics.ts';
import { withMirrors } from './media/mirrors.ts';
import type { Document } from './note/document.ts';
import type { Note } from './note/note.ts';
import { withByline } from './note/present/byline.ts';
import { noteToDocument } from './note/present/note-to-document.ts';
import { createNoteParser } from './note/worker/note-parser.ts';
import { openAuthorMetadata } from './relays/author/author-metadata.ts';
import { createVerifier } from './relays/verify.ts';
import { createStatusReport } from './status/report.ts';
import { createStoreRetry } from './store/store-retry.ts';
import {
  configuredDestinations,
  configuredPlatforms,
  coreHealthChecks,
  createHost,
  firstStart,
  installLinks,
  openConfiguredStore,
  openStatusServer,
  platformHealthChecks,
  readiness,
} from './wiring/assembly.ts';
import { openSideQueues, renderingFor, startDeliveryJobs } from './wiring/delivery.ts';
import { wireInbox } from './wiring/inbox.ts';
import { logIn } from './wiring/log-in.ts';
import { followRelays, openLookup } from './wiring/relays.ts';
import { resolveConfiguredAuthor } from './wiring/resolve-author.ts';

export interface AppParts {
  /** What runs here, for the first line that people read: version, Node, platforms. */
  readonly program?: Fields;
  readonly commands: readonly Command[];
  readonly log: Log;
  /** How many old notes are in the archive so far, while a first start fills it. */
  progress?(archived: number): void;
  readonly fetch?: typeof fetch;
  /** The machine's own where left out. */
  readonly clock?: Clock;
  /** Where notes are kept; by default as the configuration says. */
  readonly openStore?: typeof openConfiguredStore;
}

export interface App {
  /** Where `/healthz` and `/metrics` answer. */
  readonly statusUrl: string;
  /** Rejects where something ends that can't be mended from within: a refused token, a broken intake. */
  readonly failed: Promise<never>;
  /** Takes no new work, finishes what is in hand, closes everything. May be called again. */
  stop(): Promise<void>;
}

/**
 * Puts the program together and starts it. Resolves when it works as far as it can: relays and platforms that can't
 * be reached are tried again in the background. Throws `ConfigError` for what only the operator can mend.
 */
export async function startApp(config: Config, parts: AppParts): Promise<App> {
  const stopping = new AbortController();
  const undo: (() => unknown)[] = [];
  /** What was begun last ends first. */
  async function stop(): Promise<void> {
    stopping.abort();
    while (undo.length > 0) await undo.pop()?.();
  }
  try {
    return { ...(await build(config, parts, stopping.signal, undo)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function build(
  config: Config,
  parts: AppParts,
  signal: AbortSignal,
  undo: (() => unknown)[],
): Promise<Omit<App, 'stop'>> {
  const { log } = parts;
  const clock = parts.clock ?? systemClock;
  const startedAtMs = clock.now();
  const counters = createCounters();
  const { promise: failed, reject: breakDown } = Promise.withResolvers<never>();
  // Whoever started the app looks at it; before that it must not count as unhandled.
  failed.catch(() => undefined);

  const noteReader = createNoteParser(log);
  undo.push(noteReader.close);
  const readNote = noteReader.read;
  const store = await (parts.openStore ?? openConfiguredStore)(config, log, clock, signal, readNote);
  undo.push(() => store.close());
  const patience = createStoreRetry({ store, log, clock, signal });
  const author = await resolveConfiguredAuthor(
    config.author,
    store.values.keyv('author'),
    parts.fetch ?? fetch,
    signal,
  );
  const book = await openAuthorMetadata(author.pubkey, store.values.keyv('event'));
  const { name, npub } = book.author();
  log.info('author.followed', { ...parts.program, name, npub });
  const verifier = await createVerifier({ now: clock.now, log });
  const following = { store, book, readNote, author, verifier, counters, log, clock, signal };
  const relays = await followRelays(config, following);
  const lookup = openLookup(config, relays, following);
  const presented = async (note: Note, texts: Texts): Promise<Document> =>
    withByline(
      withMirrors(noteToDocument(note, texts, await lookup.resolve(note)), book.mediaServers()),
      book.author(),
    );

  const platforms = configuredPlatforms(config, store.values, log);
  const tools = { store, log, clock };
  const served = platforms.map((platform) => ({ platform, ...openSideQueues(platform, tools) }));
  const deliveries = served.map(({ platform, ...beside }) =>
    createDeliveryLoop({
      ...beside,
      store: patience.store,
      platform,
      catchUpAfter: config.catchUpAfter,
      renderCache: renderingFor(platform, presented),
      log,
      clock,
      counters,
      random: Math.random,
    }),
  );
  const wake = (): void => deliveries.forEach((delivery) => delivery.wake());
  const subscriptions = createSubscriptions({ store: patience.store, wake, log });
  await subscriptions.applyConfig(configuredDestinations(config));
  // What expired while the program was down is neither sent nor shown any more.
  await patience.store.journal.deleteExpired(clock.now());

  const standing = createStatusReport({
    stats: store.stats,
    relays: relays.states,
    counters: counters.all,
    startedAtMs,
    checks: [...coreHealthChecks(store, patience, relays), ...platformHealthChecks(platforms, deliveries)],
  });
  const status = await openStatusServer(config, standing);
  undo.push(status.stop);
  log.info('status.listening', { url: status.url });

  const newsSince = await firstStart(store.values, startedAtMs);
  const desk = await wireInbox(config, following, platforms, newsSince * 1000);
  const codeOf = await openPseudonyms(store.values.keyv('setting'));
  const trial = createTestPosts({ platforms, storage: store.values.keyv('trial'), clock });
  const dispatch = createDispatch(parts.commands, {
    log,
    callbacks: createCallbackStore(store.values.keyv('press'), codeOf),
    now: clock.steady,
    program: {
      archive: store.archive,
      hasBreaking: config.breakingHashtag !== undefined,
      trial,
      links: () => installLinks(platforms),
      author: book.author,
      present: presented,
      standing: standing.standing,
      verify: (event) => verifier.verify(event, { author: author.pubkey }),
      now: clock.now,
      random: Math.random,
      subscriptions,
      readers: store.values.keyv('reader'),
      /** What is in memory first, lest it be written again. */
      async forget(asker, own) {
        await desk?.forget(asker);
        for (const { notices, publishing } of served) {
          await notices.forget(own);
          await publishing.forget(own);
        }
        await subscriptions.forget(asker, [...own, codeOf(asker)]);
      },
      ...(desk && { propose: desk.propose }),
    },
  });
  const host = createHost(config, dispatch, subscriptions, store, book.author, trial);
  for (const platform of platforms) undo.push(platform.stop);
  const connecting = async (): Promise<void> => {
    await logIn(platforms, host, { log, clock, signal });
    if (!signal.aborted) log.info('program.ready', await readiness(store.stats));
  };
  connecting().catch(breakDown);

  const expiry = createExpiryTimer({ journal: patience.store.journal, wakeDelivery: wake, clock });
  const running = [
    expiry.run(signal),
    ...(desk ? [desk.run(signal)] : []),
    ...deliveries.map((delivery) => delivery.run(signal)),
    ...served.map(({ publishing }) => publishing.run(signal)),
    ingest(relays.stream, {
      store: patience.store,
      readNote,
      log,
      clock,
      counters,
      newsSince,
      relayProtected: config.relayProtected,
      breakingHashtag: config.breakingHashtag,
      awaitedRelays: relays.states().map(({ url }) => url),
      handleAuthorEvent: async (event) => {
        const { name } = book.author();
        if (!(await patience.retryUntilOk(() => book.update(event)))) return;
        if (book.author().name !== name) log.info('author.named', { name: book.author().name });
        await relays.setAuthorRelays(book.relays());
      },
      saveProgress: (caughtUp) => patience.retryUntilOk(() => relays.saveProgress(caughtUp)),
      wakeDelivery: wake,
      rescheduleExpiry: expiry.reschedule,
      onProgress: (archived) => parts.progress?.(archived),
    }),
  ];
  Promise.all(running).catch(breakDown);
  undo.push(() => Promise.allSettled(running));
  undo.push(startDeliveryJobs(tools, subscriptions, wake, desk?.jobs));
  return { statusUrl: status.url, failed };
}

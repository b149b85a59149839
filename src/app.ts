import {
  configuredDestinations,
  configuredPlatforms,
  createHost,
  firstStart,
  linksTo,
  openConfiguredStore,
  openStatusServer,
  ownParts,
  platformParts,
  readiness,
} from './assembly.ts';
import { openAuthorDesk } from './author-desk.ts';
import { openBeside, startErrands } from './beside-delivery.ts';
import type { Command } from './command/command.ts';
import { createDispatch } from './command/dispatch.ts';
import { createPresses } from './command/presses.ts';
import type { Config } from './config.ts';
import { followRelays, openLookup } from './follow-relays.ts';
import { openReaderCodes } from './letters/reader-code.ts';
import type { Fields, Log } from './log.ts';
import { logIn } from './log-in.ts';
import { withMirrors } from './media/mirrors.ts';
import { openAuthorBook } from './nostr/author-book.ts';
import { createVerifier } from './nostr/verify.ts';
import { withByline } from './note/byline.ts';
import type { Document } from './note/document.ts';
import type { Note } from './note/note.ts';
import { present } from './note/present.ts';
import { createNoteReader } from './parsing/note-reader.ts';
import { createCounters } from './pipeline/counters.ts';
import { createDelivery } from './pipeline/deliver.ts';
import { createExpiry } from './pipeline/expiry.ts';
import { ingest } from './pipeline/ingest.ts';
import { createPatience } from './pipeline/patience.ts';
import { createSubscriptions } from './pipeline/subscriptions.ts';
import { type Clock, systemClock } from './pipeline/timing.ts';
import { createTrial } from './pipeline/trial.ts';
import { renderingFor } from './rendering-for.ts';
import { settleAuthor } from './settle-author.ts';
import { createStanding } from './status/standing.ts';
import type { Texts } from './text/texts.ts';

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
  readonly broken: Promise<never>;
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
  const { promise: broken, reject: breakDown } = Promise.withResolvers<never>();
  // Whoever started the app looks at it; before that it must not count as unhandled.
  broken.catch(() => undefined);

  const noteReader = createNoteReader(log);
  undo.push(noteReader.close);
  const readNote = noteReader.read;
  const store = await (parts.openStore ?? openConfiguredStore)(config, log, clock, signal, readNote);
  undo.push(() => store.close());
  const patience = createPatience({ store, log, clock, signal });
  const author = await settleAuthor(config.author, store.keyv('author'), parts.fetch ?? fetch, signal);
  const book = await openAuthorBook(author.pubkey, store.keyv('event'));
  const { name, npub } = book.author();
  log.info('author.followed', { ...parts.program, name, npub });
  const verifier = await createVerifier({ now: clock.now, log });
  const following = { store, book, readNote, author, verifier, counters, log, clock, signal };
  const relays = await followRelays(config, following);
  const lookup = openLookup(config, relays, following);
  const presented = async (note: Note, texts: Texts): Promise<Document> =>
    withByline(
      withMirrors(present(note, texts, await lookup.resolve(note)), book.mediaServers()),
      book.author(),
    );

  const platforms = configuredPlatforms(config, store, log);
  const tools = { store, log, clock };
  const served = platforms.map((platform) => ({ platform, ...openBeside(platform, tools) }));
  const deliveries = served.map(({ platform, ...beside }) =>
    createDelivery({
      ...beside,
      store: patience.store,
      platform,
      catchUpAfter: config.catchUpAfter,
      rendering: renderingFor(platform, presented),
      log,
      clock,
      counters,
      random: Math.random,
    }),
  );
  const wake = (): void => deliveries.forEach((delivery) => delivery.wake());
  const subscriptions = createSubscriptions({ store: patience.store, wake, log });
  await subscriptions.configure(configuredDestinations(config));
  // What expired while the program was down is neither sent nor shown any more.
  await patience.store.expire(clock.now());

  const standing = createStanding({
    store,
    relays: relays.states,
    counters: counters.all,
    startedAtMs,
    parts: [...ownParts(store, patience, relays), ...platformParts(platforms, deliveries)],
  });
  const status = await openStatusServer(config, standing);
  undo.push(status.stop);
  log.info('status.listening', { url: status.url });

  const beganAt = await firstStart(store, startedAtMs);
  const desk = await openAuthorDesk(config, following, platforms, beganAt * 1000);
  const codeOf = await openReaderCodes(store.keyv('setting'));
  const trial = createTrial({ platforms, shelf: store.keyv('trial'), clock });
  const dispatch = createDispatch(parts.commands, {
    log,
    presses: createPresses(store.keyv('press'), codeOf),
    now: clock.steady,
    program: {
      archive: store,
      hasBreaking: config.breakingHashtag !== undefined,
      trial,
      links: () => linksTo(platforms),
      author: book.author,
      present: presented,
      standing: standing.standing,
      verify: (event) => verifier.verify(event, { author: author.pubkey }),
      now: clock.now,
      random: Math.random,
      subscriptions,
      readers: store.keyv('reader'),
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
    if (!signal.aborted) log.info('program.ready', await readiness(store));
  };
  connecting().catch(breakDown);

  const expiry = createExpiry({ store: patience.store, announced: wake, clock });
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
      beganAt,
      relayProtected: config.relayProtected,
      breakingHashtag: config.breakingHashtag,
      awaited: relays.states().map(({ url }) => url),
      about: async (event) => {
        const { name } = book.author();
        if (!(await patience.insist(() => book.take(event)))) return;
        if (book.author().name !== name) log.info('author.named', { name: book.author().name });
        await relays.list(book.relays());
      },
      saveProgress: (caughtUp) => patience.insist(() => relays.saveProgress(caughtUp)),
      announced: wake,
      expiring: expiry.look,
      progress: (archived) => parts.progress?.(archived),
    }),
  ];
  Promise.all(running).catch(breakDown);
  undo.push(() => Promise.allSettled(running));
  undo.push(startErrands(tools, subscriptions, wake, desk?.errands));
  return { statusUrl: status.url, broken };
}

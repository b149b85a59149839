import { createHash } from 'node:crypto';
import { Registry } from 'prom-client';
import { commands as allCommands } from '../../../commands/index.ts';
import { createEvents } from '../../../sandbox/discord/events.ts';
import { authorNamed } from '../../../sandbox/relay/fake-author.ts';
import { type AuthorInbox, openAuthorInbox } from '../../../src/author-inbox/author-inbox.ts';
import { toPng } from '../../../src/charts/png.ts';
import { createCallbackStore } from '../../../src/command/callback-store.ts';
import type { Command, CommandContext } from '../../../src/command/command.ts';
import { createRequestHandler } from '../../../src/command/request-handler.ts';
import { createSubscriptions } from '../../../src/delivery/subscriptions.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { createOwnPictures } from '../../../src/media/own-pictures.ts';
import { eventToNote } from '../../../src/note/event-to-note.ts';
import type { Author, Note, VerifiedEvent } from '../../../src/note/note.ts';
import { noteToDocument } from '../../../src/note/present/note-to-document.ts';
import { NOTHING_RESOLVED, type ResolvedReferences } from '../../../src/note/references/references.ts';
import type { Host, Platform } from '../../../src/platform/platform.ts';
import { botKeyFrom } from '../../../src/relays/bot-key.ts';
import { createDirectMessage, type DirectMessage } from '../../../src/relays/dm/nip17.ts';
import { createVerifier } from '../../../src/relays/verify.ts';
import { createStatusReport } from '../../../src/status/report.ts';
import type { Store } from '../../../src/store/store.ts';
import { testPresenter } from '../../ready.fixture.ts';
import { openMemoryStore } from '../../store/memory-store.fixture.ts';

const signer = authorNamed('Mara');

export const author: Author = {
  pubkey: signer.pubkey,
  npub: signer.npub,
  name: 'Mara Lindqvist',
  about: 'Writes at dawn.',
};

const LETTER = [
  'Harbour Letter',
  'The cranes stood still all morning, and the ships waited outside in a long grey row. '.repeat(3),
];

const CONTENTS = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => `Lithium report ${n}: the price in Antofagasta moved again.`),
  LETTER.join('\n\n'),
  'The pier at dawn\nhttps://media.example/pier.jpg',
  '今天锂价又跌了。',
  'Good night from the pier.',
];

/** Twelve notes by the author, newest first: text, a picture, Chinese, a missive, and eight about lithium. */
export const notes: readonly Note[] = CONTENTS.map((content) => {
  const note = eventToNote(signer.note(content) as VerifiedEvent);
  if (!note) throw new Error(`No note: ${content}`);
  return note;
}).reverse();

/** The program behind an adapter: the real commands and an archive with the notes, without relays and deliveries. */
export interface Program {
  readonly store: Store;
  readonly letters: AuthorsLetters;
  /** The adapters that replies to readers are sent with. */
  readonly platforms: Platform[];
  readonly host: Host;
  /** The clock of the rate limits. */
  readonly clock: { nowMs: number };
  /** What the platform reported: `left discord:1`, `returned discord:1`. */
  readonly told: readonly string[];
  /** Resolves when the platform has reported it. */
  heard(what: string): Promise<void>;
  stop(): Promise<void>;
}

/** The author's direct messages. */
export interface AuthorsLetters {
  readonly received: readonly DirectMessage[];
  /** Resolves with the next message that wasn't returned yet. */
  next(): Promise<DirectMessage>;
  answer(letter: DirectMessage, words: string): Promise<void>;
}

/** What differs from the default program. */
export interface ProgramSetting {
  readonly notes: readonly Note[];
  readonly author: Author;
  readonly knowledge: ResolvedReferences;
  /** Whether the bot has a key, so that it can write to the author. */
  readonly letters?: boolean;
}

const USUAL: ProgramSetting = { notes, author, knowledge: NOTHING_RESOLVED };

export async function startProgram(
  commands: readonly Command[] = allCommands,
  setting: ProgramSetting = USUAL,
  samplePoster: CommandContext['samplePoster'] = { post: async () => [], deleteAll: async () => true },
): Promise<Program> {
  const store = openMemoryStore({ log: silentLog, noteFrom: eventToNote });
  const relay = 'wss://relay.example/';
  await store.journal.accept(setting.notes.map((note) => ({ note, news: false, relay })));
  const subscriptions = createSubscriptions({ store, wake() {}, log: silentLog });
  const { status } = createStatusReport({
    stats: store.stats,
    checks: [],
    relays: () => [],
    registry: new Registry(),
    startedAtMs: 0,
  });
  const clock = { nowMs: 0 };
  const verifier = await createVerifier({ now: Date.now, log: silentLog });
  const platforms: Platform[] = [];
  const presenter = testPresenter({ author: () => setting.author });
  const pictures = createOwnPictures(toPng, silentLog);
  const { desk, letters } = await openTestDesk(store, platforms, clock);
  const handler = createRequestHandler(commands, {
    log: silentLog,
    now: () => clock.nowMs,
    callbacks: createCallbackStore(store.values.keyv('press')),
    finishNote: presenter.finishNote,
    program: {
      samplePoster,
      archive: store.archive,
      hasBreaking: true,
      audience: async () => ({}),
      drawPicture: pictures.draw,
      installLinks: () => ({}),
      present: async (note, texts) => noteToDocument(note, texts, setting.knowledge),
      finish: presenter.finish,
      author: () => setting.author,
      status,
      subscriptions,
      userStorage: store.values.keyv('reader'),
      async forget(asker, own) {
        await desk.forget(asker);
        await subscriptions.forget(asker, own);
      },
      ...(setting.letters === false ? {} : { submitSuggestion: desk.suggest }),
      verify: (event) => verifier.verify(event, { author: author.pubkey }),
      now: Date.now,
      random: () => 0,
    },
  });
  const over = new AbortController();
  const running = desk.run(over.signal);
  const told: string[] = [];
  const events = createEvents<{ told: undefined }>();
  const tell = (what: string): void => {
    told.push(what);
    events.emit('told', undefined);
  };
  return {
    store,
    letters,
    platforms,
    clock,
    host: {
      ...handler,
      async destinationLost(destination, reason) {
        await subscriptions.destinationLost(destination, reason);
        tell(`left ${destination}`);
      },
      async destinationRestored(destination) {
        await subscriptions.destinationRestored(destination);
        tell(`returned ${destination}`);
      },
      destinationMoved: subscriptions.destinationMoved,
      suspendedDestinations: subscriptions.suspendedDestinations,
    },
    told,
    heard: (what) => events.until(() => told.includes(what)),
    async stop() {
      over.abort();
      await running;
      await store.close();
    },
  };
}

const botKey = botKeyFrom('5'.repeat(64));

/** The author inbox, connected to the author without a relay. */
async function openTestDesk(store: Store, platforms: readonly Platform[], clock: Program['clock']) {
  const received: DirectMessage[] = [];
  const events = createEvents<{ letter: undefined }>();
  let asked = 0;
  const desk: AuthorInbox = await openAuthorInbox({
    openKeyValue: store.values.keyv,
    platforms,
    write: (words, answers) =>
      createDirectMessage(botKey, { to: author.pubkey, words, ...(answers && { answers }) }, Date.now()),
    deliver: async (letter) => {
      received.push(letter);
      events.emit('letter', undefined);
      return true;
    },
    authorName: () => author.name,
    finish: testPresenter().finish,
    texts: en,
    clock: { ...systemClock, now: () => Date.now() + clock.nowMs },
    random: () => 0,
    log: silentLog,
  });
  const letters: AuthorsLetters = {
    received,
    async next() {
      asked += 1;
      await events.until(() => received.length >= asked);
      return received[asked - 1] as DirectMessage;
    },
    answer: (letter, words) =>
      desk.receive({
        ...letter,
        id: createHash('sha256').update(`${letter.id} ${words}`).digest('hex'),
        pubkey: author.pubkey,
        tags: [['e', letter.id]],
        content: words,
      }),
  };
  return { desk, letters };
}

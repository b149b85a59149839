import { commands as allCommands } from '../../commands/index.ts';
import type { Command } from '../../src/command/command.ts';
import { createDispatch } from '../../src/command/dispatch.ts';
import { createPresses } from '../../src/command/presses.ts';
import { createShare } from '../../src/command/share.ts';
import { silent } from '../../src/log.ts';
import { createVerifier } from '../../src/nostr/verify.ts';
import type { Author, Note, VerifiedEvent } from '../../src/note/note.ts';
import { noteFrom } from '../../src/note/note-from.ts';
import { present } from '../../src/note/present.ts';
import { type Knowledge, NOTHING_KNOWN } from '../../src/note/references.ts';
import { createSubscriptions } from '../../src/pipeline/subscriptions.ts';
import type { Host } from '../../src/platform/platform.ts';
import { createEvents } from '../../src/sandbox/discord/events.ts';
import { authorNamed } from '../../src/sandbox/relay/fake-author.ts';
import { createStanding } from '../../src/status/standing.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';
import type { Store } from '../../src/store/store.ts';

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

/** A dozen notes of the author, newest first: words, a picture, Chinese, a letter, and eight about lithium. */
export const notes: readonly Note[] = CONTENTS.map((content) => {
  const note = noteFrom(signer.note(content) as VerifiedEvent);
  if (!note) throw new Error(`No note: ${content}`);
  return note;
}).reverse();

/** The program behind an adapter: the real commands over an archive with the notes, without relays and deliveries. */
export interface Program {
  readonly store: Store;
  readonly host: Host;
  /** What the limits on asking go by. */
  readonly clock: { nowMs: number };
  /** What the platform has told: `left discord:1`, `returned discord:1`. */
  readonly told: readonly string[];
  /** Settles when the platform has told that. */
  heard(what: string): Promise<void>;
  stop(): Promise<void>;
}

/** What the program has to tell where it is not the dozen notes. */
export interface ProgramSetting {
  readonly notes: readonly Note[];
  readonly author: Author;
  readonly knowledge: Knowledge;
}

const USUAL: ProgramSetting = { notes, author, knowledge: NOTHING_KNOWN };

export async function startProgram(
  commands: readonly Command[] = allCommands,
  setting: ProgramSetting = USUAL,
): Promise<Program> {
  const store = openStore({ path: ':memory:', log: silent, noteFrom });
  const relay = 'wss://relay.example/';
  await store.accept(setting.notes.map((note) => ({ note, news: false, relay })));
  const subscriptions = createSubscriptions({ store, wake() {}, log: silent });
  const { standing } = createStanding({
    store,
    parts: [],
    relays: () => [],
    counters: () => [],
    startedAtMs: 0,
  });
  const clock = { nowMs: 0 };
  const verifier = await createVerifier({ now: Date.now, log: silent });
  const dispatch = createDispatch(commands, {
    log: silent,
    now: () => clock.nowMs,
    presses: createPresses(store.keyv('press')),
    program: {
      archive: store,
      hasBreaking: true,
      present: async (note, texts) => present(note, texts, setting.knowledge),
      author: () => setting.author,
      standing,
      subscriptions,
      readers: store.keyv('reader'),
      forget: subscriptions.forget,
      verify: (event) => verifier.verify(event, { author: author.pubkey }),
      now: Date.now,
      random: () => 0,
    },
  });
  const told: string[] = [];
  const events = createEvents<{ told: undefined }>();
  const tell = (what: string): void => {
    told.push(what);
    events.emit('told', undefined);
  };
  return {
    store,
    clock,
    host: {
      ...dispatch,
      share: createShare(store),
      async left(destination, reason) {
        await subscriptions.left(destination, reason);
        tell(`left ${destination}`);
      },
      async returned(destination) {
        await subscriptions.returned(destination);
        tell(`returned ${destination}`);
      },
      moved: subscriptions.moved,
      absent: subscriptions.absent,
    },
    told,
    heard: (what) => events.until(() => told.includes(what)),
    stop: () => store.close(),
  };
}

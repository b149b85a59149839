import { onTestFinished } from 'vitest';
import { commands } from '../../commands/index.ts';
import { createCallbackStore } from '../../src/command/callback-store.ts';
import { formatCallback } from '../../src/command/callback-text.ts';
import type { Command, InstallLinks, ProgramStatus } from '../../src/command/command.ts';
import { createDispatch } from '../../src/command/dispatch.ts';
import type { CommandInput, Place, User } from '../../src/command/invocation.ts';
import { createSubscriptions } from '../../src/delivery/subscriptions.ts';
import type { Fields, Log } from '../../src/lib/log.ts';
import { type Document } from '../../src/note/document.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { Author, NostrEvent, VerifiedEvent } from '../../src/note/note.ts';
import { noteToDocument } from '../../src/note/present/note-to-document.ts';
import type { SearchResult } from '../../src/note/search/query.ts';
import { decodeCallback, encodeCallback } from '../../src/platform/callback-codec.ts';
import { createVerifier } from '../../src/relays/verify.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';
import { testPresenter } from '../ready.fixture.ts';
import { toPlainText } from './plain-text.fixture.ts';
import { sampleNotes, wren } from './sample-notes.fixture.ts';

/** What a bench may have that is not as usual. */
export interface FixtureOptions {
  readonly events?: Iterable<NostrEvent>;
  readonly commands?: readonly Command[];
  readonly author?: Partial<Author>;
  readonly standing?: Partial<ProgramStatus>;
  readonly platform?: 'discord' | 'telegram';
  readonly asker?: Partial<User>;
  readonly place?: Partial<Place>;
  readonly links?: InstallLinks;
  /** What a search is said to have brought, apart from the notes. */
  readonly found?: Partial<SearchResult>;
  /** Noon of 1 April 2025 where left out. */
  readonly nowMs?: number;
  /** As `Math.random`; always 0 where left out. */
  readonly random?: () => number;
}

/** When the program says that it was started. */
const START_MS = Date.UTC(2025, 2, 1);
const TODAY_MS = Date.UTC(2025, 3, 1, 12);

/** The real commands over a real store, and somebody who asks. Gone when the test ends. */
export async function createCommandFixture(setting: FixtureOptions = {}) {
  // Keyv reckons the end of a value's life from the system's clock.
  const clock = { nowMs: Date.now() };
  const logged: { readonly event: string; readonly fields: Fields }[] = [];
  const store = openStore({
    path: ':memory:',
    log: logTo(logged),
    noteFrom: eventToNote,
    now: () => clock.nowMs,
  });
  onTestFinished(() => store.close());
  await store.journal.accept(arrivals(setting.events ?? sampleNotes.values()));
  const platform = setting.platform ?? 'discord';
  const subscriptions = createSubscriptions({ store, wake() {}, log: logTo(logged) });
  const verifier = await createVerifier({ now: () => clock.nowMs, log: logTo(logged) });

  const dispatch = createDispatch(setting.commands ?? commands, {
    log: logTo(logged),
    now: () => clock.nowMs,
    callbacks: createCallbackStore(store.values.keyv('press')),
    program: {
      trial: { post: async () => [], takeAway: async () => true },
      archive: {
        ...store.archive,
        search: async (...asked) => ({ ...(await store.archive.search(...asked)), ...setting.found }),
      },
      present: async (note, texts) => noteToDocument(note, texts),
      finish: testPresenter().finish,
      author: () => ({ pubkey: wren.pubkey, npub: wren.npub, name: 'Wren', ...setting.author }),
      async standing() {
        const { notes, firstAt, lastAt, waiting, lost, destinations } = await store.stats.totals();
        return {
          notes,
          waiting,
          destinations: destinations.active,
          lost: Object.values(lost).reduce((sum, count) => sum + count, 0),
          ...(firstAt === undefined ? {} : { firstAt: firstAt * 1000 }),
          ...(lastAt === undefined ? {} : { lastAt: lastAt * 1000 }),
          relays: [],
          troubles: {},
          startedAt: START_MS,
          ...setting.standing,
        };
      },
      subscriptions,
      readers: store.values.keyv('reader'),
      forget: subscriptions.forget,
      hasBreaking: true,
      links: () => setting.links ?? {},
      verify: (event) => verifier.verify(event, { author: wren.pubkey }),
      now: () => setting.nowMs ?? TODAY_MS,
      random: setting.random ?? (() => 0),
    },
  });

  async function ask(command: string, input: CommandInput, place: Partial<Place> = {}) {
    const { document, to } = await dispatch.answer({
      platform,
      command,
      input,
      asker: { id: `${platform}:7`, manages: true, language: 'en', ...setting.asker },
      place: {
        destination: `${platform}:1`,
        home: `${platform}:1`,
        kind: 'group',
        subscribable: true,
        looks: { styles: ['auto', 'card', 'embed', 'plain'], longs: ['auto', 'split', 'cut', 'summary'] },
        missing: async () => [],
        ...setting.place,
        ...place,
      },
    });
    return { document: document.blocks, language: document.language, to };
  }

  /** The answer to a line such as `/latest 3`; codes of notes are shown as the names they have in the library. */
  async function answer(line: string): Promise<string> {
    const [, command = '', words = ''] = /^\/(\S+)\s*(.*)$/su.exec(codes(line)) ?? [];
    return shown((await ask(command, { line: words })).document);
  }

  /** The answer to pressing a button: its press comes back as the platform has kept it. */
  async function press(label: string, on: Document): Promise<Document> {
    const button = on
      .flatMap((block) => (block.type === 'buttons' ? block.rows.flat() : []))
      .find((one) => one.label === label);
    if (!button || !('callback' in button)) throw new Error(`No button "${label}"`);
    const pressed = decodeCallback(encodeCallback(button.callback, button.responseMode));
    if (!pressed) throw new Error(`No press: ${formatCallback(button.callback)}`);
    return (await ask(pressed.command, pressed.input)).document;
  }

  return { store, dispatch, clock, logged, ask, answer, press };
}

/** A document in shorthand, with the names of notes in the place of their codes. */
export function shown(document: Document): string {
  return [...sampleNotes].reduce(
    (words, [name, { id }]) => words.replaceAll(id.slice(0, 8), `<${name}>`),
    toPlainText(document).replaceAll('\u00a0', ' '),
  );
}

const codes = (line: string): string =>
  [...sampleNotes].reduce((words, [name, { id }]) => words.replaceAll(`<${name}>`, id.slice(0, 8)), line);

function arrivals(events: Iterable<NostrEvent>) {
  return [...events].flatMap((event) => {
    const note = eventToNote(event as VerifiedEvent);
    return note ? [{ note, news: false, relay: 'wss://relay.example/' }] : [];
  });
}

function logTo(lines: { readonly event: string; readonly fields: Fields }[]): Log {
  const write =
    (level: string) =>
    (event: string, fields: Fields = {}): void => {
      if (level === 'error') lines.push({ event, fields });
    };
  const log: Log = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    with: () => log,
  };
  return log;
}

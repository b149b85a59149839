import { onTestFinished } from 'vitest';
import { commands } from '../../commands/index.ts';
import { encodeCallback } from '../../src/command/callback-codec.ts';
import { createCallbackStore } from '../../src/command/callback-store.ts';
import type { Chat, User } from '../../src/command/chat.ts';
import type { Command, CommandContext, InstallLinks } from '../../src/command/command.ts';
import type { ProgramStatus } from '../../src/command/program-status.ts';
import type { Answer, CommandInput, Responder, UserRequest } from '../../src/command/request.ts';
import { createRequestHandler } from '../../src/command/request-handler.ts';
import { createSubscriptions } from '../../src/delivery/subscriptions.ts';
import type { Fields, Log } from '../../src/lib/log.ts';
import { type Document, paragraph, text } from '../../src/note/document.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { Author, NostrEvent, VerifiedEvent } from '../../src/note/note.ts';
import { noteToDocument } from '../../src/note/present/note-to-document.ts';
import type { SearchResult } from '../../src/note/search/query.ts';
import { createVerifier } from '../../src/relays/verify.ts';
import { testPresenter } from '../ready.fixture.ts';
import { openMemoryStore } from '../store/memory-store.fixture.ts';
import { toPlainText } from './plain-text.fixture.ts';
import { sampleNotes, wren } from './sample-notes.fixture.ts';

/** What can differ from the defaults. */
export interface FixtureOptions {
  readonly events?: Iterable<NostrEvent>;
  readonly commands?: readonly Command[];
  readonly author?: Partial<Author>;
  readonly status?: Partial<ProgramStatus>;
  readonly audience?: Awaited<ReturnType<CommandContext['audience']>>;
  readonly drawPicture?: CommandContext['drawPicture'];
  readonly platform?: 'discord' | 'telegram';
  readonly user?: Partial<User>;
  readonly chat?: Partial<Chat>;
  readonly links?: InstallLinks;
  /** Overrides a search result, apart from the notes. */
  readonly found?: Partial<SearchResult>;
  /** Default: noon of 1 April 2025. */
  readonly nowMs?: number;
  /** Rate limits use `clock`, which stands still. */
  readonly isLimited?: boolean;
  /** Like `Math.random`. Default: always 0. */
  readonly random?: () => number;
}

/** An answer or a refusal as the user gets it. */
export interface ShownAnswer extends Pick<Answer, 'to'> {
  readonly document: Document;
  readonly language: string;
}

/** A request without its user and chat. */
type Requested = UserRequest extends infer One
  ? One extends UserRequest
    ? Omit<One, 'platform' | 'user' | 'chat'>
    : never
  : never;

/** When the program reports that it started. */
const START_MS = Date.UTC(2025, 2, 1);
const TODAY_MS = Date.UTC(2025, 3, 1, 12);

/** The real commands with a real store and a user. Disposed of when the test ends. */
export async function createCommandFixture(setting: FixtureOptions = {}) {
  // Keyv computes expiry from the system clock.
  const clock = { nowMs: Date.now() };
  const logged: { readonly event: string; readonly fields: Fields }[] = [];
  const store = openMemoryStore({
    log: logTo(logged),
    noteFrom: eventToNote,
    now: () => clock.nowMs,
  });
  onTestFinished(() => store.close());
  await store.journal.accept(arrivals(setting.events ?? sampleNotes.values()));
  const platform = setting.platform ?? 'discord';
  const subscriptions = createSubscriptions({ store, wake() {}, log: logTo(logged) });
  const verifier = await createVerifier({ now: () => clock.nowMs, log: logTo(logged) });

  let askedMs = 0;
  const handler = createRequestHandler(setting.commands ?? commands, {
    log: logTo(logged),
    // Each request comes long after the last one, unless the test is about rate limits.
    now: () => (setting.isLimited ? clock.nowMs : (askedMs += 60_000)),
    callbacks: createCallbackStore(store.values.keyv('press')),
    finishNote: testPresenter().finishNote,
    program: {
      samplePoster: { post: async () => [], deleteAll: async () => true },
      archive: {
        ...store.archive,
        search: async (...asked) => ({ ...(await store.archive.search(...asked)), ...setting.found }),
      },
      present: async (note, texts) => noteToDocument(note, texts),
      finish: testPresenter().finish,
      author: () => ({ pubkey: wren.pubkey, npub: wren.npub, name: 'Wren', ...setting.author }),
      async status() {
        const { notes, firstAt, lastAt, waiting, lost, destinations } = await store.stats.totals();
        return {
          notes,
          waiting,
          destinations: destinations.active,
          lost: Object.values(lost).reduce((sum, count) => sum + count, 0),
          ...(firstAt === undefined ? {} : { firstAt: firstAt * 1000 }),
          ...(lastAt === undefined ? {} : { lastAt: lastAt * 1000 }),
          relays: [],
          problems: {},
          startedAt: START_MS,
          ...setting.status,
        };
      },
      subscriptions,
      userStorage: store.values.keyv('reader'),
      forget: subscriptions.forget,
      hasBreaking: true,
      audience: async () => setting.audience ?? {},
      drawPicture: setting.drawPicture ?? (async () => 'attachment://chart.png'),
      installLinks: () => setting.links ?? {},
      verify: (event) => verifier.verify(event, { author: wren.pubkey }),
      now: () => setting.nowMs ?? TODAY_MS,
      random: setting.random ?? (() => 0),
    },
  });

  /** The answer to a request, or the refusal as a document. */
  async function handle(asked: Requested, chat: Partial<Chat> = {}, responder: Partial<Responder> = {}) {
    let answer: ShownAnswer | undefined;
    const { id = `${platform}:7`, isManager = true, language = 'en', inbox } = setting.user ?? {};
    await handler.handle(
      {
        ...asked,
        platform,
        user: { id, isManager, language, ...(inbox !== undefined && { inbox }) },
        chat: () => ({
          destination: `${platform}:1`,
          home: `${platform}:1`,
          kind: 'group',
          subscribable: true,
          styleOptions: {
            styles: ['auto', 'card', 'embed', 'plain'],
            longTextModes: ['auto', 'split', 'cut', 'summary'],
          },
          missingPermissions: async () => [],
          ...setting.chat,
          ...chat,
        }),
      },
      {
        accept() {},
        async answer({ document, to }) {
          answer = { document: document.blocks, language: document.language, to };
        },
        async refuse({ sentence }) {
          answer = { document: [paragraph(text(sentence))], to: 'user', language };
        },
        ...responder,
      },
    );
    return answer;
  }

  const answered = (answer: ShownAnswer | undefined): ShownAnswer => {
    if (!answer) throw new Error('No answer');
    return answer;
  };

  const ask = async (command: string, input: CommandInput, chat: Partial<Chat> = {}): Promise<ShownAnswer> =>
    answered(await handle({ type: 'command', command, input, isAddressed: true }, chat));

  /** The answer to a button, by its token. */
  const pressToken = async (token: string, selected?: readonly string[]): Promise<ShownAnswer> =>
    answered(await handle({ type: 'callback', token, ...(selected && { selected }) }));

  /** The answer to a line such as `/latest 3`; codes of notes are replaced by their names in the sample notes. */
  async function answer(line: string): Promise<string> {
    const [, command = '', words = ''] = /^\/(\S+)\s*(.*)$/su.exec(codes(line)) ?? [];
    return shown((await ask(command, { line: words })).document);
  }

  /** The answer to pressing a button, whose callback is encoded as on the platform. */
  async function press(label: string, on: Document): Promise<Document> {
    const button = on
      .flatMap((block) => (block.type === 'buttons' ? block.rows.flat() : []))
      .find((one) => one.label === label);
    if (!button || !('callback' in button)) throw new Error(`No button "${label}"`);
    return (await pressToken(encodeCallback(button.callback, button.responseMode))).document;
  }

  return { store, handler, handle, pressToken, clock, logged, ask, answer, press };
}

/** A document in shorthand, with the names of notes instead of their codes. */
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

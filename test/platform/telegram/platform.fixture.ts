import { afterEach, beforeEach } from 'vitest';
import { type FakeTelegram, startTelegram } from '../../../sandbox/telegram/telegram.ts';
import type { Menu } from '../../../src/command/menu.ts';
import type { Answer } from '../../../src/command/request.ts';
import type { Fields, Log } from '../../../src/lib/log.ts';
import { type Document, paragraph, text } from '../../../src/note/document.ts';
import type { Host, Platform } from '../../../src/platform/platform.ts';
import { createTelegram } from '../../../src/platform/telegram/telegram.ts';
import { type Asked, scriptedHost } from '../scripted-host.fixture.ts';

export const menu: Menu = [
  {
    name: 'latest',
    description: 'The newest posts',
    options: [],
    answerTo: 'everyone',
    for: 'readers',
    category: 'reading',
  },
  {
    name: 'help',
    description: 'What I can do',
    options: [],
    answerTo: 'user',
    for: 'readers',
    category: 'reading',
  },
  {
    name: 'subscribe',
    description: 'Posts here',
    options: [],
    answerTo: 'user',
    for: 'readers',
    category: 'reading',
  },
  {
    name: 'unsubscribe',
    description: 'No posts here',
    options: [],
    answerTo: 'user',
    for: 'readers',
    category: 'reading',
  },
  {
    name: 'status',
    description: 'How things are',
    options: [],
    answerTo: 'user',
    for: 'managers',
    category: 'managing',
  },
];

export interface PlatformFixture {
  readonly telegram: FakeTelegram;
  readonly platform: Platform;
  /** Requests that the host got, its events, and the pauses of the adapter in milliseconds. */
  readonly asked: Asked[];
  readonly told: string[];
  readonly pauses: number[];
  readonly logged: string[];
  /** The clock of the adapter and of the server. */
  clock: { nowMs: number };
  /** Makes the answers from now on. */
  answer: (asked: Asked) => Promise<Document> | Document;
  to: Answer['to'];
  /** Starts the platform, and waits until its first request for updates is held. */
  start(): Promise<void>;
  /** Texts and captions of the bot's messages in a chat. */
  said(chat: number | { readonly id: number }): readonly (string | undefined)[];
}

export const documentOf = (words: string): Document => [paragraph(text(words))];

/** A platform and a sandbox for each test of a file. */
export function usePlatform(): PlatformFixture {
  const wire = { answer: () => documentOf('Salt') } as unknown as {
    -readonly [Key in keyof PlatformFixture]: PlatformFixture[Key];
  };
  beforeEach(async () => {
    const clock = { nowMs: 1_773_324_300_000 };
    const telegram = await startTelegram({ now: () => clock.nowMs });
    const asked: Asked[] = [];
    const told: string[] = [];
    const pauses: number[] = [];
    const logged: string[] = [];
    const platform = createTelegram({
      token: telegram.token,
      apiUrl: telegram.apiUrl,
      log: recordingLog(logged),
      now: () => clock.nowMs,
      // Pauses are recorded, and end in the next turn of the event loop.
      wait: (ms) => {
        pauses.push(ms);
        return new Promise((resolve) => setImmediate(resolve));
      },
    });
    const host: Host = {
      ...scriptedHost({
        menu,
        now: () => clock.nowMs,
        async reply(request) {
          asked.push(request);
          return { document: await wire.answer(request), to: wire.to };
        },
      }),
      destinationLost: async (destination) => void told.push(`left ${destination}`),
      destinationRestored: async (destination) => void told.push(`returned ${destination}`),
      destinationMoved: async (from, to) => void told.push(`moved ${from} ${to}`),
    };
    Object.assign(wire, {
      telegram,
      platform,
      asked,
      told,
      pauses,
      logged,
      clock,
      answer: () => documentOf('Salt'),
      to: 'everyone',
      async start() {
        await platform.start(host);
        await telegram.until(() => telegram.polling);
      },
      said: (chat: number | { readonly id: number }) =>
        telegram
          .messages(chat)
          .filter(({ byBot, deleted }) => byBot && !deleted)
          .map(({ message }) => message.text ?? message.caption),
    });
  });
  afterEach(async () => {
    await wire.platform.stop();
    await wire.telegram.stop();
  });
  return wire;
}

export function recordingLog(lines: string[]): Log {
  const write = (event: string, fields: Fields = {}): void => {
    lines.push(`${event} ${JSON.stringify(fields)}`);
  };
  const log: Log = { debug: write, info: write, warn: write, error: write, with: () => log };
  return log;
}

import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { createEvents } from '../../sandbox/discord/events.ts';
import { type AuthorInboxParts, openAuthorInbox } from '../../src/author-inbox/author-inbox.ts';
import type { Invoker } from '../../src/command/command-context.ts';
import { en } from '../../src/i18n/en/catalogue.ts';
import { silentLog } from '../../src/lib/log.ts';
import { documentText } from '../../src/note/document.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { Platform, SendResult } from '../../src/platform/platform.ts';
import { botKeyFrom } from '../../src/relays/bot-key.ts';
import { createDirectMessage, type DirectMessage } from '../../src/relays/dm/nip17.ts';
import { testPresenter } from '../ready.fixture.ts';
import { openMemoryStore } from '../store/memory-store.fixture.ts';

const key = botKeyFrom('7'.repeat(64));
const AUTHOR = 'a'.repeat(64);
export const DAY_MS = 86_400_000;

export const sent: SendResult = { status: 'sent', receipt: 'm1' };

/** Who asks: the reader of that number, in a group unless said otherwise. */
export const by = (reader: number, place: Partial<Invoker['chat']> = {}): Invoker => ({
  platform: 'telegram',
  user: { id: `telegram:${reader}`, inbox: `telegram:${reader}`, isManager: false, language: 'en' },
  chat: {
    destination: 'telegram:-5',
    home: 'telegram:-5',
    kind: 'group',
    subscribable: true,
    missingPermissions: async () => [],
    styleOptions: { styles: [], longTextModes: [] },
    ...place,
  },
});

/** An inbox over a real store, with an author and a platform that do as they are told. Gone when the test ends. */
export async function createInboxFixture() {
  const clock = { nowMs: Date.now() };
  const store = openMemoryStore({
    log: silentLog,
    noteFrom: eventToNote,
    now: () => clock.nowMs,
  });
  const letters: DirectMessage[] = [];
  /** `<destination> <in doubt?>: words`, one for each send. */
  const sends: string[] = [];
  const keys: string[] = [];
  const events = createEvents<{ happened: undefined }>();
  const happened = () => events.emit('happened', undefined);
  /** What becomes of letters and sends. */
  const world = {
    relay: (_letter: DirectMessage): boolean => true,
    send: (_destination: string): SendResult => sent,
  };
  const platform: Pick<Platform, 'name' | 'renderAsync' | 'send'> = {
    name: 'telegram',
    renderAsync: async (document) => [{ cost: 1, call: documentText(document.blocks) }],
    async send(destination, { call }, sendKey, { uncertain } = {}) {
      sends.push(`${destination}${uncertain ? ' again' : ''}: ${String(call)}`);
      keys.push(sendKey);
      const result = world.send(destination);
      happened();
      return result;
    },
  };
  const ends: AbortController[] = [];
  const running: Promise<void>[] = [];

  /** The program after a start; the one before is ended. */
  async function open(more: Partial<AuthorInboxParts> = {}) {
    await end();
    const inbox = await openAuthorInbox({
      openKeyValue: store.values.keyv,
      platforms: [platform],
      write: (words, answers) =>
        createDirectMessage(key, { to: AUTHOR, words, ...(answers && { answers }) }, clock.nowMs),
      async deliver(letter) {
        const isTaken = world.relay(letter);
        if (isTaken) letters.push(letter);
        happened();
        return isTaken;
      },
      authorName: () => 'Wren',
      finish: testPresenter().finish,
      texts: en,
      clock: {
        now: () => clock.nowMs,
        steady: () => clock.nowMs,
        // Waits are a turn of the loop.
        wait: () => new Promise((resolve) => setImmediate(resolve)),
      },
      random: () => 0,
      log: silentLog,
      ...more,
    });
    const over = new AbortController();
    ends.push(over);
    running.push(inbox.run(over.signal));
    return inbox;
  }
  async function end(): Promise<void> {
    for (const over of ends.splice(0)) over.abort();
    await Promise.all(running.splice(0));
  }
  onTestFinished(async () => {
    await end();
    await store.close();
  });
  return { clock, store, letters, sends, keys, world, open, end, until: events.until };
}

/** A letter of the author's. */
export function fromAuthor(
  words: string,
  more: { answers?: string; atS?: number; kind?: number } = {},
): DirectMessage {
  const { answers, atS = Math.floor(Date.now() / 1000), kind = 14 } = more;
  const id = createHash('sha256')
    .update(JSON.stringify([words, answers, atS, kind]))
    .digest('hex');
  const tags = [['p', key.pubkey], ...(answers === undefined ? [] : [['e', answers, '', 'reply']])];
  return { id, pubkey: AUTHOR, created_at: atS, kind, tags, content: words };
}

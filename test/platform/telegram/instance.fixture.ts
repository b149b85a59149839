import { onTestFinished } from 'vitest';
import {
  type FakeTelegram,
  startTelegram,
  type TelegramOptions,
} from '../../../sandbox/telegram/telegram.ts';
import type { Call } from '../../../sandbox/telegram/world/world.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import type { Document } from '../../../src/note/document.ts';
import type { Note } from '../../../src/note/note.ts';
import type { Body, Host } from '../../../src/platform/platform.ts';
import { createTelegram } from '../../../src/platform/telegram/telegram.ts';
import {
  type ManualClock,
  manualClock,
  memoryStore,
  noteSaying,
  startDeliveryLoop,
  testSubscriptions,
} from '../../delivery/delivery.fixture.ts';
import { ready } from '../../ready.fixture.ts';
import { scriptedHost } from '../scripted-host.fixture.ts';
import { documentOf, menu, recordingLog } from './platform.fixture.ts';

/** A Bot API server that stops with the test. */
export async function startTestTelegram(options: TelegramOptions = {}): Promise<FakeTelegram> {
  const telegram = await startTelegram({ now: () => Date.UTC(2027, 0, 1), ...options });
  onTestFinished(() => telegram.stop());
  return telegram;
}

interface InstanceOptions {
  readonly clock?: ManualClock;
  readonly desk?: ManualClock;
  readonly rate?: number;
}

/**
 * The adapter, and delivery with a store of its own. Time stands still until the test advances it, separately for the
 * adapter (`clock`) and for delivery (`desk`).
 */
export function startInstance(
  telegram: FakeTelegram,
  { clock = manualClock(), desk = manualClock(), rate }: InstanceOptions = {},
) {
  const logged: string[] = [];
  const store = memoryStore();
  const { token, apiUrl } = telegram;
  const platform = createTelegram({
    token,
    apiUrl,
    ...(rate !== undefined && { rate }),
    log: recordingLog(logged),
    now: clock.now,
    wait: clock.wait,
    random: () => 0,
  });
  // Waits of 0 ms must end by themselves, or else the loop would stop.
  const soon = () => new Promise<void>((resolve) => setImmediate(resolve));
  const patient: Clock = { ...desk, wait: (ms, signal) => (ms > 0 ? desk.wait(ms, signal) : soon()) };
  const delivery = startDeliveryLoop(store, platform, patient);
  const subscriptions = testSubscriptions({ store, wake: delivery.wake, log: recordingLog(logged) });
  const { destinationLost, destinationRestored, destinationMoved, suspendedDestinations } = subscriptions;
  const host: Host = {
    ...scriptedHost({
      menu,
      async reply({ command, chat }) {
        if (command === 'subscribe') await subscriptions.subscribe(chat.destination);
        return { document: documentOf('Salt'), to: 'everyone' };
      },
    }),
    destinationLost,
    destinationRestored,
    destinationMoved,
    suspendedDestinations,
  };
  onTestFinished(() => platform.stop());

  return {
    clock,
    desk,
    logged,
    store,
    platform,
    delivery,
    subscriptions,
    start: () => platform.start(host),
    /** Advances a second first, so that earlier sends don't use up the rate limit. */
    async publish(...notes: readonly (string | Note)[]): Promise<void> {
      desk.advance(1_000);
      await store.journal.accept(
        notes.map((note) => ({ note: typeof note === 'string' ? noteSaying(note) : note, news: true })),
      );
      delivery.wake();
    },
    /** Makes one send directly, without delivery. */
    send: (chat: { readonly id: number }, document: Document = documentOf('Salt'), key = 'k') =>
      platform.send(destinationOf(chat), platform.render(ready(document), 'classic')[0] as Body, key),
    /** Advances to the next retry of delivery. */
    async later(): Promise<void> {
      const platform = 'telegram';
      const due = await store.deliveries.nextDueMs(platform, 0);
      if (due !== undefined) desk.advance(Math.max(0, due - desk.now()));
    },
    lines: (event: string) => logged.filter((line) => line.startsWith(`${event} `)),
  };
}

export type Instance = ReturnType<typeof startInstance>;

/** Texts and captions of the bot's messages in a chat. */
export function botTexts(
  telegram: FakeTelegram,
  chat: { readonly id: number },
): readonly (string | undefined)[] {
  return telegram
    .messages(chat)
    .filter(({ byBot, deleted }) => byBot && !deleted)
    .map(({ message }) => message.text ?? message.caption);
}

export const callsOf = ({ calls: all }: FakeTelegram, method: string): readonly Call[] =>
  all.filter((call) => call.method === method);

export const destinationOf = ({ id }: { readonly id: number }, topic?: number): string =>
  `telegram:${id}${topic === undefined ? '' : `/${topic}`}`;

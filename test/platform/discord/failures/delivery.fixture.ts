import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Clock } from '../../../../sandbox/discord/clock.ts';
import type { Channel } from '../../../../sandbox/discord/world/model.ts';
import type { Clock as PipelineClock } from '../../../../src/lib/clock.ts';
import { silentLog } from '../../../../src/lib/log.ts';
import type { Host, Platform } from '../../../../src/platform/platform.ts';
import {
  manualClock,
  memoryStore,
  noteSaying,
  startDeliveryLoop,
  testSubscriptions,
} from '../../../delivery/delivery.fixture.ts';
import { fakeHost, messageText, startBot } from '../discord.fixture.ts';

export const CREATE = 'POST /channels/:channel/messages';
export const EDIT = 'PATCH /channels/:channel/messages/:message';
export const DELETE = 'DELETE /channels/:channel/messages/:message';
export const READ = 'GET /channels/:channel/messages';

/** Makes the clock usable for delivery. Every wait lets the network proceed first. */
function deliveryClock(clock: ReturnType<typeof manualClock>): PipelineClock {
  const wait: PipelineClock['wait'] = async (ms, signal) => {
    await turn();
    await clock.wait(ms, signal);
  };
  return { ...clock, wait };
}

/** Makes the clock usable for the server. */
function sandboxClock(clock: ReturnType<typeof manualClock>): Clock {
  return {
    now: clock.now,
    after(ms, task) {
      const over = new AbortController();
      void clock.wait(ms, over.signal).then(() => over.signal.aborted || task());
      return () => over.abort();
    },
  };
}

/** A Discord with a subscribed channel, and delivery to it, all with a manual clock. */
export async function startDelivery(options: Parameters<typeof startBot>[0] = {}) {
  const clock = manualClock();
  const all = await startBot({ ...options, clock: sandboxClock(clock) });
  const { discord, platform, channel } = all;
  const store = memoryStore();
  const deliver = (through: Platform) => startDeliveryLoop(store, through, deliveryClock(clock));
  const delivery = deliver(platform);
  const subscriptions = testSubscriptions({ store, wake: delivery.wake, log: options.log ?? silentLog });
  await subscriptions.subscribe(all.destination);
  const { destinationLost, destinationRestored, suspendedDestinations } = subscriptions;
  // The server's owner is notified of problems; such messages aren't deliveries.
  const chatWithOwner = discord.world.openDm(all.guild.owner);
  const requestsTo = (route: string) =>
    discord.requests.filter(
      ({ route: asked, path }) => asked === route && path.split('/')[2] !== chatWithOwner.id,
    );
  return {
    ...all,
    clock,
    store,
    delivery,
    /** A second delivery loop with the same store, as after a restart. */
    deliver,
    subscriptions,
    host: { ...fakeHost().host, destinationLost, destinationRestored, suspendedDestinations } as Host,
    async publish(...contents: readonly string[]) {
      const notes = contents.map((content) => noteSaying(content));
      await store.journal.accept(notes.map((note) => ({ note, news: true })));
      delivery.wake();
      return notes;
    },
    async takeBack(...ids: readonly string[]) {
      await store.journal.delete({ id: 'd'.repeat(64), createdAt: 2_000_000_000, ids, addresses: [] });
      delivery.wake();
    },
    /** The messages in a channel, oldest first. */
    shown: (where: Channel = channel) => discord.messages(where).map(messageText),
    /** Statuses of the responses of a route, oldest first. */
    answers: (route: string = CREATE) => requestsTo(route).map(({ status }) => status),
    state: async (id = all.destination) => (await store.destinations.get(id))?.state,
    counted: (name: string) =>
      delivery.counters.all().reduce((sum, line) => sum + (line.name === name ? line.value : 0), 0),
    /** Resolves after this many requests to a route. */
    answered: (count: number, route = CREATE) => discord.until(() => requestsTo(route).length >= count),
    /** Advances the clock second by second until the condition holds. */
    async until(holds: () => boolean | Promise<boolean>) {
      const passes = async () => {
        clock.advance(1_000);
        return holds();
      };
      await expect.poll(passes, { interval: 5, timeout: 10_000 }).toBe(true);
    },
  };
}

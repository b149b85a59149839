import { expect, test } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';
import { discordText, startEnvironment, type TestEnvironment } from './environment.fixture.ts';

/** Enough that a broadcast takes far longer than any command meanwhile. */
const CHATS = 10_000;
const CHANNELS = 1_000;
/** Messages that the rate limits allow in four seconds; if the answer waited for the broadcast, it would be hundreds of times as many. */
const FEW = 200;
/** Concurrent sends per platform (`delivery/delivery-loop`). */
const AT_ONCE = 32;

const now = () => Math.floor(Date.now() / 1000);

/** Subscribes everybody. */
async function subscribeAll(world: TestEnvironment): Promise<void> {
  const { discord, telegram } = world;
  const chats = Array.from({ length: CHATS }, () => telegram.person({ firstName: 'Reader', started: true }));
  const guilds = [1, 2].map((n) => discord.world.addGuild({ name: `Harbour ${n}` }));
  const channels = guilds.flatMap((guild) =>
    Array.from({ length: CHANNELS / 2 }, (_, n) => discord.world.addChannel(guild, { name: `news-${n}` })),
  );
  const store = openStore({
    path: world.env.DATABASE_URL.replace('sqlite:', ''),
    log: silentLog,
    noteFrom: eventToNote,
  });
  const ids = [...chats.map(({ id }) => `telegram:${id}`), ...channels.map(({ id }) => `discord:${id}`)];
  await Promise.all(ids.map((id) => store.destinations.subscribe({ id, source: 'command' })));
  await store.close();
}

/** Messages of the broadcast sent so far. */
const sent = ({ discord, telegram }: TestEnvironment) => ({
  discord: discord.requests.filter(({ route }) => route === 'POST /channels/:channel/messages').length,
  telegram: telegram.calls.filter(
    ({ method, payload }) => method === 'sendMessage' && payload['chat_id'] !== telegram.reader.id,
  ).length,
});

/** The answers to `/latest` on both platforms, asked at once. */
async function latest({ discord, telegram }: TestEnvironment): Promise<readonly string[]> {
  const { reader } = telegram;
  telegram.say({ chat: reader, user: reader, text: '/latest' });
  const [seen, answer] = await Promise.all([
    discord.slash({ user: discord.member, channel: discord.channel, name: 'latest' }),
    telegram.until(() => telegram.messages(reader).find(({ byBot }) => byBot), 20_000),
  ]);
  if (seen.status !== 'answered') throw new Error(`Discord: ${seen.status}`);
  return [discordText(seen.message), answer.message.text ?? ''];
}

test('a command is answered during a broadcast, within the shared rate limits', async () => {
  const world = await startEnvironment({ limited: true });
  await subscribeAll(world);
  const program = world.start();
  await program.ready();
  world.relay.publish(world.author.note('Broadcast to everybody.', { createdAt: now() + 1 }));
  await Promise.all([
    world.discord.until(() => sent(world).discord > 10),
    world.telegram.until(() => sent(world).telegram > 10, 15_000),
  ]);

  const before = sent(world);
  for (const answer of await latest(world)) expect(answer).toContain('Broadcast to everybody.');
  const after = sent(world);

  expect(after.discord - before.discord).toBeLessThan(FEW);
  expect(after.telegram - before.telegram).toBeLessThan(FEW);
  expect(after.discord).toBeLessThan(CHANNELS);
  await world.telegram.until(() => sent(world).telegram > after.telegram, 15_000);
  expect(world.discord.requests.filter(({ status }) => status === 429)).toEqual([]);
  expect(world.telegram.calls.filter(({ status }) => status === 429)).toEqual([]);
});

test('a command is answered even if every send of a broadcast hangs', async () => {
  const world = await startEnvironment();
  const { discord, telegram } = world;
  await subscribeAll(world);
  const { promise: end, resolve: letGo } = Promise.withResolvers<void>();
  const hanging = new Set<string>();
  const times = Number.POSITIVE_INFINITY;
  discord.fault({ times, route: 'POST /channels/:channel/messages', effect: 'lost' });
  telegram.fault({
    times,
    method: 'sendMessage',
    when: ({ chat_id = '' }) => chat_id !== String(telegram.reader.id) && hanging.add(chat_id).size > 0,
    effect: { kind: 'hold', until: end },
  });
  const program = world.start();
  await program.ready();
  world.relay.publish(world.author.note('Broadcast to everybody.', { createdAt: now() + 1 }));
  await discord.until(() => sent(world).discord === AT_ONCE);
  await expect.poll(() => hanging.size).toBe(AT_ONCE);

  for (const answer of await latest(world)) expect(answer).toContain('Broadcast to everybody.');
  expect(sent(world).discord).toBe(AT_ONCE);
  expect(hanging.size).toBe(AT_ONCE);
  letGo();
});

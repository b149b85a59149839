import { REST, Routes } from 'discord.js';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { type DiscordOptions, type FakeDiscord, startDiscord } from '../../../sandbox/discord/discord.ts';
import type { PermissionName } from '../../../sandbox/discord/world/flags.ts';
import type { Channel, Guild } from '../../../sandbox/discord/world/model.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { inspectDiscord } from '../../../src/platform/discord/inspect.ts';

const { fixes, obstacles, missingPermissions } = en.discord;

async function start(options: DiscordOptions = {}) {
  const discord = await startDiscord({ limits: 'off', ...options });
  onTestFinished(discord.stop);
  const guild = discord.world.addGuild({ name: 'Harbour', bot: [] });
  const inspection = inspectDiscord(discord);
  return { discord, guild, inspection };
}

/** Whether a message gets through, or a post in a forum and an answer there. */
async function canPost({ token, apiUrl }: FakeDiscord, { id, kind }: Channel): Promise<boolean> {
  const rest = new REST({ api: apiUrl, retries: 0 }).setToken(token);
  const message = { content: 'The tide is in.' };
  const isForum = kind === 'forum' || kind === 'media';
  try {
    if (isForum) {
      // A long text needs further messages in the post.
      const post = await rest.post(Routes.threads(id), { body: { name: 'Tide', message } });
      await rest.post(Routes.channelMessages((post as { readonly id: string }).id), { body: message });
    } else await rest.post(Routes.channelMessages(id), { body: message });
    return true;
  } catch {
    return false;
  }
}

test('the account: name, servers, invite link, intents and logins', async () => {
  const { inspection, discord } = await start();
  const findings = await inspection.account();
  expect(findings.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
  expect(findings[0]?.message).toMatch(
    /^logged in as postrider.*, in 1 server; others can invite it: https:\/\/discord\.com\/oauth2/,
  );
  discord.world.isPublic = false;
  expect((await inspection.account())[0]?.message).toContain('only its owner can invite it');
});

test('a bot that is in no server is told how to get into one', async () => {
  const { inspection, discord, guild } = await start();
  discord.world.remove(guild);
  expect((await inspection.account())[0]).toMatchObject({
    status: 'warning',
    message: expect.stringContaining('in no server'),
    fix: expect.stringContaining('https://discord.com/oauth2/authorize?'),
  });
});

test('logins that are used up', async () => {
  const { inspection } = await start({ sessionStarts: 0 });
  expect((await inspection.account()).at(-1)).toMatchObject({ status: 'failed' });
  const few = await start({ sessionStarts: 20 });
  expect((await few.inspection.account()).at(-1)).toMatchObject({ status: 'warning' });
});

test('a wrong token, and a Discord that doesn’t answer', async () => {
  const { discord } = await start();
  const rejected = inspectDiscord({ token: 'other', apiUrl: discord.apiUrl });
  expect(await rejected.account()).toMatchObject([{ status: 'failed', message: 'the token was rejected' }]);
  const unreachable = inspectDiscord({ token: discord.token, apiUrl: 'http://127.0.0.1:1/api' });
  expect(await unreachable.account()).toMatchObject([
    { status: 'failed', message: expect.stringContaining('ECONNREFUSED') },
  ]);
});

type Setup = (world: FakeDiscord['world'], guild: Guild) => Channel;

const everyoneOf = (guild: Guild, deny: readonly PermissionName[]) => ({
  of: guild.roles.get(guild.id)!,
  deny,
});

const CHANNELS: readonly (readonly [string, Setup, string | undefined])[] = [
  ['a text channel', (world, guild) => world.addChannel(guild, { name: 'news' }), undefined],
  [
    'a hidden one',
    (world, guild) =>
      world.addChannel(guild, { name: 'news', overwrites: [everyoneOf(guild, ['ViewChannel'])] }),
    fixes.view,
  ],
  [
    'one where nobody may write',
    (world, guild) =>
      world.addChannel(guild, { name: 'news', overwrites: [everyoneOf(guild, ['SendMessages'])] }),
    missingPermissions(['Send Messages']),
  ],
  [
    'a voice channel',
    (world, guild) => world.addChannel(guild, { name: 'talk', kind: 'voice' }),
    obstacles.voice,
  ],
  ['a category', (world, guild) => world.addChannel(guild, { name: 'all', kind: 'category' }), fixes.kind],
];

test.each(CHANNELS)('%s', async (_name, setUp, fix) => {
  const { discord, guild, inspection } = await start();
  const channel = setUp(discord.world, guild);
  const [finding] = await inspection.destination(channel.id);
  expect(finding?.fix).toBe(fix);
  expect(finding?.status === 'failed').toBe(fix !== undefined);
});

test('a channel that doesn’t exist', async () => {
  const { inspection } = await start();
  expect(await inspection.destination('123')).toMatchObject([{ status: 'failed', fix: expect.any(String) }]);
});

const NAMES: readonly PermissionName[] = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'EmbedLinks',
  'ManageThreads',
  'Administrator',
];
const some = fc.subarray([...NAMES]);

test('what it says of a channel is what happens to a post there', async () => {
  const { discord, guild } = await start();
  const { world } = discord;
  const own = [...guild.roles.values()].find(({ managed }) => managed)!;
  const everyone = guild.roles.get(guild.id)!;
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        kind: fc.constantFrom('text', 'announcement', 'forum', 'category'),
        everyone: some,
        role: some,
        overwrites: fc.uniqueArray(
          fc.record({ of: fc.constantFrom('everyone', 'role', 'bot'), allow: some, deny: some }),
          { maxLength: 3, selector: ({ of }) => of },
        ),
        inThread: fc.boolean(),
        locked: fc.boolean(),
        timedOut: fc.boolean(),
      }),
      async (drawn) => {
        world.setRole(guild, everyone, drawn.everyone);
        world.setRole(guild, own, drawn.role);
        world.setMember(guild, world.bot, { timedOutUntil: drawn.timedOut ? Date.now() + 3_600_000 : 0 });
        const targets = { everyone, role: own, bot: world.bot };
        const overwrites = drawn.overwrites.map(({ of, ...rest }) => ({ of: targets[of], ...rest }));
        const parent = world.addChannel(guild, { name: 'news', kind: drawn.kind, overwrites });
        const hasThread = drawn.inThread && drawn.kind === 'text';
        const channel = hasThread
          ? world.addChannel(guild, { name: 'thread', kind: 'thread', parent })
          : parent;
        if (hasThread && drawn.locked) world.changeChannel(channel, { locked: true });
        const findings = await inspectDiscord(discord).destination(channel.id);
        const isFine = findings.every(({ status }) => status !== 'failed');
        expect(isFine).toBe(await canPost(discord, channel));
      },
    ),
    { numRuns: 150 },
  );
});

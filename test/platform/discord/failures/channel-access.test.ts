import { describe, expect, test } from 'vitest';
import type { ChannelKind } from '../../../../sandbox/discord/world/flags.ts';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { paragraph, text } from '../../../../src/note/document.ts';
import { bodyOf, messageText, startBot } from '../discord.fixture.ts';
import { CREATE, startDelivery } from './delivery.fixture.ts';

const { fixes, missingPermissions, permissions } = en.discord;
const words = [paragraph(text('The port is quiet.'))];
const TEN_MINUTES_MS = 600_000;

describe('a channel without permission to write', () => {
  test.each([
    ['Send Messages', ['SendMessages'], [permissions.write]],
    ['View Channel', ['ViewChannel'], [permissions.view]],
    ['both', ['ViewChannel', 'SendMessages'], [permissions.view, permissions.write]],
  ] as const)(
    '(%s denied) is suspended with the permission’s name, without a request',
    async (_, deny, names) => {
      const { discord, channel, platform, host, destination, store, publish, state, answers } =
        await startDelivery();
      await platform.start(host);
      discord.world.setOverwrites(channel, [{ of: discord.world.bot, deny }]);
      await discord.slash({ user: channel.guild!.owner, channel, name: 'latest' });
      await publish('one');
      await expect.poll(() => state()).toBe('suspended');
      expect((await store.destinations.get(destination))?.reason).toBe(missingPermissions(names));
      expect(answers()).toEqual([]);
    },
  );

  test('is suspended with an explanation even without a gateway', async () => {
    const { discord, channel, platform, destination } = await startBot();
    for (const [deny, remedy] of [
      ['SendMessages', fixes.write],
      ['ViewChannel', fixes.view],
    ] as const) {
      discord.world.setOverwrites(channel, [{ of: discord.world.bot, deny: [deny] }]);
      expect(await platform.send(destination, bodyOf(platform, words), 'n1:0')).toMatchObject({
        status: 'unreachable',
        gone: false,
        fix: remedy,
      });
    }
  });

  const ways = {
    channel: ({ discord, channel }) => {
      discord.world.setOverwrites(channel, [{ of: discord.world.bot, deny: ['SendMessages'] }]);
      return () => discord.world.setOverwrites(channel, []);
    },
    role: ({ discord, guild }) => {
      const everyone = guild.roles.get(guild.id)!;
      discord.world.setRole(guild, everyone, ['ViewChannel']);
      return () => discord.world.setRole(guild, everyone, ['ViewChannel', 'SendMessages']);
    },
    member: ({ discord, guild }) => {
      const member = guild.members.get(discord.world.bot.id)!;
      const own = member.roles;
      const speaker = discord.world.addRole(guild, { name: 'speaker', can: ['SendMessages'] });
      discord.world.setRole(guild, guild.roles.get(guild.id)!, ['ViewChannel']);
      return () => discord.world.setMember(guild, discord.world.bot, { roles: [...own, speaker.id] });
    },
  } satisfies Record<string, (stage: Awaited<ReturnType<typeof startDelivery>>) => () => void>;

  test.each(Object.entries(ways))('resumes when the %s is restored', async (_, deny) => {
    const stage = await startDelivery();
    const { discord, platform, host, publish, shown, state } = stage;
    await platform.start(host);
    const allow = deny(stage);
    await discord.until(() => discord.requests.length > 0);
    await expect.poll(async () => (await publish('one')) && (await state())).toBe('suspended');
    allow();
    await discord.until(() => shown().length > 0);
    expect(shown()[0]).toBe('one');
    await expect.poll(() => state()).toBe('active');
  });

  test('resumes at startup if access was restored meanwhile', async () => {
    const { discord, channel, platform, host, publish, shown, state } = await startDelivery();
    discord.world.setOverwrites(channel, [{ of: discord.world.bot, deny: ['SendMessages'] }]);
    await publish('one');
    await expect.poll(() => state()).toBe('suspended');
    discord.world.setOverwrites(channel, []);
    await platform.start(host);
    await discord.until(() => shown().length === 1);
  });

  test('resumes after a new session if access was restored meanwhile', async () => {
    const { discord, channel, platform, host, publish, shown, state } = await startDelivery();
    discord.world.setOverwrites(channel, [{ of: discord.world.bot, deny: ['SendMessages'] }]);
    await platform.start(host);
    await publish('one');
    await expect.poll(() => state()).toBe('suspended');
    // The session is over, so nothing reports the change.
    discord.gateway.close(4007);
    discord.world.setOverwrites(channel, []);
    await discord.until(() => shown().length === 1);
  });
});

describe('a refusal that contradicts the gateway', () => {
  test.each([
    [403, 50013, 'suspended'],
    [403, 50001, 'suspended'],
    [404, 10003, 'gone'],
  ])('(%i, code %i) counts only if repeated after ten minutes', async (status, code, believed) => {
    const { discord, clock, platform, host, publish, state, answers, counted } = await startDelivery();
    await platform.start(host);
    discord.fault({ route: CREATE, times: 2, effect: { status, code } });
    await publish('one');
    await expect.poll(() => counted('messages_retried_total')).toBe(1);
    expect(await state()).toBe('active');
    clock.advance(TEN_MINUTES_MS - 1);
    expect(answers()).toEqual([status]);
    clock.advance(1);
    await expect.poll(() => state()).toBe(believed);
    expect(answers()).toEqual([status, status]);
  });

  test('has no effect unless repeated', async () => {
    const { discord, clock, platform, host, publish, shown, counted, state } = await startDelivery();
    await platform.start(host);
    for (const name of ['one', 'two']) {
      discord.fault({ route: CREATE, effect: { status: 404, code: 10003 } });
      const before = counted('messages_retried_total');
      await publish(name);
      await expect.poll(() => counted('messages_retried_total')).toBe(before + 1);
      clock.advance(TEN_MINUTES_MS);
      await discord.until(() => shown().includes(name));
    }
    expect([shown(), await state()]).toEqual([['one', 'two'], 'active']);
  });
});

describe('a channel type', () => {
  const sent = async (kind: ChannelKind) => {
    const { discord, guild, platform } = await startBot();
    const channel = discord.world.addChannel(guild, { name: 'place', kind });
    const result = await platform.send(`discord:${channel.id}`, bodyOf(platform, words), 'n1:0');
    return { result, shown: discord.messages(channel).map(messageText) };
  };

  test('category is suspended with advice on where to subscribe', async () => {
    expect(await sent('category')).toMatchObject({
      result: { status: 'unreachable', gone: false, fix: fixes.kind },
      shown: [],
    });
  });

  test.each(['text', 'announcement', 'voice'] as const)('%s receives notes', async (kind) => {
    expect(await sent(kind)).toMatchObject({ result: { status: 'sent' }, shown: ['The port is quiet.'] });
  });

  test('is suspended when it changes to one without messages', async () => {
    const { discord, channel, publish, shown, store, destination, state } = await startDelivery();
    await publish('one');
    await discord.until(() => shown().length === 1);
    discord.world.changeChannel(channel, { kind: 'category' });
    await publish('two');
    await expect.poll(() => state()).toBe('suspended');
    expect((await store.destinations.get(destination))?.reason).toBe(fixes.kind);
  });

  test.each([
    [160006, fixes.threads],
    [40067, fixes.tags],
  ])('with a limit (code %i) is suspended, and retried hourly', async (code, remedy) => {
    const { discord, subscriptions, publish, shown, store, destination, state } = await startDelivery();
    discord.fault({ route: CREATE, effect: { status: 400, code } });
    await publish('one');
    await expect.poll(() => state()).toBe('suspended');
    expect((await store.destinations.get(destination))?.reason).toBe(remedy);
    await subscriptions.probe();
    await discord.until(() => shown().length === 1);
  });
});

describe('a locked thread', () => {
  test('is suspended, and resumes when unlocked, even from the archive', async () => {
    const { discord, guild, channel, platform, host, subscriptions, publish, shown, state } =
      await startDelivery();
    const thread = discord.world.addChannel(guild, {
      name: 'letters',
      kind: 'thread',
      parent: channel,
      archived: true,
      locked: true,
    });
    await subscriptions.subscribe(`discord:${thread.id}`);
    await platform.start(host);
    await publish('one');
    await expect.poll(() => state(`discord:${thread.id}`)).toBe('suspended');
    discord.world.changeChannel(thread, { archived: false, locked: false });
    await discord.until(() => shown(thread).length === 1);
  });
});

describe('direct messages', () => {
  test.each(['has blocked the bot', 'shares no server with it'])(
    'to a user who %s end, without a retry',
    async (why) => {
      const { discord, mira, guild, subscriptions, publish, state, answers } = await startDelivery();
      const chat = discord.world.openDm(mira);
      if (why.startsWith('has')) mira.closed = true;
      else guild.members.delete(mira.id);
      await subscriptions.subscribe(`discord:${chat.id}`);
      await publish('one');
      await expect.poll(() => state(`discord:${chat.id}`)).toBe('gone');
      await discord.until(() => answers().length === 2);
      await subscriptions.probe();
      await publish('two');
      await discord.until(() => answers().length === 3);
      expect(answers().filter((status) => status === 403)).toHaveLength(1);
    },
  );
});

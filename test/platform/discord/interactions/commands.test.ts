import { describe, expect, test } from 'vitest';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { answerOf, fakeHost, messageText, postButton, startBot } from '../discord.fixture.ts';

describe('a command', () => {
  test('arrives with its options, user and chat', async () => {
    const { discord, channel, mira, platform, destination } = await startBot();
    const { host, invocations } = fakeHost();
    await platform.start(host);
    await discord.slash({
      user: mira,
      channel,
      name: 'latest',
      options: { count: 3, type: 'photo' },
      locale: 'de',
    });
    expect(invocations).toMatchObject([
      {
        platform: 'discord',
        command: 'latest',
        input: { named: { count: 3, type: 'photo' } },
        user: { id: `discord:${mira.id}`, isManager: false, language: 'de' },
        chat: { destination, kind: 'group', subscribable: true },
      },
    ]);
    expect(await invocations[0]?.chat.missingPermissions()).toEqual([]);
  });

  test('names missing permissions as Discord’s client does', async () => {
    const { discord, guild, channel, mira, platform } = await startBot();
    const { host, invocations } = fakeHost();
    await platform.start(host);
    const bot = [...guild.roles.values()].filter(({ id }) => id !== guild.id);
    discord.world.setOverwrites(
      channel,
      bot.map((of) => ({ of, deny: ['SendMessages', 'ReadMessageHistory'] })),
    );
    await discord.slash({ user: mira, channel, name: 'latest' });
    expect(await invocations[0]?.chat.missingPermissions()).toEqual([
      'Send Messages',
      'Read Message History',
    ]);
  });

  test.each([
    ['announcement', 'channel', true],
    ['voice', 'group', false],
  ] as const)('from a channel of kind %s: %s, subscribable %s', async (kind, expected, subscribable) => {
    const { discord, guild, mira, platform } = await startBot();
    const { host, invocations } = fakeHost();
    const channel = discord.world.addChannel(guild, { name: 'other', kind });
    await platform.start(host);
    await discord.slash({ user: mira, channel, name: 'latest' });
    expect(invocations[0]?.chat).toMatchObject({ kind: expected, subscribable });
  });

  test('in a private chat gets a normal answer', async () => {
    const { discord, mira, platform } = await startBot();
    const { host, invocations } = fakeHost(() => answerOf('Hello', 'user'));
    await platform.start(host);
    const seen = await discord.slash({ user: mira, channel: discord.world.openDm(mira), name: 'help' });
    expect(seen).toMatchObject({ status: 'answered', ephemeral: false });
    expect(invocations[0]).toMatchObject({
      user: { isManager: true },
      chat: { kind: 'private', subscribable: true },
    });
    expect(await invocations[0]?.chat.missingPermissions()).toEqual([]);
  });

  test.each([
    ['by a server', false, true],
    ['by the user alone', true, false],
  ])('for managers is offered in a private chat with the bot, installed %s', async (_, installed, member) => {
    const { discord, guild, platform } = await startBot();
    await platform.start(fakeHost().host);
    const noor = discord.world.addUser({ name: 'Noor' });
    noor.installed = installed;
    if (member) discord.world.addMember(guild, noor);
    const offered = discord.visibleCommands(discord.world.openDm(noor), noor).map(({ name }) => name);
    expect(offered).toContain('subscribe');
  });

  test('in a server without the bot is answered, but notes can’t be delivered there', async () => {
    const { discord, platform } = await startBot();
    const { host, invocations } = fakeHost();
    await platform.start(host);
    const away = discord.world.addGuild({ name: 'Elsewhere', installed: false });
    const channel = discord.world.addChannel(away, { name: 'talk' });
    const noor = discord.world.addUser({ name: 'Noor' });
    noor.installed = true;
    discord.world.addMember(away, noor);
    expect(await discord.slash({ user: noor, channel, name: 'latest' })).toMatchObject({
      status: 'answered',
    });
    expect(invocations[0]?.chat.subscribable).toBe(false);
  });

  test('gets a public or ephemeral answer that pings nobody', async () => {
    const { discord, channel, mira, platform } = await startBot();
    const { host } = fakeHost(({ command }) =>
      answerOf('@everyone', command === 'help' ? 'user' : 'everyone'),
    );
    await platform.start(host);
    const open = await discord.slash({ user: mira, channel, name: 'latest' });
    expect(open).toMatchObject({
      ephemeral: false,
      deferred: false,
      message: { pings: { everyone: false } },
    });
    expect(await discord.slash({ user: mira, channel, name: 'help' })).toMatchObject({ ephemeral: true });
  });

  test('that takes long is deferred, then answered', async () => {
    const { discord, channel, mira, platform } = await startBot({ patienceMs: 1 });
    const deferred = discord.next('acknowledged');
    const { host } = fakeHost(async () => {
      await deferred;
      return answerOf('At last');
    });
    await platform.start(host);
    const seen = await discord.slash({ user: mira, channel, name: 'latest' });
    expect(seen).toMatchObject({ status: 'answered', deferred: true, ephemeral: false });
    expect(seen.status === 'answered' && messageText(seen.message)).toBe('At last');
  });

  test('with a public deferral can still get an ephemeral answer', async () => {
    const { discord, channel, mira, platform } = await startBot({ patienceMs: 1 });
    const deferred = discord.next('acknowledged');
    const answered = discord.next('ephemeral');
    const { host } = fakeHost(async () => {
      await deferred;
      return answerOf('Only for you', 'user');
    });
    await platform.start(host);
    void discord.slash({ user: mira, channel, name: 'latest' });
    const message = await answered;
    expect([message.onlyFor, messageText(message)]).toEqual([mira, 'Only for you']);
    expect(discord.messages(channel)).toEqual([]);
  });

  test('with a long answer gets several messages', async () => {
    const { discord, channel, mira, platform } = await startBot();
    const { host } = fakeHost(() => answerOf('The port is quiet. '.repeat(400)));
    await platform.start(host);
    await discord.slash({ user: mira, channel, name: 'latest' });
    await discord.until(() => discord.messages(channel).length === 3);
    const ends = discord.messages(channel).map((message) => messageText(message).slice(-6));
    expect(ends).toEqual(['-# 1/3', '-# 2/3', '-# 3/3']);
  });

  test('whose answer Discord refuses gets a plainer answer', async () => {
    const { discord, channel, mira, platform } = await startBot();
    await platform.start(fakeHost().host);
    discord.fault({
      route: 'POST /interactions/:id/:token/callback',
      effect: { status: 400, code: 50035 },
    });
    const seen = await discord.slash({ user: mira, channel, name: 'latest' });
    expect(seen).toMatchObject({ message: { content: 'Hello' } });
  });

  test('for managers is refused to others, even if a server shows it to them', async () => {
    const { discord, channel, mira, platform } = await startBot();
    const { host, invocations } = fakeHost();
    await platform.start(host);
    const message = await postButton(discord, channel, '1asubscribe');
    const seen = await discord.press({ user: mira, message, customId: '1asubscribe' });
    expect(seen.status === 'answered' && messageText(seen.message)).toBe(en.byPlatform.discord.managersOnly);
    expect(seen).toMatchObject({ ephemeral: true });
    expect(invocations).toEqual([]);
  });
});

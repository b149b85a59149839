import { expect, test } from 'vitest';
import { discordText, startEnvironment } from './environment.fixture.ts';

const now = () => Math.floor(Date.now() / 1000);

test('if every call fails with the token in its error, no log, metric, health report or answer shows it', async () => {
  const world = await startEnvironment();
  const { discord, telegram, relay, author } = world;
  const tokens = [discord.token, telegram.token.split(':')[1] ?? ''];
  const refused = { code: 400, description: `Bad Request: /bot${telegram.token}/` } as const;
  const mishaps = [
    { kind: 'refuse', ...refused },
    { kind: 'page', status: 502, body: `<p>Bad gateway: /bot${telegram.token}/</p>` },
    { kind: 'reset', when: 'before' },
  ] as const;
  const effects = [
    { status: 400, code: 50_035, message: `Invalid Form Body ${discord.token}` },
    { status: 502, message: `Bad gateway ${discord.token}` },
    'reset before',
  ] as const;
  /** Each of these calls fails in this many ways, one after the other. */
  const breakAll = (ways: number, methods: readonly string[], routes: readonly string[]): void => {
    for (const method of methods)
      for (const mishap of mishaps.slice(0, ways)) telegram.fault({ method, effect: mishap });
    for (const route of routes) for (const effect of effects.slice(0, ways)) discord.fault({ route, effect });
  };

  breakAll(1, ['getMe', 'getWebhookInfo', 'getMyCommands'], ['GET /gateway/bot']);
  const program = world.start();
  await program.ready();

  breakAll(2, ['sendMessage', 'sendPhoto'], ['POST /channels/:channel/messages']);
  relay.publish(author.note('Through it all. https://pictures.example/pier.jpg', { createdAt: now() + 1 }));
  const sent = (platform: string) =>
    program.logged('message.sent', ({ destination }) => String(destination).startsWith(platform));
  await Promise.all([sent('discord:'), sent('telegram:')]);

  breakAll(2, ['sendMessage', 'getChatMember'], ['POST /interactions/:id/:token/callback']);
  const lost = (name: string) => program.logged('answer.lost', ({ platform }) => platform === name);
  void discord.slash({ user: discord.member, channel: discord.channel, name: 'latest' });
  telegram.say({ chat: telegram.group, user: telegram.reader, text: '/subscribe' });
  await Promise.all([lost('discord'), lost('telegram')]);

  const dead = { kind: 'refuse', code: 401, description: `Unauthorized: ${telegram.token}` } as const;
  telegram.fault({ method: 'sendMessage', times: 9, effect: dead });
  relay.publish(author.note('To a dead token.', { createdAt: now() + 2 }));
  await program.logged('platform.halted');
  discord.gateway.close(4004);
  await program.logged('gateway.closed');
  const status = await program.statusUrl();
  const pages = await Promise.all(
    ['/metrics', '/healthz', '/'].map(async (path) => (await fetch(status + path)).text()),
  );
  program.kill('SIGTERM');
  await program.exit;

  const said = [
    program.plain(),
    JSON.stringify(program.lines),
    ...pages,
    ...discord.history(discord.channel).map(discordText),
    ...[telegram.chat, telegram.group, telegram.reader].flatMap((chat) =>
      telegram.messages(chat).map(({ message }) => message.text ?? message.caption ?? ''),
    ),
  ].join('\n');
  expect(said).toContain('[secret]');
  for (const token of tokens) expect(said).not.toContain(token);
}, 40_000);

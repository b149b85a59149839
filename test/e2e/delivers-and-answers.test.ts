import { expect, test } from 'vitest';
import { discordText, startEnvironment, type TestEnvironment } from './environment.fixture.ts';

const now = () => Math.floor(Date.now() / 1000);

/** Waits until the condition holds for the texts of both channels. */
async function until(world: TestEnvironment, holds: (texts: readonly string[]) => boolean): Promise<void> {
  await world.discord.until(() => holds(world.shown().discord));
  await world.telegram.until(() => holds(world.shown().telegram), 15_000);
}

test('10 old notes aren’t posted; 4 new ones are, once on both platforms, in order, within two seconds', async () => {
  const world = await startEnvironment();
  const started = now();
  for (let n = 1; n <= 10; n += 1)
    world.relay.publish(world.author.note(`Old note ${n}.`, { createdAt: started - 1_000 + n }));
  const program = world.start();
  await program.ready();

  const published = Date.now();
  for (let n = 1; n <= 4; n += 1)
    world.relay.publish(world.author.note(`New note ${n}.`, { createdAt: now() + n }));
  await until(world, (texts) => texts.length >= 4);
  const elapsed = Date.now() - published;

  for (const texts of Object.values(world.shown())) {
    expect(texts.map((text) => /(?:New|Old) note \d+/u.exec(text)?.[0])).toEqual([
      'New note 1',
      'New note 2',
      'New note 3',
      'New note 4',
    ]);
  }
  expect(elapsed).toBeLessThan(10_000);
  expect(world.discord.unknownRequests()).toEqual([]);

  program.kill('SIGTERM');
  expect(await program.exit).toEqual({ code: 0, signal: null });
});

test('notes published during downtime arrive afterwards, oldest first', async () => {
  const world = await startEnvironment();
  const first = world.start();
  await first.ready();
  first.kill('SIGTERM');
  await first.exit;
  // Read the clock once, since the second may change.
  const base = now();
  for (let n = 3; n >= 1; n -= 1)
    world.relay.publish(world.author.note(`Missed note ${n}.`, { createdAt: base + n }));

  world.start();
  await until(world, (texts) => texts.length >= 3);
  for (const texts of Object.values(world.shown()))
    expect(texts.map((text) => /Missed note \d/u.exec(text)?.[0])).toEqual([
      'Missed note 1',
      'Missed note 2',
      'Missed note 3',
    ]);
});

test('killed at any moment of a burst and restarted, it misses nothing and keeps the order', async () => {
  const world = await startEnvironment();
  const total = 18;
  const first = world.start();
  await first.ready();
  const base = now();
  const notes = Array.from({ length: total }, (_, n) =>
    world.author.note(`Burst note ${n + 1}.`, { createdAt: base + n + 1 }),
  );
  let program = first;
  for (const [index, note] of notes.entries()) {
    world.relay.publish(note);
    if (index % 6 !== 5) continue;
    // Somewhere in the middle of sending: any time after the first message.
    await program.logged('message.sent');
    program.kill('SIGKILL');
    await program.exit;
    program = world.start();
  }
  const isComplete = (texts: readonly string[]): boolean =>
    texts.some((text) => text.includes(`Burst note ${total}.`));
  await until(world, isComplete);

  const wanted = notes.map((_, n) => n + 1);
  const { discord, telegram } = world.shown();
  const numbers = (texts: readonly string[]) =>
    texts.map((text) => Number(/Burst note (\d+)\./u.exec(text)?.[1]));
  expect(numbers(discord)).toEqual(wanted);
  // Telegram has no idempotency key: an uncertain part is repeated right after itself, and nothing else is.
  const repeated = numbers(telegram);
  expect(repeated.filter((n, index) => n !== repeated[index - 1])).toEqual(wanted);
  expect(repeated.length - total).toBeLessThanOrEqual(4);
});

test('when the author deletes a note, its posts are deleted on both platforms', async () => {
  const world = await startEnvironment();
  const program = world.start();
  await program.ready();
  const [kept, withdrawn] = [
    world.author.note('This one stays.', { createdAt: now() + 1 }),
    world.author.note('This one goes.', { createdAt: now() + 2 }),
  ];
  world.relay.publish(kept, withdrawn);
  await until(world, (texts) => texts.length === 2);
  world.relay.publish(world.author.deletion([withdrawn], { createdAt: now() + 3 }));
  await until(world, (texts) => texts.length === 1);
  for (const texts of Object.values(world.shown())) expect(texts[0]).toContain('This one stays.');
});

test('an edited article is edited where it was posted', async () => {
  const world = await startEnvironment();
  const program = world.start();
  await program.ready();
  const tags = [
    ['d', 'pier'],
    ['title', 'The pier'],
  ];
  world.relay.publish(world.author.note('It was wooden.', { kind: 30_023, tags, createdAt: now() + 1 }));
  await until(world, (texts) => texts.length === 1);
  world.relay.publish(world.author.note('It was stone.', { kind: 30_023, tags, createdAt: now() + 5 }));
  await until(world, (texts) => texts.every((text) => text.includes('stone')));
  expect(world.shown().discord).toHaveLength(1);
  expect(world.shown().telegram).toHaveLength(1);
});

test('commands are answered on both platforms', async () => {
  const world = await startEnvironment();
  const old = now() - 5_000;
  const body = 'The price of lithium fell again, and the harbour noticed first. '.repeat(4);
  world.relay.publish(
    world.author.note(JSON.stringify({ name: 'Mara Lindqvist', about: 'Writes at dawn.' }), {
      kind: 0,
      createdAt: old,
    }),
    world.author.note(`China Morning Missive\n\n${body}\n\n${body}`, { createdAt: old + 1 }),
    world.author.note('今天锂价下跌 #锂', { createdAt: old + 2 }),
    world.author.note('Good morning from the pier.', { createdAt: old + 3 }),
  );
  const program = world.start();
  await program.ready();
  const { discord, telegram } = world;

  const ask = async (line: string): Promise<readonly string[]> => {
    const [name = '', ...words] = line.split(' ');
    const option = { search: 'query', read: 'note' }[name];
    const seen = await discord.slash({
      user: discord.member,
      channel: discord.channel,
      name,
      ...(option ? { options: { [option]: words.join(' ') } } : {}),
    });
    if (seen.status !== 'answered') throw new Error(`Discord: ${seen.status}`);
    const before = telegram.messages(telegram.reader).length;
    telegram.say({ chat: telegram.reader, user: telegram.reader, text: `/${line}` });
    const answer = await telegram.until(
      () =>
        telegram
          .messages(telegram.reader)
          .slice(before)
          .find(({ byBot }) => byBot),
      10_000,
    );
    return [discordText(seen.message), answer.message.text ?? answer.message.caption ?? ''];
  };

  for (const answer of await ask('latest'))
    expect(answer).toMatch(/Mara Lindqvist[\s\S]*Good morning from the pier[\s\S]*China Morning Missive/u);
  for (const answer of await ask('search lithium')) expect(answer).toContain('China Morning Missive');
  for (const answer of await ask('search 锂价')) expect(answer).toContain('锂价');
  for (const answer of await ask('search "lithium harbour"')) expect(answer).toMatch(/No results/u);
  for (const answer of await ask('about')) expect(answer).toMatch(/Mara Lindqvist[\s\S]*Writes at dawn/u);
  for (const answer of await ask('status'))
    expect(answer).toMatch(/Everything is working[\s\S]*3 posts in the archive/u);
  for (const answer of await ask('help')) expect(answer).toMatch(/\/latest[\s\S]*\/search/u);
  for (const answer of await ask('read 00000000')) expect(answer).toContain('00000000');
});

test('readers get notes after /start on Telegram, and none after /stop', async () => {
  const world = await startEnvironment();
  const program = world.start();
  await program.ready();
  const { telegram } = world;
  const texts = () =>
    telegram
      .messages(telegram.reader)
      .filter(({ byBot }) => byBot)
      .map(({ message }) => message.text ?? '');
  telegram.say({ chat: telegram.reader, user: telegram.reader, text: '/start' });
  await telegram.until(() => texts().some((text) => text.includes('Welcome')), 10_000);
  world.relay.publish(world.author.note('For the reader.', { createdAt: now() + 1 }));
  await telegram.until(() => texts().some((text) => text.includes('For the reader.')), 10_000);
  telegram.say({ chat: telegram.reader, user: telegram.reader, text: '/stop' });
  await telegram.until(() => texts().some((text) => text.startsWith('Done')), 10_000);
  world.relay.publish(world.author.note('Not for the reader.', { createdAt: now() + 2 }));
  await telegram.until(
    () => world.shown().telegram.some((text) => text.includes('Not for the reader.')),
    10_000,
  );
  expect(texts().filter((text) => text.includes('Not for the reader.'))).toEqual([]);
});

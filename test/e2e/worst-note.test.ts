import { expect, test } from 'vitest';
import { hostileEvent, patterns } from '../../bench/hostile-patterns.ts';
import { discordText, startEnvironment } from './environment.fixture.ts';

/** One of the most expensive patterns, as long as content may be. */
const worst = hostileEvent(1, patterns['addresses'] ?? '', 65_000).content;
const READS = 6;

test('while the worst note is delivered and read by six users, /help is answered first', async () => {
  const world = await startEnvironment();
  const { discord, relay, author } = world;
  const talk = discord.world.addChannel(discord.guild, { name: 'talk' });
  const program = world.start();
  await program.ready();
  const note = author.note(worst, { createdAt: Math.floor(Date.now() / 1000) + 1 });
  relay.publish(note);
  await discord.until(() => discord.messages(discord.channel).length > 0);

  const answered: string[] = [];
  const ask = async (
    name: string,
    by: typeof discord.member,
    options: Readonly<Record<string, string>> = {},
  ) => {
    const seen = await discord.slash({ user: by, channel: talk, name, options });
    answered.push(name);
    if (seen.status !== 'answered') throw new Error(`/${name}: ${seen.status}`);
    return discordText(seen.message);
  };
  const reads = Array.from({ length: READS }, () =>
    ask('read', discord.member, { note: note.id.slice(0, 8) }),
  );
  const help = ask('help', discord.owner);
  const said = await Promise.all(reads);
  expect(await help).toContain('/latest');
  // It doesn't wait until all the long answers are made.
  expect(answered.at(-1)).toBe('read');
  expect(answered).toHaveLength(READS + 1);
  for (const words of said) expect(words).toContain('https://a.example/?q=1');

  // All of it is delivered, each part once.
  const numbers = () =>
    discord.messages(discord.channel).flatMap((one) => /\d+\/\d+\s*$/u.exec(discordText(one))?.[0] ?? []);
  await discord.until(() => numbers().some((number) => /^(\d+)\/\1$/u.test(number)));
  const of = Number(numbers()[0]?.split('/')[1]);
  expect(numbers()).toEqual(Array.from({ length: of }, (_, part) => `${part + 1}/${of}`));
});

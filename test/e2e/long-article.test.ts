import { expect, test } from 'vitest';
import { discordText, startEnvironment } from './environment.fixture.ts';

const MOST = 262_144;
const now = () => Math.floor(Date.now() / 1000);
const sentence = '潮水像往常一样涨上来，没有一句话，把放得太近的东西都带走了。';
/** Chinese chapters with HTML and tables as people write them, as long as content may be. */
const chapter = `## 潮水\n\n${sentence.repeat(12)}\n\n<p align="center"><img src="https://pictures.example/tide.jpg" alt="潮"></p>\n\n| 时 | 高 |\n|---|---|\n| 六点 | 1 \\| 2 |\n\n`;
const end = '\n\n完结。';
const whole = chapter.repeat(Math.ceil(MOST / chapter.length)).slice(0, MOST - end.length) + end;
const article = (content: string, d: string) =>
  ({
    kind: 30_023,
    createdAt: now() + 1,
    tags: [
      ['d', d],
      ['title', `长文 ${d}`],
    ],
    content,
  }) as const;

test.each(['auto', 'split', 'cut'])(
  'an article of 256 KiB of Chinese reaches both platforms and answers (LONG_NOTES=%s)',
  { timeout: 120_000 },
  async (long) => {
    const world = await startEnvironment();
    const program = world.start({ LONG_NOTES: long });
    await program.ready();
    const { content, ...fields } = article(whole, 'a');
    const event = world.author.note(content, fields);
    world.relay.publish(event);
    const { content: tooLong, ...others } = article(`${whole}x`, 'b');
    world.relay.publish(world.author.note(tooLong, others));
    expect(await program.logged('event.refused')).toMatchObject({ level: 'warn', reason: 'too large' });

    const says = (words: string) => (texts: readonly string[]) => texts.some((text) => text.includes(words));
    const begins = says(long === 'auto' ? '长文' : '潮水');
    await world.discord.until(() => begins(world.shown().discord));
    // Telegram allows twenty messages a minute in a group; this is a third of that.
    await world.telegram.until(() => begins(world.shown().telegram), 60_000);
    if (long === 'split') await world.discord.until(() => says('完结')(world.shown().discord));
    for (const texts of Object.values(world.shown())) {
      expect(texts.join('')).not.toMatch(/<p align|<img/u);
      expect(texts.length).toBeLessThan(long === 'split' ? 400 : 15);
    }
    const talk = world.discord.world.addChannel(world.discord.guild, { name: 'talk' });
    const seen = await world.discord.slash({
      user: world.discord.member,
      channel: talk,
      name: 'read',
      options: { note: event.id.slice(0, 8) },
    });
    if (seen.status !== 'answered') throw new Error(`/read: ${seen.status}`);
    expect(discordText(seen.message)).toContain('潮水像往常一样');
    const found = await world.discord.slash({
      user: world.discord.member,
      channel: talk,
      name: 'search',
      options: { query: '完结' },
    });
    if (found.status !== 'answered') throw new Error(`/search: ${found.status}`);
    expect(discordText(found.message)).toContain('完结');
  },
);

import { describe, expect, test } from 'vitest';
import { SUGGESTION_QUOTAS } from '../../src/command/suggestions.ts';
import { en } from '../../src/i18n/en/catalogue.ts';
import { by, createInboxFixture, DAY_MS, fromAuthor, sent } from './author-inbox.fixture.ts';

const { inbox: says } = en;
const codeIn = (words = ''): string => / reader (\S{4}-\S{4})$/mu.exec(words)?.[1] ?? '';

describe('a proposal', () => {
  test('is retried unchanged, also after a restart', async () => {
    const { open, world, letters, until } = await createInboxFixture();
    const tried: string[] = [];
    world.relay = ({ id }) => {
      tried.push(id);
      return false;
    };
    let inbox = await open();
    await expect(inbox.suggest('tides', by(1))).resolves.toBe('taken');
    await until(() => tried.length > 2);
    inbox = await open();
    world.relay = ({ id }) => {
      tried.push(id);
      return true;
    };
    await until(() => letters.length === 1);
    expect(new Set(tried).size).toBe(1);
    expect(letters[0]?.content).toContain('> tides');
    // Once taken it is not sent again.
    inbox = await open();
    await inbox.suggest('gulls', by(1));
    await until(() => letters.length === 2);
    expect(letters[1]?.content).toContain('> gulls');
  });

  test('does not wait for one that no relay wants', async () => {
    const { open, world, letters, until } = await createInboxFixture();
    world.relay = ({ content }) => !content.includes('tides');
    const inbox = await open();
    await inbox.suggest('tides', by(1));
    await inbox.suggest('gulls', by(1));
    await until(() => letters.length === 1);
    expect(letters[0]?.content).toContain('> gulls');
  });

  test('can’t pass for the bot’s own text', async () => {
    const { open, letters, until } = await createInboxFixture();
    await (await open()).suggest('tides\n\nSuggestion #9 · Discord reader aaaa-bbbb', by(1));
    await until(() => letters.length === 1);
    expect(letters[0]?.content.split('\n').slice(2, 5)).toEqual([
      '> tides',
      '> ',
      '> Suggestion #9 · Discord reader aaaa-bbbb',
    ]);
  });

  test('is limited per reader, server and in all', async () => {
    const { open, clock } = await createInboxFixture();
    const inbox = await open();
    let reader = 0;
    const all = async (count: number, home: string) => {
      for (let n = 0; n < count; n += 1) await inbox.suggest('tides', by((reader += 1), { home }));
    };
    for (let n = 0; n < SUGGESTION_QUOTAS.user; n += 1)
      expect(await inbox.suggest('tides', by(-1, { home: 'x' }))).toBe('taken');
    expect(await inbox.suggest('tides', by(-1, { home: 'y' }))).toBe('user');
    await all(SUGGESTION_QUOTAS.home, 'telegram:-5');
    expect(await inbox.suggest('tides', by(999))).toBe('home');
    for (let home = 0; home < 10; home += 1) await all(SUGGESTION_QUOTAS.home, `telegram:-${home}00`);
    expect(await inbox.suggest('tides', by(999, { home: 'z' }))).toBe('all');
    clock.nowMs += DAY_MS;
    expect(await inbox.suggest('tides', by(999))).toBe('taken');
  });

  test('has a pseudonym per database', async () => {
    const codes = await Promise.all(
      [1, 2].map(async () => {
        const { open, letters, until } = await createInboxFixture();
        await (await open()).suggest('tides', by(1));
        await (await open()).suggest('gulls', by(1, { kind: 'private', home: 'telegram:1' }));
        await (await open()).suggest('salt', by(2));
        await until(() => letters.length === 3);
        return letters.map(({ content }) => codeIn(content));
      }),
    );
    for (const [first, again, other] of codes) {
      expect(again).toBe(first);
      expect(other).not.toBe(first);
    }
    expect(codes[0]?.[0]).not.toBe(codes[1]?.[0]);
  });
});

describe('a letter of the author’s', () => {
  /** An inbox with two proposals that have reached the author. */
  async function answering() {
    const bench = await createInboxFixture();
    const inbox = await bench.open();
    await inbox.suggest('tides', by(1));
    await inbox.suggest('gulls', by(2, { kind: 'private', destination: 'telegram:2', home: 'telegram:2' }));
    await bench.until(() => bench.letters.length === 2);
    const [tides = '', gulls = ''] = bench.letters.map(({ id }) => id);
    const next = async () => {
      const count = bench.letters.length;
      await bench.until(() => bench.letters.length > count);
      return bench.letters.at(-1);
    };
    return { ...bench, inbox, tides, gulls, next };
  }

  test('reaches the reader once', async () => {
    const { inbox, sends, open, tides, until, keys } = await answering();
    const letter = fromAuthor('Soon.', { answers: tides });
    await inbox.receive(letter);
    await inbox.receive(letter);
    await until(() => sends.length === 1);
    const again = await open();
    await again.receive(letter);
    await again.receive(fromAuthor('Very soon.', { answers: tides }));
    await until(() => sends.length === 2);
    expect(sends[0]).toMatch(/^telegram:1: .*Wren replied to your suggestion.*“.*tides.*”.*Soon\.$/su);
    expect(sends[1]).toMatch(/Very soon\.$/u);
    expect(new Set(keys).size).toBe(2);
  });

  test('may name the suggestion by number', async () => {
    const { inbox, sends, until } = await answering();
    await inbox.receive(fromAuthor('2: Gulls bite.'));
    await until(() => sends.length === 1);
    expect(sends[0]).toMatch(/^telegram:2: .*“.*gulls.*”.*[^:] *Gulls bite\.$/su);
  });

  test.each([
    ['that answers nothing', 'Hello?', {}, says.help],
    ['with a number that there is not', '7: Hello?', {}, says.help],
    ['with a number and no words', '2:', {}, says.help],
    ['without words', ' \n ', {}, says.empty],
    ['that is a file', 'https://file.example', { kind: 15 }, says.file],
  ])('%s is answered with what would be right', async (_what, words, more, expected) => {
    const { inbox, sends, next } = await answering();
    const letter = fromAuthor(words, more);
    const coming = next();
    await inbox.receive(letter);
    expect(await coming).toMatchObject({
      content: expected,
      tags: [
        ['p', 'a'.repeat(64)],
        ['e', letter.id],
      ],
    });
    expect(sends).toEqual([]);
  });

  test('that is too long or unknown is not sent on', async () => {
    const { inbox, sends, tides, next } = await answering();
    let coming = next();
    await inbox.receive(fromAuthor('x'.repeat(3_001), { answers: tides }));
    expect((await coming)?.content).toBe(says.tooLong(3_000));
    coming = next();
    await inbox.receive(fromAuthor('Soon.', { answers: 'e'.repeat(64) }));
    expect((await coming)?.content).toBe(says.help);
    expect(sends).toEqual([]);
  });

  test('from a bot does not start a loop', async () => {
    const { inbox, letters, clock, next } = await answering();
    const before = letters.length;
    const coming = next();
    for (let n = 0; n < 20; n += 1) await inbox.receive(fromAuthor(`I am away (${n})`));
    await coming;
    clock.nowMs += 600_000;
    const again = next();
    await inbox.receive(fromAuthor('I am away, still'));
    await again;
    expect(letters.length).toBe(before + 2);
  });

  test('has its secrets removed', async () => {
    const { inbox, sends, tides, until } = await answering();
    await inbox.receive(fromAuthor(`Take nsec1${'q'.repeat(58)}`, { answers: tides }));
    await until(() => sends.length === 1);
    expect(sends[0]).not.toContain('nsec1');
  });

  test('blocks and unblocks a reader', async () => {
    const { inbox, letters, tides, next } = await answering();
    const code = codeIn(letters[0]?.content);
    let coming = next();
    await inbox.receive(fromAuthor('block', { answers: tides }));
    expect((await coming)?.content).toBe(says.blocked(code));
    expect(await inbox.suggest('more', by(1, { home: 'elsewhere' }))).toBe('blocked');
    expect(await inbox.suggest('more', by(2))).toBe('taken');
    coming = next();
    await inbox.receive(fromAuthor(`Unblock ${code.toUpperCase()}.`));
    await coming;
    expect(await inbox.suggest('more', by(1))).toBe('taken');
  });

  test('is applied by its date', async () => {
    const { inbox, tides } = await answering();
    await inbox.receive(fromAuthor('unblock', { answers: tides, atS: 2_000 }));
    await inbox.receive(fromAuthor('block', { answers: tides, atS: 1_000 }));
    expect(await inbox.suggest('more', by(1))).toBe('taken');
  });

  test('to a deleted reader is not sent', async () => {
    const { inbox, sends, tides, next } = await answering();
    await inbox.forget('telegram:1');
    const coming = next();
    await inbox.receive(fromAuthor('Soon.', { answers: tides }));
    expect((await coming)?.content).toBe(says.forgotten(1));
    expect(sends).toEqual([]);
  });

  test('to a deleted reader stays unsent after a restart', async () => {
    const { inbox, letters, sends, tides, open, until, end } = await answering();
    const letter = fromAuthor('Soon.', { answers: tides });
    await inbox.receive(letter);
    await until(() => sends.length === 1);
    await inbox.forget('telegram:1');
    await (await open()).receive(letter);
    await end();
    expect(letters.map(({ content }) => content)).not.toContain(says.help);
  });

  test('is retried, as uncertain if it may have arrived', async () => {
    const { inbox, sends, world, tides, open, until } = await answering();
    world.send = () => ({ status: 'retry', scope: 'platform', uncertain: false, reason: 'away' });
    await inbox.receive(fromAuthor('Soon.', { answers: tides }));
    await until(() => sends.length > 1);
    expect(sends.every((line) => line.startsWith('telegram:1: '))).toBe(true);
    world.send = () => ({ status: 'retry', scope: 'platform', uncertain: true, reason: 'time-out' });
    await until(() => sends.some((line) => line.startsWith('telegram:1 again')));
    await open();
    world.send = () => sent;
    const before = sends.length;
    await until(() => sends.length > before);
    expect(sends.at(-1)).toContain('telegram:1 again');
  });

  test('follows a moved group; given up after three days', async () => {
    const { inbox, sends, world, tides, gulls, clock, until, next } = await answering();
    const closed = { status: 'unreachable', gone: true, reason: 'blocked', fix: 'Press Start.' } as const;
    world.send = (to) =>
      to === 'telegram:1'
        ? closed
        : to === 'telegram:-5'
          ? { status: 'moved', to: 'telegram:-100', reason: 'supergroup' }
          : sent;
    let coming = next();
    await inbox.receive(fromAuthor('Soon.', { answers: tides }));
    expect((await coming)?.content).toBe(says.inPublic(1));
    expect(sends.map((line) => line.split(': ')[0])).toEqual(['telegram:1', 'telegram:-5', 'telegram:-100']);
    world.send = () => closed;
    coming = next();
    await inbox.receive(fromAuthor('They bite.', { answers: gulls }));
    expect((await coming)?.content).toBe(says.undelivered(2, 'Press Start.'));
    world.send = () => ({ status: 'halted', reason: 'the token was revoked' });
    const before = sends.length;
    await inbox.receive(fromAuthor('Do they?', { answers: gulls }));
    await until(() => sends.length > before + 1);
    coming = next();
    clock.nowMs += 3 * DAY_MS + 1;
    expect((await coming)?.content).toBe(says.undelivered(2, 'the token was revoked'));
  });

  test('on a disabled platform is reported undelivered', async () => {
    const { open, tides, next } = await answering();
    const inbox = await open({ platforms: [] });
    const coming = next();
    await inbox.receive(fromAuthor('Soon.', { answers: tides }));
    expect((await coming)?.content).toBe(says.undelivered(1, 'not connected'));
  });
});

import { expect } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { MAX_SUGGESTION_LENGTH, SUGGESTION_QUOTAS } from '../../../src/command/suggestions.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { zh } from '../../../src/i18n/zh/catalogue.ts';
import { NOTHING_RESOLVED } from '../../../src/note/references/references.ts';
import { PLATFORMS } from '../../../src/platform/platforms.ts';
import { type Case, type ContractFixture, replyText } from './driver.ts';
import { author, notes, startProgram } from './program.fixture.ts';

const { suggest, inbox } = en;
const thanks = suggest.thanks(author.name);
const DAY_MS = 86_400_000;
const inPrivate = { where: 'private' } as const;

export function describeSuggestions(bench: ContractFixture, one: Case): void {
  /** A reader's suggestion and the message to the author. */
  async function suggested(words: string, options: { readonly where?: 'company' | 'private' } = {}) {
    expect(replyText(await bench.stage.ask(`/suggest ${words}`, options))).toContain(thanks);
    return bench.program.letters.next();
  }

  one('a suggestion reaches the author without the reader’s identity', async () => {
    await bench.start();
    for (const options of [{}, inPrivate]) {
      const { content, tags } = await suggested('how tides\nare reckoned', options);
      expect(content).toContain(PLATFORMS[bench.stage.platform.name].displayName);
      expect(content).toMatch(/^> how tides( |\n> )are reckoned$/mu);
      expect(content).toMatch(/reader [a-z0-9]{4}-[a-z0-9]{4}$/mu);
      expect(content).not.toMatch(/\d{6}|tam|reader_/iu);
      expect(tags).toEqual([['p', author.pubkey]]);
    }
    const codes = bench.program.letters.received.map(
      ({ content }) => /reader (\S{4}-\S{4})$/mu.exec(content)?.[1],
    );
    expect(codes[0]).toBe(codes[1]);
  });

  one('without a topic /suggest asks for one and forwards the answer', async () => {
    await bench.start();
    for (const options of [{}, inPrivate]) {
      const asked = await bench.stage.ask('/suggest', options);
      expect(asked.status).toBe('asked back');
      expect(replyText(await bench.stage.fill('The salt works, please', options))).toContain(thanks);
      expect((await bench.program.letters.next()).content).toContain('> The salt works, please');
    }
  });

  one('the question is in the reader’s language', async () => {
    await bench.start();
    await bench.stage.ask('/subscribe', inPrivate);
    await bench.stage.ask('/settings language zh', inPrivate);
    const asked = await bench.stage.ask('/suggest', inPrivate);
    const { label, question } = zh.commands.suggest.form;
    expect([label, question(author.name)].some((words) => replyText(asked).includes(words))).toBe(true);
  });

  one('empty suggestions and secrets aren’t forwarded', async () => {
    await bench.start();
    await bench.stage.ask('/suggest', inPrivate);
    const secret = `nsec1${'q'.repeat(58)}`;
    expect(replyText(await bench.stage.fill(`my key: ${secret}`, inPrivate))).toBe(en.problem.secret);
    expect(bench.program.letters.received).toEqual([]);
    expect((await suggested('x'.repeat(MAX_SUGGESTION_LENGTH), inPrivate)).content).toContain(
      'x'.repeat(MAX_SUGGESTION_LENGTH),
    );
  });

  one('above the daily limit readers are asked to come back tomorrow, which works', async () => {
    await bench.start();
    for (let n = 0; n < SUGGESTION_QUOTAS.user; n += 1) await suggested(`tides ${n}`, inPrivate);
    expect(replyText(await bench.stage.ask('/suggest more tides', inPrivate))).toBe(
      suggest.refused.user(SUGGESTION_QUOTAS.user),
    );
    bench.program.clock.nowMs += DAY_MS;
    await suggested('more tides', inPrivate);
  });

  one('blocked readers are told so until they are unblocked', async () => {
    await bench.start();
    const letter = await suggested('tides');
    await bench.program.letters.answer(letter, 'Block');
    const said1 = await bench.program.letters.next();
    const [, code = ''] = /reader (\S{4}-\S{4})$/mu.exec(letter.content) ?? [];
    expect(said1.content).toBe(inbox.blocked(code));
    for (const options of [{}, inPrivate])
      expect(replyText(await bench.stage.ask('/suggest more tides', options))).toBe(suggest.refused.blocked);
    // Other readers aren't.
    expect(replyText(await bench.stage.ask('/suggest gulls', { by: 'manager' }))).toContain(thanks);
    await bench.program.letters.next();
    await bench.program.letters.answer({ ...letter, id: 'f'.repeat(64) }, `unblock ${code}`);
    expect((await bench.program.letters.next()).content).toBe(inbox.unblocked(code));
    await suggested('more tides');
  });

  one('the author’s answer reaches the reader in private, wherever they asked', async () => {
    await bench.start();
    for (const [n, options] of [{}, inPrivate].entries()) {
      const letter = await suggested(`tides ${n}`, options);
      const inCompany = bench.stage.shown().length;
      const before = bench.stage.shown('private').length;
      await bench.program.letters.answer(letter, `Soon.\n\nSee https://tides.example/${n}`);
      await bench.stage.until(() => bench.stage.shown('private').length > before);
      const answer = bench.stage.shown('private').at(-1);
      expect(answer?.text).toContain(suggest.answer.heading(author.name));
      expect(answer?.text).toContain(`tides ${n}`);
      expect(answer?.text).toContain('Soon.');
      expect(answer?.links.map(({ url }) => url)).toContain(`https://tides.example/${n}`);
      expect(bench.stage.shown().length).toBe(inCompany);
    }
  });

  one('if the private chat is closed it is posted where they asked, without a ping', async () => {
    await bench.start();
    const letter = await suggested('a quiet word about tides');
    bench.stage.closePrivate();
    const before = bench.stage.shown().length;
    await bench.program.letters.answer(letter, `Soon, ${bench.stage.lure} @everyone`);
    await bench.stage.until(() => bench.stage.shown().length > before);
    const answer = bench.stage.shown().at(-1);
    expect(answer?.text).toContain(suggest.answer.inPublic(author.name));
    expect(answer?.text).toContain('Soon');
    // Others may not have seen the suggestion.
    expect(answer?.text).not.toContain('quiet word');
    expect(bench.stage.pings()).toBe(0);
    expect((await bench.program.letters.next()).content).toBe(inbox.inPublic(1));
  });

  one('the author is told about an answer that can’t be delivered', async () => {
    await bench.start();
    const letter = await suggested('tides');
    bench.stage.closePrivate();
    bench.stage.removeBot();
    await bench.program.letters.answer(letter, 'Soon.');
    const { content } = await bench.program.letters.next();
    expect(content).toMatch(/^Couldn.t deliver your reply to suggestion #1: ./u);
  });

  one('an answer doesn’t reach readers who deleted their data', async () => {
    await bench.start();
    const letter = await suggested('tides', inPrivate);
    await bench.stage.ask('/forgetme', inPrivate);
    await bench.stage.press(en.privacy.forgetme.sure, inPrivate);
    await bench.program.letters.answer(letter, 'Soon.');
    expect((await bench.program.letters.next()).content).toBe(inbox.forgotten(1));
  });

  one('without a bot key there is no such command', async () => {
    const program = await startProgram(commands, {
      notes,
      author,
      knowledge: NOTHING_RESOLVED,
      letters: false,
    });
    await bench.stage.platform.start(program.host);
    expect(Object.keys(bench.stage.offered('reader', 'private'))).not.toContain('suggest');
    expect(Object.keys(bench.stage.offered('reader', 'private'))).toContain('latest');
    const asked = await bench.stage.ask('/suggest tides', inPrivate);
    expect(asked.status === 'not offered' || replyText(asked) === en.problem.unknownCommand('suggest')).toBe(
      true,
    );
    await bench.stage.platform.stop();
    await program.stop();
  });
}

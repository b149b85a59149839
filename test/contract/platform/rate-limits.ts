import { expect } from 'vitest';
import { RATE_LIMITS } from '../../../src/command/rate-limits.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { type Case, type ContractFixture, replyText, type Where, type Who } from './driver.ts';

const { user } = RATE_LIMITS;
const tooOften = en.platform.tooOften(user.everyMs / 1000);

export function describeRateLimits(bench: ContractFixture, one: Case): void {
  async function askAll(options: { readonly by?: Who; readonly where?: Where }): Promise<void> {
    for (let count = 0; count < user.burst; count += 1)
      expect(replyText(await bench.stage.ask('/about', options))).toContain(en.about.nostr);
  }

  one('a rate-limited user is told when to try again, and is answered then', async () => {
    await bench.start();
    const inPrivate = { where: 'private' } as const;
    await askAll(inPrivate);
    expect(replyText(await bench.stage.ask('/status', inPrivate))).toBe(tooOften);
    bench.program.clock.nowMs += user.everyMs;
    expect(replyText(await bench.stage.ask('/status', inPrivate))).toContain(en.status.allWell);
  });

  one('further requests above the limit get no answer', async () => {
    await bench.start();
    const inPrivate = { where: 'private' } as const;
    await askAll(inPrivate);
    await bench.stage.ask('/status', inPrivate);
    void bench.stage.ask('/status', inPrivate);
    // The same user's requests are answered in order.
    expect(replyText(await bench.stage.ask('/unsubscribe', inPrivate))).toBe(en.unsubscribe.none);
    const told = bench.stage.shown('private').filter(({ text }) => text === tooOften);
    expect(told).toHaveLength(1);
  });

  one('a group isn’t told about rate limits, and managers can still change settings', async () => {
    await bench.start();
    const asking = { by: 'manager' } as const;
    await askAll(asking);
    void bench.stage.ask('/about', asking);
    const seen = await bench.stage.ask('/unsubscribe', asking);
    expect(replyText(seen)).toBe(en.unsubscribe.none);
    const isHidden = seen.status === 'answered' && seen.hidden;
    expect(bench.stage.shown()).toHaveLength(user.burst + (isHidden ? 0 : 1));
    expect(bench.stage.shown().map(({ text }) => text)).not.toContain(tooOften);
  });

  one('buttons count like commands, and above the limit change no message', async () => {
    await bench.start();
    await bench.stage.ask('/latest');
    const { older, newer } = en.latest;
    for (let count = 1; count < user.burst; count += 1)
      expect(await bench.stage.press(count % 2 === 1 ? older : newer)).toMatchObject({ inPlace: true });
    const before = bench.stage.shown();
    expect(await bench.stage.press(older)).toMatchObject({ hidden: true, message: { text: tooOften } });
    expect(bench.stage.shown()).toEqual(before);
  });
}

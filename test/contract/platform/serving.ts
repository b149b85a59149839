import { expect } from 'vitest';
import { commands } from '../../../commands/index.ts';
import type { Command } from '../../../src/command/command.ts';
import { UserError } from '../../../src/command/user-error.ts';
import { type Document, paragraph, text } from '../../../src/note/document.ts';
import { LoginRefusedError } from '../../../src/platform/platform.ts';
import { ready } from '../../ready.fixture.ts';
import { type Case, type ContractFixture, replyText } from './driver.ts';

/** The commands, and one that answers when it is released and reports when it is run. */
function withSlow(name: string) {
  const begun = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Document>();
  let asked = 0;
  const slow: Command['run'] = () => {
    asked += 1;
    begun.resolve();
    return answer.promise;
  };
  return {
    commands: commands.map((one): Command => (one.name === name ? { ...one, run: slow } : one)),
    begun: begun.promise,
    asked: () => asked,
    answer: (words: string) => answer.resolve([paragraph(text(words))]),
    fail: (words: string) => answer.reject(new UserError(words)),
  };
}

export function describeServing(bench: ContractFixture, one: Case): void {
  one('a slow answer is acknowledged at once and arrives later', async () => {
    const slow = withSlow('about');
    await bench.start(slow.commands);
    const asking = bench.stage.ask('/about');
    await bench.stage.until(() => bench.stage.announced() > 0);
    expect(bench.stage.shown()).toEqual([]);
    slow.answer('At last');
    expect(replyText(await asking)).toBe('At last');
    expect(bench.stage.shown().map((message) => message.text)).toEqual(['At last']);
  });

  one('a slow command that fails says so', async () => {
    const slow = withSlow('about');
    await bench.start(slow.commands);
    const asking = bench.stage.ask('/about');
    await bench.stage.until(() => bench.stage.announced() > 0);
    slow.fail('Not today');
    expect(replyText(await asking)).toBe('Not today');
  });

  one('a slow private answer isn’t public', async () => {
    const slow = withSlow('help');
    await bench.start(slow.commands);
    const asking = bench.stage.ask('/help');
    await bench.stage.until(() => bench.stage.announced() > 0);
    slow.answer('For you');
    expect(await asking).toMatchObject({ hidden: true, message: { text: 'For you' } });
    expect(bench.stage.shown()).toEqual([]);
  });

  one('a slow answer doesn’t delay other users', async () => {
    const slow = withSlow('about');
    await bench.start(slow.commands);
    const asking = bench.stage.ask('/about');
    await slow.begun;
    expect(replyText(await bench.stage.ask('/help', { by: 'manager' }))).toContain('/latest');
    slow.answer('At last');
    expect(replyText(await asking)).toBe('At last');
  });

  one('stopping finishes the current answer and accepts no new requests', async () => {
    const slow = withSlow('about');
    await bench.start(slow.commands);
    const asking = bench.stage.ask('/about');
    await slow.begun;
    let stopped = false;
    const stopping = bench.stage.platform.stop().then(() => (stopped = true));
    void bench.stage.ask('/about', { by: 'manager' });
    // Once these are shown, requests sent before were received.
    const meanwhile = ['one', 'two', 'three', 'four', 'five'];
    for (const words of meanwhile) await post(bench, words);
    expect(stopped).toBe(false);
    slow.answer('Just in time');
    await stopping;
    expect(bench.stage.shown().map((message) => message.text)).toEqual([...meanwhile, 'Just in time']);
    expect(replyText(await asking)).toBe('Just in time');
    expect(slow.asked()).toBe(1);
  });

  one('commands work again after a lost connection', async () => {
    await bench.start();
    await bench.stage.drop();
    expect(replyText(await bench.stage.ask('/help'))).toContain('/latest');
    expect(bench.stage.platform.error()).toBeUndefined();
  });

  one('health is good while serving, and not before', async () => {
    expect(bench.stage.platform.error()).toMatch(/not logged in/u);
    await bench.start();
    expect(bench.stage.platform.error()).toBeUndefined();
  });

  one('removing the bot is reported, and so is its return', async () => {
    await bench.start();
    const { destination } = bench.stage;
    await bench.stage.ask('/subscribe', { by: 'manager' });
    bench.stage.removeBot();
    await bench.program.heard(`left ${destination}`);
    expect(await bench.program.store.destinations.get(destination)).toMatchObject({ state: 'gone' });
    bench.stage.returnBot();
    await bench.program.heard(`returned ${destination}`);
    expect(replyText(await bench.stage.ask('/help'))).toContain('/latest');
  });

  one('a regained permission is reported', async () => {
    await bench.start();
    bench.stage.inject('forbidden');
    await bench.stage.ask('/help');
    expect(bench.program.told).toEqual([]);
    bench.stage.recover();
    await bench.stage.ask('/about');
    expect(bench.program.told).toEqual([`returned ${bench.stage.destination}`]);
  });

  one('a platform that is unreachable at start is retried', async () => {
    bench.stage.inject('no login');
    await bench.start();
    expect(bench.stage.platform.error()).toBeUndefined();
    expect(replyText(await bench.stage.ask('/help'))).toContain('/latest');
  });

  one('stopping ends a start that hangs', async () => {
    bench.stage.inject('no login', 1_000);
    const starting = bench.start();
    await bench.stage.platform.stop();
    await starting;
    expect(bench.stage.platform.error()).toBeDefined();
  });

  one('commands are answered even if the menu can’t be published', async () => {
    await bench.start();
    await bench.stage.platform.stop();
    bench.stage.inject('no menu');
    await bench.stage.another().start(bench.program.host);
    expect(replyText(await bench.stage.ask('/help'))).toContain('/latest');
  });

  one(
    'a refused token ends the start with a sentence that names its variable and not the token',
    async () => {
      const { variable, wrong } = bench.stage.token;
      const starting = bench.stage.another({ token: wrong }).start(bench.program.host);
      const refusal = await starting.catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(LoginRefusedError);
      expect(String(refusal)).toContain(variable);
      expect(String(refusal)).not.toContain(wrong);
    },
  );
}

async function post({ stage: { platform, destination } }: ContractFixture, words: string): Promise<void> {
  for (const body of platform.render(ready([paragraph(text(words))]), platform.styles[0] ?? ''))
    await platform.send(destination, body, words);
}

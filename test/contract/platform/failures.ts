import { expect } from 'vitest';
import { type Document, paragraph, strong, text } from '../../../src/note/document.ts';
import type { SendResult } from '../../../src/platform/platform.ts';
import { ready } from '../../ready.fixture.ts';
import type { Case, ContractFixture } from './driver.ts';

export function describeFailures(bench: ContractFixture, one: Case): void {
  /** With parts that a plainer form leaves out. */
  const document: Document = [paragraph(strong(text('Salt')), text(' of the sea'))];
  const send = (): Promise<SendResult> => {
    const { platform, destination } = bench.stage;
    const [body] = platform.render(ready(document), platform.styles[0] ?? '');
    return platform.send(destination, body!, 'note:0');
  };
  const texts = () => bench.stage.shown().map((message) => message.text);

  one('a rate-limited message is sent again after the time the platform asks for', async () => {
    bench.stage.inject('busy');
    const result = await send();
    expect(result).toMatchObject({ status: 'retry', uncertain: false });
    const { afterMs = 0 } = result as { readonly afterMs?: number };
    expect(afterMs).toBeGreaterThanOrEqual(7_000);
    expect(afterMs).toBeLessThan(8_000);
    expect(texts()).toEqual([]);
  });

  one('a server error is retried', async () => {
    bench.stage.inject('broken');
    expect(await send()).toMatchObject({ status: 'retry', scope: 'destination' });
    expect(await send()).toMatchObject({ status: 'sent' });
    expect(texts()).toEqual(['Salt of the sea']);
  });

  one('a refused message is sent in a plainer form', async () => {
    bench.stage.inject('refused');
    expect(await send()).toMatchObject({ status: 'sent' });
    expect(texts()).toEqual(['Salt of the sea']);
  });

  one('a message refused in every form is rejected, and the next one is sent', async () => {
    bench.stage.inject('refused', 9);
    expect(await send()).toMatchObject({ status: 'rejected' });
    expect(texts()).toEqual([]);
    bench.stage.recover();
    expect(await send()).toMatchObject({ status: 'sent' });
  });

  one(
    'a destination that may not be written to is unreachable until somebody does what the remedy says',
    async () => {
      bench.stage.inject('forbidden');
      expect(await send()).toMatchObject({
        status: 'unreachable',
        gone: false,
        fix: expect.stringMatching(/send messages/iu) as string,
      });
    },
  );

  one('a destination that was deleted is gone', async () => {
    bench.stage.inject('gone');
    expect(await send()).toMatchObject({ status: 'unreachable', gone: true });
  });

  one('a destination that removed the bot is unreachable', async () => {
    bench.stage.removeBot();
    expect(await send()).toMatchObject({ status: 'unreachable' });
  });

  one('a dead token halts the platform', async () => {
    bench.stage.inject('dead token');
    expect(await send()).toMatchObject({ status: 'halted' });
  });

  one('a lost answer leaves it uncertain whether the message arrived', async () => {
    bench.stage.inject('lost answer');
    expect(await send()).toMatchObject({ status: 'retry', uncertain: true });
    expect(texts()).toEqual(['Salt of the sea']);
  });

  one('repeating with the same key after a lost answer makes no second message', async () => {
    bench.stage.inject('lost answer');
    await send();
    expect(await send()).toMatchObject({ status: 'sent' });
    expect(texts()).toEqual(['Salt of the sea']);
  });

  one('no reason and no fix contains the token', async () => {
    const results: SendResult[] = [];
    for (const trouble of ['broken', 'lost answer', 'dead token'] as const) {
      bench.stage.inject(trouble);
      results.push(await send());
    }
    const secret = bench.stage.token.right.split(':').at(-1);
    expect(JSON.stringify(results)).not.toContain(secret);
  });
}

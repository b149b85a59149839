import { expect, test } from 'vitest';
import { DEFAULT_PREFERENCES } from '../../../../src/preferences/preferences.ts';
import { noteSaying } from '../../../delivery/delivery.fixture.ts';
import { botTexts, destinationOf, startInstance, startTestTelegram } from '../instance.fixture.ts';

test('a note that outgrows its caption continues in a second message', async () => {
  const telegram = await startTestTelegram();
  const instance = startInstance(telegram);
  const reader = telegram.person({ firstName: 'Wren' });
  const preferences = { ...DEFAULT_PREFERENCES, style: 'classic/split' };
  await instance.store.destinations.subscribe({ id: destinationOf(reader), source: 'command', preferences });
  const article = (words: string) =>
    noteSaying(`![The pier](https://media.example/pier.jpg)\n\n${words}`, {
      kind: 30_023,
      tags: [
        ['d', 'pier'],
        ['title', 'The pier'],
      ],
    });
  const paragraph = (n: number) => `Paragraph ${n}: ${'the cranes stood still all morning. '.repeat(12)}`;
  const until = (check: (texts: readonly (string | undefined)[]) => boolean) =>
    telegram.until(() => check(botTexts(telegram, reader)));

  await instance.publish(article('It is short.'));
  await until((texts) => texts.length === 1);
  await instance.publish(article([1, 2, 3, 4].map(paragraph).join('\n\n')));
  await until((texts) => texts.length > 1);
  const texts = botTexts(telegram, reader);
  const [first, ...rest] = telegram.messages(reader).map(({ message }) => message);
  expect(first).toMatchObject({ photo: expect.any(Array) as unknown });
  expect(first?.caption?.length).toBeLessThanOrEqual(1_024);
  expect(rest.every(({ text }) => text !== undefined)).toBe(true);
  for (const n of [1, 2, 3, 4])
    expect(texts.filter((text) => text?.includes(`Paragraph ${n}:`))).toHaveLength(1);

  await instance.publish(article('It is short again.'));
  await until((now) => now.length === 1 && (now[0]?.includes('short again') ?? false));
  expect(telegram.messages(reader)[0]?.message.photo).toBeDefined();
});

import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../sandbox/telegram/http/faults.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import type { Block } from '../../../src/note/document.ts';
import { noteSaying } from '../../delivery/delivery.fixture.ts';
import { botTexts, callsOf, destinationOf, startInstance, startTestTelegram } from './instance.fixture.ts';
import { documentOf, usePlatform } from './platform.fixture.ts';

type Mishap = Fault['effect'];

const refused = (code: number, description: string): Mishap => ({ kind: 'refuse', code, description });
const broken = refused(500, 'Internal Server Error');
const unknown = refused(404, 'Not Found: method not found');
const { removed } = en.platform;

async function harbour() {
  const telegram = await startTestTelegram();
  const instance = startInstance(telegram);
  const reader = telegram.person({ firstName: 'Wren' });
  await instance.subscriptions.subscribe(destinationOf(reader));
  return {
    telegram,
    instance,
    reader,
    shown: () => botTexts(telegram, reader),
    /** These methods fail from now on. */
    breaks(effect: Mishap, ...methods: readonly string[]) {
      for (const method of methods) telegram.fault({ method, times: Number.POSITIVE_INFINITY, effect });
    },
    /** Publishes a note, deletes it once it has arrived, and publishes another one. */
    async takenBack() {
      const note = noteSaying('one');
      await instance.publish(note);
      await telegram.until(() => botTexts(telegram, reader).length === 1);
      await instance.store.journal.delete({
        id: 'd'.repeat(64),
        createdAt: 2_000_000_000,
        ids: [note.id],
        addresses: [],
      });
      await instance.publish('behind');
    },
    counted: (name: string) =>
      instance.delivery.counters.all().reduce((sum, line) => sum + (line.name === name ? line.value : 0), 0),
    /** Lets time pass, retry by retry, until `holds` returns true. */
    async until(holds: () => boolean) {
      const passes = async () => {
        await instance.later();
        return holds();
      };
      await expect.poll(passes, { interval: 1, timeout: 15_000 }).toBe(true);
    },
  };
}

describe('a deletion', () => {
  test.each<readonly [string, Mishap]>([
    ['500', broken],
    ['an unknown method', unknown],
    ['an odd refusal', refused(400, 'Bad Request: the moon is full')],
  ])(
    'of several messages that fails with %s is made one by one, and the next note arrives',
    async (_, mishap) => {
      const { breaks, takenBack, until, shown, telegram } = await harbour();
      breaks(mishap, 'deleteMessages');
      await takenBack();
      await until(() => shown().includes('behind'));
      expect(shown()).toEqual(['behind']);
      expect(callsOf(telegram, 'deleteMessage')).toHaveLength(1);
    },
  );

  test.each<readonly [string, Mishap]>([
    ['500', broken],
    ['an unknown method', unknown],
    ['an HTML page', { kind: 'page', status: 502, body: '<html>' }],
  ])('that always fails with %s empties the message instead, and logs it', async (_, mishap) => {
    const { breaks, takenBack, until, shown, instance } = await harbour();
    breaks(mishap, 'deleteMessages', 'deleteMessage');
    await takenBack();
    await until(() => shown().includes('behind'));
    expect(shown()).toEqual([removed, 'behind']);
    expect(instance.lines('message.emptied')).toHaveLength(1);
  });

  test("that can't work in any way is abandoned, and the next note arrives", async () => {
    const { breaks, takenBack, until, shown, counted } = await harbour();
    breaks(broken, 'deleteMessages', 'deleteMessage', 'editMessageText');
    await takenBack();
    await until(() => shown().includes('behind'));
    expect(shown()).toEqual(['one', 'behind']);
    expect(counted('messages_abandoned_total')).toBe(1);
  });
});

const pictures = (...names: readonly string[]): Block => ({
  type: 'media',
  items: names.map((name) => ({
    kind: 'image',
    url: `https://media.example/${name}`,
    alternatives: [],
  })),
});

test.each([
  ['a picture', ['sendPhoto'], ['a.jpg'], ['Salt\n\nimage']],
  ['an album', ['sendMediaGroup'], ['a.jpg', 'b.jpg'], ['Salt', undefined]],
  ['pictures in any form', ['sendMediaGroup', 'sendPhoto'], ['a.jpg', 'b.jpg'], ['Salt\n\nimage\nimage']],
])(
  'if %s can’t be sent because Telegram fails, a plainer form is sent',
  async (_, methods, names, expected) => {
    const { telegram, instance, reader, breaks, shown } = await harbour();
    breaks(broken, ...methods);
    const send = () => instance.send(reader, [...documentOf('Salt'), pictures(...names)]);
    for (let n = 0; n < 6; n += 1) expect(await send()).toMatchObject({ status: 'retry' });
    expect(await send()).toMatchObject({ status: 'sent' });
    expect(shown()).toEqual(expected);
    expect(callsOf(telegram, 'sendMessage').length).toBeLessThanOrEqual(1);
  },
);

test.each([
  ['no result', '{"ok":true}'],
  ['an empty result', '{"ok":true,"result":{}}'],
  ['true', '{"ok":true,"result":true}'],
  ['a message without a number', '{"ok":true,"result":{"chat":{"id":1},"text":"one"}}'],
  ['a message without a chat', '{"ok":true,"result":{"message_id":7}}'],
  ['a list', '{"ok":true,"result":[]}'],
])(
  'a note with an unreadable success (%s) is uncertain, arrives twice at most, and holds nothing up',
  async (_, body) => {
    const { telegram, instance, shown, until, counted } = await harbour();
    const back = telegram.fault({
      method: 'sendMessage',
      when: ({ text }) => text === 'one',
      times: Number.POSITIVE_INFINITY,
      effect: { kind: 'garble', body },
    });
    await instance.publish('one', 'behind');
    await until(() => shown().includes('behind'));
    back();
    expect(shown()).toEqual(['one', 'one', 'behind']);
    expect(counted('messages_in_doubt_total')).toBe(1);
    expect(counted('messages_stranded_total')).toBe(1);
    expect(instance.logged.join('\n')).not.toMatch(/TypeError|undefined|not a function/u);
  },
);

test.each(['', 'null', '"ok"', '[]', '{}', '{"ok":"yes","result":[]}', '{"ok":false}', '<html>'])(
  'after a response that isn’t the Bot API’s (%j), the send is retried and uncertain',
  async (body) => {
    const { telegram, instance, reader } = await harbour();
    telegram.fault({ method: 'sendMessage', effect: { kind: 'garble', body } });
    expect(await instance.send(reader)).toMatchObject({
      status: 'retry',
      uncertain: true,
      reason: 'No answer from Telegram: NOT_JSON',
    });
  },
);

test.each([
  ['zero', 0],
  ['a negative number', -5],
  ['not a number', 'soon' as unknown as number],
])('if retry_after is %s, the wait is a second', async (_, retryAfter) => {
  const { telegram, instance, reader } = await harbour();
  telegram.fault({
    method: 'sendMessage',
    effect: { kind: 'refuse', code: 429, description: 'Too Many Requests', retryAfter },
  });
  expect(await instance.send(reader)).toMatchObject({ status: 'retry', afterMs: 1_000 });
});

describe('polling for updates', () => {
  const wire = usePlatform();
  const polls = () => callsOf(wire.telegram, 'getUpdates');
  const answer = (result: string): Mishap => ({
    kind: 'page',
    status: 200,
    body: `{"ok":true,"result":${result}}`,
  });
  const stuck = (effect: Mishap) =>
    wire.telegram.fault({ method: 'getUpdates', times: Number.POSITIVE_INFINITY, effect });

  test.each<readonly [string, Mishap]>([
    ['no updates, at once', answer('[]')],
    ['the same update each time', answer('[{"update_id":5}]')],
    ['an unreadable result', answer('{}')],
    ['no result', { kind: 'page', status: 200, body: '{"ok":true}' }],
    ['an HTML page', { kind: 'page', status: 200, body: '<html>' }],
    [
      'a webhook conflict, however often the webhook is removed',
      refused(409, "Conflict: can't use getUpdates method while webhook is active"),
    ],
    [
      'a 429 with a wait of zero',
      { kind: 'refuse', code: 429, description: 'Too Many Requests', retryAfter: 0 },
    ],
    ['“Not Found”, although the token is valid', refused(404, 'Not Found')],
  ])('pauses each time the response is %s', async (_, mishap) => {
    await wire.start();
    const back = stuck(mishap);
    wire.telegram.endPoll();
    const paused = wire.pauses.length;
    const before = polls().length;
    await wire.telegram.until(() => polls().length >= before + 8);
    back();
    const pauses = wire.pauses.slice(paused);
    expect(pauses.filter((ms) => ms >= 1_000).length).toBeGreaterThanOrEqual(6);
  });

  test('doesn’t hold the first request after a failure, so that a recovery is noticed at once', async () => {
    await wire.start();
    wire.telegram.fault({ method: 'getUpdates', times: 2, effect: { kind: 'reset', when: 'before' } });
    const before = polls().length;
    wire.telegram.endPoll();
    await wire.telegram.until(() => polls().length >= before + 4 && wire.telegram.polling);
    expect(wire.platform.error()).toBeUndefined();
    expect(
      polls()
        .slice(before)
        .map(({ payload, status }) => [payload['timeout'], status]),
    ).toEqual([
      [30, 200],
      [30, 0],
      [0, 0],
      [0, 200],
    ]);
  });
});

describe('a menu', () => {
  const wire = usePlatform();

  test.each<readonly [string, Mishap]>([
    ['500', broken],
    ['unknown method', unknown],
    ['not a list', { kind: 'garble', body: '{"ok":true,"result":{}}' }],
  ])('that can’t be read (%s) is written anyway', async (_, effect) => {
    wire.telegram.fault({ method: 'getMyCommands', times: Number.POSITIVE_INFINITY, effect });
    await wire.start();
    expect(callsOf(wire.telegram, 'setMyCommands')).toHaveLength(6);
  });

  test('is published for the other audiences if one fails', async () => {
    wire.telegram.fault({ method: 'setMyCommands', effect: broken });
    await wire.start();
    expect(callsOf(wire.telegram, 'setMyCommands').map(({ status }) => status)).toEqual([
      500, 200, 200, 200, 200, 200,
    ]);
  });
});

describe('“Not Found” for one call, although the token is valid', () => {
  const notFound = refused(404, 'Not Found');

  test('skips that note after one retry, and delays nobody else', async () => {
    const { telegram, instance, reader, shown, until, counted } = await harbour();
    const other = telegram.person({ firstName: 'Finch' });
    await instance.subscriptions.subscribe(destinationOf(other));
    telegram.fault({
      method: 'sendMessage',
      when: ({ chat_id, text }) => chat_id === String(reader.id) && text === 'one',
      times: Number.POSITIVE_INFINITY,
      effect: notFound,
    });
    await instance.publish('one', 'behind');
    await until(() => shown().includes('behind') && botTexts(telegram, other).includes('behind'));
    expect(botTexts(telegram, other)).toEqual(['one', 'behind']);
    expect(counted('messages_rejected_total')).toBe(1);
    expect(instance.delivery.error()).toBeUndefined();
  });

  test.each([['deleteMessages'], ['deleteMessages', 'deleteMessage']])(
    'makes us delete a message another way (%s)',
    async (...methods) => {
      const { breaks, takenBack, until, shown } = await harbour();
      breaks(notFound, ...methods);
      await takenBack();
      await until(() => shown().includes('behind'));
      expect(shown()).toEqual(methods.length === 1 ? ['behind'] : [removed, 'behind']);
    },
  );
});

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
    /** One note, which is taken back once it stands, and another one behind that. */
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
    /** Lets time pass, try by try, until it holds. */
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
    ['a method that is not known', unknown],
    ['an odd refusal', refused(400, 'Bad Request: the moon is full')],
  ])('of several messages that meets %s is made one by one, and the next note comes', async (_, mishap) => {
    const { breaks, takenBack, until, shown, telegram } = await harbour();
    breaks(mishap, 'deleteMessages');
    await takenBack();
    await until(() => shown().includes('behind'));
    expect(shown()).toEqual(['behind']);
    expect(callsOf(telegram, 'deleteMessage')).toHaveLength(1);
  });

  test.each<readonly [string, Mishap]>([
    ['500', broken],
    ['a method that is not known', unknown],
    ['a page in its place', { kind: 'page', status: 502, body: '<html>' }],
  ])(
    'that can’t be made at all for %s leaves the message without its words, and says so',
    async (_, mishap) => {
      const { breaks, takenBack, until, shown, instance } = await harbour();
      breaks(mishap, 'deleteMessages', 'deleteMessage');
      await takenBack();
      await until(() => shown().includes('behind'));
      expect(shown()).toEqual([removed, 'behind']);
      expect(instance.lines('message.emptied')).toHaveLength(1);
    },
  );

  test("that can't work in any way is abandoned, and the next note comes", async () => {
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
  'where %s can’t be sent for faults of Telegram’s own, a plainer form comes',
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
  'a note whose success can’t be read (%s) is in doubt, comes twice at most, and holds nothing up',
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
  'what is no answer of the Bot API at all (%j) may pass, and is in doubt',
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
  ['no time', 0],
  ['less than none', -5],
  ['no number', 'soon' as unknown as number],
])('a limit that names %s is a second', async (_, retryAfter) => {
  const { telegram, instance, reader } = await harbour();
  telegram.fault({
    method: 'sendMessage',
    effect: { kind: 'refuse', code: 429, description: 'Too Many Requests', retryAfter },
  });
  expect(await instance.send(reader)).toMatchObject({ status: 'retry', afterMs: 1_000 });
});

describe('asking for updates', () => {
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
    ['nothing, at once', answer('[]')],
    ['the same update each time', answer('[{"update_id":5}]')],
    ['nothing that can be read', answer('{}')],
    ['no result', { kind: 'page', status: 200, body: '{"ok":true}' }],
    ['a page', { kind: 'page', status: 200, body: '<html>' }],
    [
      'that a webhook is set, however often it is removed',
      refused(409, "Conflict: can't use getUpdates method while webhook is active"),
    ],
    ['a limit of no time', { kind: 'refuse', code: 429, description: 'Too Many Requests', retryAfter: 0 }],
    ['“Not Found”, while the token is good', refused(404, 'Not Found')],
  ])('is paused each time where it brings %s', async (_, mishap) => {
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

  test('is not held the first time after a failure, so that all is known to be well at once', async () => {
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
    ['not known', unknown],
    ['not a list', { kind: 'garble', body: '{"ok":true,"result":{}}' }],
  ])('that can’t be read (%s) is written all the same', async (_, effect) => {
    wire.telegram.fault({ method: 'getMyCommands', times: Number.POSITIVE_INFINITY, effect });
    await wire.start();
    expect(callsOf(wire.telegram, 'setMyCommands')).toHaveLength(6);
  });

  test('of which one part can’t be written keeps the others from nothing', async () => {
    wire.telegram.fault({ method: 'setMyCommands', effect: broken });
    await wire.start();
    expect(callsOf(wire.telegram, 'setMyCommands').map(({ status }) => status)).toEqual([
      500, 200, 200, 200, 200, 200,
    ]);
  });
});

describe('“Not Found” about one call, while the token is good', () => {
  const notFound = refused(404, 'Not Found');

  test('leaves that note after one more try, and nobody else waits for anything', async () => {
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
    'takes a message back another way (%s)',
    async (...methods) => {
      const { breaks, takenBack, until, shown } = await harbour();
      breaks(notFound, ...methods);
      await takenBack();
      await until(() => shown().includes('behind'));
      expect(shown()).toEqual(methods.length === 1 ? ['behind'] : [removed, 'behind']);
    },
  );
});

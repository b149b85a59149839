import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeCallback,
  encodeCallback,
  formatCallback,
  formatOptions,
  MAX_CALLBACK_BYTES,
  parseOptions,
} from '../../src/command/callback-codec.ts';
import { type CallbackKeyValue, createCallbackStore } from '../../src/command/callback-store.ts';
import { type Callback, callback } from '../../src/note/document.ts';

function bench() {
  const kept = new Map<string, Parameters<CallbackKeyValue['set']>[1]>();
  const presses = createCallbackStore(
    {
      get: async (key) => kept.get(key),
      set: async (key, value) => kept.set(key, value),
    },
    (asker) => `code of ${asker}`,
  );
  async function recalled(short: Callback): Promise<Readonly<Record<string, unknown>> | undefined> {
    if ('options' in short) return short.options;
    const input = await presses.expand({ stored: short.storedKey, as: 'options' });
    return input && 'named' in input ? input.named : undefined;
  }
  return { kept, ...presses, recalled };
}

const search = (n: number) =>
  callback('search', { query: `lithium in the harbour of a town with a long name, ${n}`, page: 2 });

test('a callback that fits is unchanged, and nothing is stored', async () => {
  const { shorten, kept } = bench();
  const given = callback('latest', { count: 5, page: 2 });
  expect(await shorten(given)).toEqual(given);
  expect(kept.size).toBe(0);
});

test('a longer callback is stored once, however often it is shown, and expands to the original', async () => {
  const { shorten, recalled, kept } = bench();
  const short = await shorten(search(1));
  expect(await shorten(search(1))).toEqual(short);
  expect(Buffer.byteLength(formatCallback(short))).toBeLessThanOrEqual(MAX_CALLBACK_BYTES);
  expect(await recalled(short)).toEqual({ query: expect.stringContaining('long name, 1'), page: '2' });
  expect(kept.size).toBe(1);
});

test('a flood of long callbacks takes at most 65,536 slots, and no button expands to another’s callback', async () => {
  const { shorten, recalled, kept } = bench();
  const pressed: (readonly [Callback, Callback])[] = [];
  for (let n = 0; n < 80_000; n += 1) pressed.push([search(n), await shorten(search(n))]);
  expect(kept.size).toBeLessThanOrEqual(65_536);
  const found = { right: 0, wrong: 0 };
  for (const [given, short] of pressed) {
    const options = await recalled(short);
    if (options !== undefined && 'options' in given)
      found[options['query'] === given.options.query ? 'right' : 'wrong'] += 1;
  }
  expect(found).toEqual({ right: kept.size, wrong: 0 });
});

describe('buttons of older versions', () => {
  test('expand to a line', () =>
    expect(decodeCallback('1rlatest 5 page:2')).toEqual({
      command: 'latest',
      input: { line: '5 page:2' },
      responseMode: 'replace',
    }));

  test('expand to their stored line', async () => {
    const { kept, expand } = bench();
    kept.set('~0123', { line: '~0123456789abcdef01234567 page:2 a long search' });
    const stored = decodeCallback('1rsearch ~0123456789abcdef01234567')?.input;
    expect(stored).toEqual({ stored: '0123456789abcdef01234567', as: 'line' });
    expect(await expand({ stored: '0123456789abcdef01234567', as: 'line' })).toEqual({
      line: 'page:2 a long search',
    });
    expect(await expand({ stored: '0123456789abcdef01234568', as: 'line' })).toBeUndefined();
    expect(decodeCallback('1rsearch ~ lithium')?.input).toEqual({ line: '~ lithium' });
  });

  test('append the selected values to their line', () =>
    expect(decodeCallback('1rsettings pings missive', ['42'])).toMatchObject({
      input: { line: 'pings missive 42' },
    }));
});

test('selected values are appended to the last option', () => {
  const token = (one: Callback) => encodeCallback(one, 'add');
  expect(decodeCallback(token(callback('subscribe', { place: '' })), ['42'])?.input).toEqual({
    named: { place: '42' },
  });
  expect(decodeCallback(token(callback('settings', { change: 'pings missive' })), ['42'])?.input).toEqual({
    named: { change: 'pings missive 42' },
  });
});

test('an empty selection is explicit, and several values are joined', () => {
  const token = encodeCallback(callback('settings', { change: 'types' }), 'replace');
  const named = (chosen?: readonly string[]) => decodeCallback(token, chosen)?.input;
  expect(named([])).toEqual({ named: { change: 'types none' } });
  expect(named(['photo', 'video'])).toEqual({ named: { change: 'types photo video' } });
  expect(named()).toEqual({ named: { change: 'types' } });
  expect(decodeCallback('1rsettings types', [])?.input).toEqual({ line: 'types none' });
});

test('any options survive formatting and parsing, and encoding with `nth`', () => {
  const options = fc.dictionary(
    fc.stringMatching(/^[a-z]{1,10}$/u),
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('AT&T', '100%', '%26', 'a=b&1', '~0', 'type:photo\n?'),
    ),
    { noNullPrototype: true, maxKeys: 3 },
  );
  fc.assert(
    fc.property(options, fc.nat(40), (given, nth) => {
      const one = callback('search', given);
      expect(parseOptions(formatOptions(given))).toEqual(given);
      fc.pre(Buffer.byteLength(formatCallback(one)) <= MAX_CALLBACK_BYTES);
      expect(decodeCallback(encodeCallback(one, 'add', nth))).toEqual({
        command: 'search',
        input: { named: given },
        responseMode: 'add',
      });
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderPage } from '../../src/status/page/page.ts';
import type { Snapshot } from '../../src/status/page/snapshot.ts';
import { allOf, parseSvg, type SvgElement } from '../charts/svg.fixture.ts';
import {
  busySnapshot,
  historyOf,
  NO_ACTIVITY,
  NOW_MS,
  noteAt,
  relayState,
  suspendedAt,
} from './snapshot.fixture.ts';

/** The page is written so that a parser of XML reads it, too: nothing in it is left open. */
const parsed = (page: string): SvgElement => parseSvg(page.replace('<!doctype html>\n', '').trim());
const textOf = (one: SvgElement): string =>
  one.name === 'style' ? '' : [one.text, ...one.children.map(textOf)].join(' ');
const wordsOf = (page: string): string => textOf(parsed(page)).replace(/\s+/gu, ' ');

const EMPTY = {
  posts: 0,
  delivered: 0,
  refused: 0,
  joined: 0,
  left: 0,
  active: 0,
  waiting: 0,
  suspended: [],
};

/** What a first look may meet, and what it must say. */
const STATES: Readonly<
  Record<string, readonly [() => Promise<Partial<Snapshot>>, readonly string[], readonly string[]]>
> = {
  'a busy day': [
    async () => ({}),
    [
      'Everything is working.',
      '12,846',
      'Discord',
      '312 destinations in 7.4 sec',
      '212 to go',
      'restricted: pay at the gate',
      'Last 30 days',
    ],
    ['unknown'],
  ],
  'just started, with nothing at all': [
    async () => ({
      totals: { notes: 0, lost: {}, waiting: 0, destinations: { active: 0, suspended: 0, gone: 0 } },
      platforms: [],
      relays: [],
      notes: [],
      history: await historyOf(NO_ACTIVITY),
    }),
    ['none yet', 'No platform is configured', 'No relay is configured', 'No posts yet', 'Nothing yet'],
    ['NaN', 'undefined'],
  ],
  'the archive is loading': [
    async () => ({ relays: [relayState('wss://relay.example', { state: 'catching-up', received: 840 })] }),
    ['relay.example', 'syncing'],
    [],
  ],
  'one platform': [
    async () => ({ platforms: [{ name: 'telegram', suspended: [], stats: EMPTY }] }),
    ['Telegram ✓ working'],
    ['Discord ✓'],
  ],
  'a relay is down': [
    async () => ({
      health: { problems: [{ name: 'relays', error: 'not connected', sinceMs: NOW_MS - 60_000 }] },
      relays: [
        relayState('wss://relay.example', {
          state: 'waiting',
          error: { kind: 'unreachable', reason: 'ECONNREFUSED', since: NOW_MS - 60_000 },
        }),
      ],
    }),
    ['1 thing needs attention', 'Not connected to any relay', "can't be reached", '14:39', 'ECONNREFUSED'],
    ['Everything is working'],
  ],
  'a platform is down': [
    async () => ({
      health: { problems: [{ name: 'telegram', error: 'rejects the token', sinceMs: NOW_MS }] },
    }),
    ['Telegram: rejects the token', '✕ rejects the token'],
    [],
  ],
  'the store fails': [
    async () => {
      const { totals: _, notes: __, history: ___, ...rest } = await busySnapshot();
      return {
        ...rest,
        totals: undefined,
        notes: undefined,
        history: undefined,
        health: { problems: [{ name: 'store', error: 'disk I/O error', sinceMs: NOW_MS }] },
        platforms: [{ name: 'discord', suspended: [] }],
      } as unknown as Partial<Snapshot>;
    },
    ["The archive isn't accessible", 'unknown', "can't be read from the database", 'slow.example'],
    ['NaN'],
  ],
  '20,000 suspended, of which few are listed': [
    async () => ({
      platforms: [
        {
          name: 'telegram',
          stats: { ...EMPTY, active: 3, suspended: [{ reason: 'Let me write.', count: 20_000 }] },
          suspended: [
            suspendedAt('telegram:-1001', 'Let me write.'),
            suspendedAt('telegram:7345678901', 'Let me write.'),
          ],
        },
      ],
    }),
    ['Let me write.', '-1001', 'private chat …901', 'and 19,998 more'],
    ['7345678901'],
  ],
  'very many relays': [
    async () => ({ relays: Array.from({ length: 200 }, (_, n) => relayState(`wss://r${n}.example`)) }),
    ['r0.example', 'and 176 more'],
    ['r199.example'],
  ],
};

describe.each(Object.entries(STATES))('%s', (_, [more, says, saysNot]) => {
  test('in Chinese', async () => {
    expect(wordsOf(await renderPage(await busySnapshot(await more()), 'zh'))).toContain('平台');
  });

  test('in English', async () => {
    const words = wordsOf(await renderPage(await busySnapshot(await more()), 'en'));
    for (const one of says) expect(words).toContain(one);
    for (const one of saysNot) expect(words).not.toContain(one);
  });
});

/** Everything that comes from somebody else. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "'; --></style><svg onload=alert(1)>",
    '&lt;b&gt; &#0; \u0000\u0007\uD800',
    '\u202Ecod.exe \u2066',
    'ש'.repeat(200),
    'W'.repeat(2_000),
    '{{constructor}} ${1} %s',
  ),
);
/** Elements of the page; those of others would stand out. */
const ELEMENTS = new Set(
  'html head meta title link style body header main footer h1 h2 h3 p div section span strong code bdi br ul li dl dt dd time svg desc rect line text polyline polygon circle'.split(
    ' ',
  ),
);

test('whatever names and words come from elsewhere, they are words', async () => {
  const busy = await busySnapshot();
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        author: hostile,
        host: fc.domain(),
        reason: hostile,
        title: hostile,
        error: hostile,
        place: hostile,
        zone: fc.constantFrom('UTC', 'Asia/Kathmandu'),
      }),
      fc.constantFrom('en' as const, 'zh' as const),
      async ({ author, host, reason, title, error, place, zone }, language) => {
        const page = await renderPage(
          {
            ...busy,
            authorName: author,
            timeZone: zone,
            health: {
              problems: [
                { name: place, error, sinceMs: NOW_MS },
                { name: 'discord', error, sinceMs: NOW_MS },
              ],
            },
            platforms: [
              {
                name: 'discord',
                suspended: [suspendedAt(`discord:${place}`, reason)],
                stats: { ...EMPTY, suspended: [{ reason, count: 1 }] },
              },
            ],
            relays: [
              relayState(`wss://${host}/<b>"`, {
                state: 'closed',
                error: { kind: 'lost', reason, since: NOW_MS },
              }),
            ],
            notes: [noteAt(title, 1)],
          },
          language,
        );
        const wrong = allOf(parsed(page)).filter(
          ({ name, attributes }) =>
            !ELEMENTS.has(name) ||
            Object.keys(attributes).some((one) => one.startsWith('on') || one === 'style') ||
            (attributes['href'] ?? 'data:,') !== 'data:,',
        );
        expect(wrong).toEqual([]);
      },
    ),
    { numRuns: 40 },
  );
});

import { describe, expect, test } from 'vitest';
import { silentLog } from '../../../src/lib/log.ts';
import type { NostrEvent, VerifiedEvent } from '../../../src/note/note.ts';
import {
  authorFromProfile,
  parseMediaServerList,
  parseRelayList,
} from '../../../src/relays/author/profile.ts';
import { sanitizeLine, sanitizeText } from '../../../src/relays/sanitize-text.ts';
import { createVerifier } from '../../../src/relays/verify.ts';
import { alice, mallory } from '../relays.fixture.ts';

const verifier = await createVerifier({ now: Date.now, log: silentLog });
const { pubkey, npub } = alice;
const short = `${npub.slice(0, 10)}…${npub.slice(-4)}`;

function verified(event: NostrEvent): VerifiedEvent {
  const verdict = verifier.verify(event, {});
  if (verdict.status !== 'verified') throw new Error(verdict.reason);
  return verdict.event;
}
const profile = (content: unknown) =>
  verified(alice.note(typeof content === 'string' ? content : JSON.stringify(content), { kind: 0 }));

describe('a profile', () => {
  test('gives name, words, picture, website and address', () => {
    const fields = {
      name: 'al',
      display_name: 'Alice A.',
      about: 'Writes.\r\nDaily.',
      picture: 'https://example.com/a.png',
      website: 'example.com/~alice',
      nip05: 'alice@example.com',
    };
    expect(authorFromProfile(pubkey, profile(fields))).toEqual({
      pubkey,
      npub,
      name: 'Alice A.',
      about: 'Writes.\nDaily.',
      picture: 'https://example.com/a.png',
      website: 'https://example.com/~alice',
      nip05: 'alice@example.com',
    });
  });

  test('tells no secret, whatever somebody pasted into it', () => {
    const nsec = `nsec1${'q'.repeat(58)}`;
    const fields = { name: `al ${nsec}`, about: `me\n${nsec.toUpperCase()}`, nip05: `${nsec}@example.com` };
    expect(authorFromProfile(pubkey, profile(fields))).toEqual({
      pubkey,
      npub,
      name: 'al [secret removed]',
      about: 'me\n[secret removed]',
    });
  });

  test.each([
    ['no profile', undefined],
    ['no JSON', profile('hello')],
    ['null', profile('null')],
    ['a number', profile('7')],
    ['a list', profile('["name"]')],
    [
      'numbers and lists for text',
      profile({ name: 7, display_name: [], about: {}, picture: true, nip05: null }),
    ],
    ['blanks', profile({ name: ' \n ', display_name: '\u200e\u202e', about: ' ' })],
    [
      'addresses that lead nowhere',
      profile({ picture: 'javascript:alert(1)', website: 'ftp://x.example', nip05: '@' }),
    ],
    ['addresses with a password', profile({ website: 'https://a:b@example.com' })],
    ['somebody else', verified(mallory.note('{"name":"Mallory"}', { kind: 0 }))],
    ['another kind', verified(alice.note('{"name":"Note"}'))],
  ])('with %s leaves the short npub', (_, event) => {
    expect(authorFromProfile(pubkey, event)).toEqual({ pubkey, npub, name: short, unnamed: true });
  });

  test('is bounded and can’t disguise what stands around it', () => {
    const author = authorFromProfile(
      pubkey,
      profile({ name: `\u202eevil\n${'x'.repeat(500)}`, about: 'y'.repeat(30_000) }),
    );
    expect(author.name).toBe(`evil ${'x'.repeat(74)}…`);
    expect(author.about?.length).toBe(1_000);
  });
});

describe('a relay list', () => {
  test('gives the relays that the author writes to, each once', () => {
    const tags = [
      ['r', 'wss://both.example.com'],
      ['r', 'wss://write.example.com', 'write'],
      ['r', 'wss://read.example.com', 'read'],
      ['r', 'WSS://Both.example.com/'],
      ['r', 'https://web.example.com'],
      ['r'],
      ['x', 'wss://other.example.com'],
    ];
    expect(parseRelayList(verified(alice.note('', { kind: 10_002, tags })))).toEqual([
      'wss://both.example.com/',
      'wss://write.example.com/',
    ]);
    expect(parseRelayList(verified(alice.note('', { kind: 1, tags })))).toEqual([]);
  });

  test('without end is cut', () => {
    const tags = Array.from({ length: 100 }, (_, index) => ['r', `wss://relay-${index}.example.com`]);
    expect(parseRelayList(verified(alice.note('', { kind: 10_002, tags }))).length).toBe(20);
  });
});

test.each([
  ['a\u0000b\u0007c', 'abc', 'abc'],
  ['a\tb\r\n\r\n\r\n\r\nc ', 'a b c', 'a b\n\nc'],
  ['\u202ereversed\u2066', 'reversed', 'reversed'],
  ['12345678901', '123456789…', '123456789…'],
  ['12345678😀x', '12345678…', '12345678…'],
  ['half \ud83d', 'half', 'half'],
  [7, '', ''],
])('%j is plain as a line and as text', (value, line, text) => {
  expect(sanitizeLine(value, 10)).toBe(line);
  expect(sanitizeText(value, 10)).toBe(text);
});

describe('the media servers of an author', () => {
  const list = (tags: readonly (readonly string[])[], kind = 10_063) =>
    parseMediaServerList(verified(alice.note('', { kind, tags })));

  test('are the web addresses of the list, each once, in its order', () => {
    expect(
      list([
        ['server', 'https://one.example'],
        ['server', 'ftp://two.example'],
        ['r', 'https://three.example'],
        ['server', 'https://four.example/files'],
        ['server', 'https://one.example/'],
        ['server'],
      ]),
    ).toEqual(['https://one.example/', 'https://four.example/files']);
  });

  test('are those of that list alone', () => {
    expect(list([['server', 'https://one.example']], 10_002)).toEqual([]);
  });
});

import { nprofileEncode, npubEncode, nsecEncode } from 'nostr-tools/nip19';
import { describe, expect, test } from 'vitest';
import {
  authorIdentifierProblem,
  isAuthorIdentifier,
  resolveAuthorIdentifier,
} from '../../../src/relays/author/author-identifier.ts';
import { alice } from '../relays.fixture.ts';

const { pubkey } = alice;
const nsec = nsecEncode(new Uint8Array(32).fill(7));
const never: typeof fetch = () => Promise.reject(new TypeError('network asked'));

describe('a key', () => {
  test.each([
    ['npub', npubEncode(pubkey), []],
    ['npub with scheme', `nostr:${npubEncode(pubkey)}`, []],
    ['npub between blanks', ` ${npubEncode(pubkey)}\n`, []],
    ['npub in capitals', npubEncode(pubkey).toUpperCase(), []],
    ['64 hex digits', pubkey, []],
    ['64 hex digits in capitals', pubkey.toUpperCase(), []],
    ['nprofile', nprofileEncode({ pubkey }), []],
    [
      'nprofile with relays',
      nprofileEncode({
        pubkey,
        relays: ['wss://relay.example.com', 'wss://relay.example.com/', 'https://x.example'],
      }),
      ['wss://relay.example.com/'],
    ],
  ])('%s is read without asking anybody', async (_, text, relays) => {
    expect(isAuthorIdentifier(text)).toBe(true);
    expect(await resolve(text, never)).toEqual({ pubkey, relays });
  });

  test.each([
    ['nothing', ''],
    ['a name', 'alice'],
    ['63 hex digits', pubkey.slice(1)],
    ['a mistyped npub', npubEncode(pubkey).replace(/.$/, 'b')],
    ['a note id', 'note1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq'],
    ['an address without a domain', 'alice@'],
    ['an address at a bare name', 'alice@localhost'],
    ['an address at a number', 'alice@127.0.0.1'],
    ['an address with a path', 'alice@example.com/../x'],
  ])('%s is no author', async (_, text) => {
    expect(isAuthorIdentifier(text)).toBe(false);
    await expect(resolve(text, never)).rejects.toThrow('is not an npub');
  });

  test.each([nsec, `nostr:${nsec}`, nsec.toUpperCase(), nsec.slice(0, -1)])(
    'a secret key is refused and not repeated',
    async (text) => {
      expect(authorIdentifierProblem(text)).toContain('secret key');
      await expect(resolve(text, never)).rejects.toThrow(/^(?!.*nsec1).*secret key/);
    },
  );
});

describe('a NIP-05 address', () => {
  test('is asked for at its domain, once, over https', async () => {
    const asked: unknown[] = [];
    const document = {
      names: { alice: pubkey },
      relays: { [pubkey]: ['wss://one.example.com', 'ftp://x', 7] },
    };
    const found = await resolve('Alice@Example.com', (url, init) => {
      asked.push([url, init?.redirect]);
      return Promise.resolve(Response.json(document));
    });
    expect(found).toEqual({ pubkey, relays: ['wss://one.example.com/'] });
    expect(asked).toEqual([['https://example.com/.well-known/nostr.json?name=alice', 'manual']]);
  });

  test.each([
    [
      'a redirect',
      () => new Response(null, { status: 302, headers: { location: 'https://x' } }),
      'redirects',
    ],
    ['an error', () => new Response('gone', { status: 404 }), 'answered 404'],
    ['a web page', () => new Response('<html>'), "didn't answer with JSON"],
    ['a list', () => Response.json([]), "doesn't know alice"],
    ['null', () => Response.json(null), "doesn't know alice"],
    ['another name', () => Response.json({ names: { bob: pubkey } }), "doesn't know alice"],
    ['a key that is none', () => Response.json({ names: { alice: 'npub1x' } }), "doesn't know alice"],
    ['an inherited name', () => Response.json({ names: 'alice' }), "doesn't know alice"],
    ['a megabyte', () => new Response('x'.repeat(1_000_000)), 'too large'],
  ])('that answers with %s is a sentence for the operator', async (_, answer, words) => {
    const error = await resolve('alice@example.com', () => Promise.resolve(answer())).catch(
      (error: Error) => error,
    );
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(/^can't look up alice@example\.com: .*[^.]$/);
    expect((error as Error).message).toContain(words);
  });

  test('that can’t be reached is a sentence for the operator', async () => {
    await expect(resolve('alice@example.com', never)).rejects.toThrow("example.com can't be reached");
  });

  test('that does not answer in time is given up', async () => {
    await expect(resolve('alice@example.com', unanswered, { timeoutMs: 10 })).rejects.toThrow(
      "didn't answer in time",
    );
  });

  test('is no longer asked for after abort', async () => {
    const stop = new AbortController();
    const resolving = resolve('alice@example.com', unanswered, { signal: stop.signal });
    stop.abort(new Error('stopping'));
    await expect(resolving).rejects.toThrow('stopping');
  });
});

const unanswered: typeof fetch = (_, init) =>
  new Promise((_, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
  });

function resolve(
  text: string,
  ask: typeof fetch,
  options: { timeoutMs?: number; signal?: AbortSignal } = {},
) {
  return resolveAuthorIdentifier(text, { fetch: ask, signal: new AbortController().signal, ...options });
}

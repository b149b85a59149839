import { nsecEncode } from 'nostr-tools/nip19';
import { verifyEvent } from 'nostr-tools/pure';
import { describe, expect, test } from 'vitest';
import { botKeyFrom, botKeyProblem, secretForms } from '../../src/relays/bot-key.ts';
import { alice } from './relays.fixture.ts';

const HEX = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
const NSEC = nsecEncode(Uint8Array.from(Buffer.from(HEX, 'hex')));

describe('the bot’s key', () => {
  test.each([HEX, HEX.toUpperCase(), NSEC, NSEC.toUpperCase(), `nostr:${NSEC}`])(
    'may be given as %s',
    (text) => {
      expect(botKeyProblem(text)).toBeUndefined();
      expect(botKeyFrom(text).pubkey).toBe(botKeyFrom(HEX).pubkey);
    },
  );

  test.each([
    ['a public key', alice.npub, /public key/],
    ['a mistyped nsec', `${NSEC.slice(0, -1)}q`, /not a secret key/],
    ['too short', HEX.slice(2), /not a secret key/],
    ['nought', '0'.repeat(64), /not a secret key/],
    ['more than the curve has', 'f'.repeat(64), /not a secret key/],
    ['words', 'let me in', /not a secret key/],
  ])('is not %s, which is said without repeating it', (_, text, problem) => {
    expect(botKeyProblem(text)).toMatch(problem);
    expect(botKeyProblem(text)).not.toContain(text);
    expect(() => botKeyFrom(text)).toThrow(TypeError);
  });

  test('signs an answer to a challenge (NIP-42)', () => {
    const proof = botKeyFrom(NSEC).signAuth('wss://relay.example/', 'who?', 1_800_000_000_999);
    expect(proof).toMatchObject({ kind: 22_242, created_at: 1_800_000_000, content: '' });
    expect(proof.tags).toEqual([
      ['relay', 'wss://relay.example/'],
      ['challenge', 'who?'],
    ]);
    expect(verifyEvent(structuredClone(proof) as Parameters<typeof verifyEvent>[0])).toBe(true);
  });

  test('doesn’t show when printed', () => {
    expect(JSON.stringify(botKeyFrom(HEX))).toBe(JSON.stringify({ pubkey: botKeyFrom(HEX).pubkey }));
  });

  test('is known in every form that must not be logged', () => {
    for (const text of [HEX, NSEC, NSEC.toUpperCase()])
      expect(secretForms(text)).toEqual(
        expect.arrayContaining([text, HEX, HEX.toUpperCase(), NSEC, NSEC.toUpperCase()]),
      );
    expect(secretForms('half a key')).toEqual(['half a key']);
  });
});

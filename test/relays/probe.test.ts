import { expect, test } from 'vitest';
import type { SandboxRelayOptions } from '../../sandbox/relay/relay.ts';
import { silentLog } from '../../src/lib/log.ts';
import { probeRelay } from '../../src/relays/probe.ts';
import { createVerifier } from '../../src/relays/verify.ts';
import { alice, mallory, sandboxRelay } from './relays.fixture.ts';

const verifier = await createVerifier({ now: Date.now, log: silentLog });
const DAY_S = 86_400;
const nowS = Math.floor(Date.now() / 1_000);

const probe = (url: string, answerMs = 4_000) =>
  probeRelay(url, {
    author: alice.pubkey,
    verifier,
    log: silentLog,
    signal: new AbortController().signal,
    answerMs,
  });

async function relayWith(ages: readonly number[], options?: SandboxRelayOptions) {
  const relay = await sandboxRelay(options);
  for (const days of ages)
    relay.publish(
      alice.note(`${days} days ago`, { createdAt: nowS - days * DAY_S }),
      mallory.note('not hers'),
    );
  return relay;
}

test('the newest and the oldest note, to within a day', async () => {
  const relay = await relayWith([1, 40, 41, 700, 1_303]);
  const { newest, oldestAtS, wantsKey } = await probe(relay.url);
  expect(newest?.content).toBe('1 days ago');
  expect(Math.abs((oldestAtS ?? 0) - (nowS - 1_303 * DAY_S))).toBeLessThanOrEqual(DAY_S);
  expect(wantsKey).toBe(false);
});

test('a relay that has nothing of the author', async () => {
  const relay = await sandboxRelay();
  expect(await probe(relay.url)).not.toHaveProperty('newest');
});

test.each([true, false])('NIP-77: %s', async (supportsNegentropy) => {
  const relay = await relayWith([1], supportsNegentropy ? { negentropy: {} } : {});
  expect(await probe(relay.url)).toMatchObject({ supportsNegentropy });
});

test('a relay that refuses says why; one that is down, and one that is silent, too', async () => {
  const strict = await relayWith([1], { admission: {} });
  await expect(probe(strict.url)).rejects.toThrow(/auth-required/u);
  await expect(probe('ws://127.0.0.1:1')).rejects.toThrow(/ECONNREFUSED|refused/u);
  const silent = await relayWith([1], { admission: {}, refusing: 'silent' });
  await expect(probe(silent.url, 100)).rejects.toThrow('no answer within 0.1 s');
});

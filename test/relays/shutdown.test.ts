import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { alice, follow, notesUntilNow, sandboxRelay } from './relays.fixture.ts';

describe('after abort', () => {
  test('the stream ends and every connection is closed', async () => {
    const [idle, mute] = [await sandboxRelay(), await sandboxRelay()];
    mute.faults.set({ mute: true });
    const follower = follow({ relays: [idle, mute, 'ws://127.0.0.1:9'] });
    await follower.first('caught-up', idle);
    await mute.connected(1);
    await follower.stop();
    await Promise.all([idle.connected(0), mute.connected(0)]);
    expect(follower.relays.states().map(({ state }) => state)).toEqual(['closed', 'closed', 'closed']);
  });

  test('nothing more is yielded, not even what was received', async () => {
    const relay = await sandboxRelay();
    relay.publish(...notesUntilNow(30));
    const stopping = new AbortController();
    let taken = 0;
    const follower = follow({
      relays: [relay],
      signal: stopping.signal,
      before: async () => {
        taken += 1;
        if (taken === 3) stopping.abort();
      },
    });
    await follower.ended;
    expect(follower.items.length).toBe(3);
    expect(follower.progress.size).toBe(0);
  });

  test('no timer or socket keeps the process alive', async () => {
    const [live, mute, silent] = [await sandboxRelay(), await sandboxRelay(), await sandboxRelay()];
    live.publish(...notesUntilNow(5));
    mute.faults.set({ mute: true });
    silent.faults.set({ connect: 'no-upgrade' });
    const urls = [live.url, mute.url, silent.url, 'ws://127.0.0.1:9'];
    const script = `
      const { createRelayPool } = await import(${JSON.stringify(sourceUrl('relays/relay-pool.ts'))});
      const { createVerifier } = await import(${JSON.stringify(sourceUrl('relays/verify.ts'))});
      const { silentLog: log } = await import(${JSON.stringify(sourceUrl('lib/log.ts'))});
      const stopping = new AbortController();
      const relays = createRelayPool({
        author: '${alice.pubkey}', urls: ${JSON.stringify(urls)},
        records: {
          progress: async () => ({}), retired: {}, saveRetired: async () => {},
          negentropySupport: () => ({ get: async () => undefined, set: async () => {} }),
          capabilities: () => ({ get: async () => undefined, set: async () => {} }),
        },
        archive: {
          known: async () => new Set(), knownInRange: async ({ sinceS }) => ({ sinceS, events: [] }),
        },
        verifier: await createVerifier({ now: Date.now, log }),
        log, signal: stopping.signal, now: Date.now,
      });
      for await (const item of relays.stream) if (item.type === 'caught-up') stopping.abort();
      console.log('ended');
    `;
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], {
      timeout: 8_000,
    });
    expect(stdout).toBe('ended\n');
  });
});

function sourceUrl(path: string): string {
  return `file://${fileURLToPath(new URL(`../../src/${path}`, import.meta.url))}`;
}

import type { AlertRecord } from '../../src/alerts/alert-stream.ts';
import { openAlerts } from '../../src/alerts/alerts.ts';
import type { AlertFacts } from '../../src/alerts/facts.ts';
import type { AlertMessage } from '../../src/alerts/operators.ts';
import { textsFor } from '../../src/i18n/texts.ts';
import { silentLog } from '../../src/lib/log.ts';
import { documentText } from '../../src/note/document.ts';
import type { PlatformName } from '../../src/platform/platforms.ts';
import { type ManualClock, manualClock } from '../delivery/delivery.fixture.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
const MEBIBYTE = 2 ** 20;

/** A day on which nothing is wrong. */
export const WELL: AlertFacts = {
  platforms: [
    { name: 'discord', error: undefined, obstacle: undefined },
    { name: 'telegram', error: undefined, obstacle: undefined },
  ],
  health: {},
  suspended: [],
  disk: { freeBytes: 9_000 * MEBIBYTE, totalBytes: 20_000 * MEBIBYTE, databaseBytes: MEBIBYTE },
  clockOffsetsMs: new Map([['telegram', 120]]),
  crashes: 0,
};

export const withFree = (megabytes: number): Partial<AlertFacts> => ({
  disk: { freeBytes: megabytes * MEBIBYTE, totalBytes: 20_000 * MEBIBYTE, databaseBytes: MEBIBYTE },
});
export const withPlatform = (
  name: PlatformName,
  fields: Partial<AlertFacts['platforms'][number]>,
): Partial<AlertFacts> => ({
  platforms: WELL.platforms.map((one) => (one.name === name ? { ...one, ...fields } : one)),
});
export const withSuspended = (...destinations: readonly (readonly [id: string, reason: string])[]) => ({
  suspended: destinations.map(([id, reason]) => ({ id, reason })),
});

/** Alerts about invented facts, told to an operator who can be out of reach, in a store that survives restarts. */
export function createWatch(clock: ManualClock = manualClock()) {
  let facts: AlertFacts = WELL;
  let isReachable = true;
  let isStoreBroken = false;
  const stored = new Map<string, AlertRecord>();
  const messages: (AlertMessage & { readonly text: string; readonly preferred: PlatformName | undefined })[] =
    [];
  let tries = 0;
  const open = () =>
    openAlerts({
      platforms: ['discord', 'telegram'],
      facts: async () => facts,
      operators: {
        async notify(message, preferred) {
          tries += 1;
          if (!isReachable) return undefined;
          messages.push({ ...message, preferred, text: documentText(message.write(textsFor('en'))) });
          return 'discord';
        },
        checkReachable: async () => undefined,
      },
      storage: {
        get: async (key) => structuredClone(stored.get(key)),
        async set(key, value) {
          if (isStoreBroken) throw new Error('database or disk is full');
          stored.set(key, structuredClone(value));
        },
      },
      clock,
      log: silentLog,
    });
  let alerts = open();
  const headlines = () => messages.map(({ text }) => text.split('\n')[0] ?? '');
  return {
    clock,
    messages,
    headlines,
    stored,
    tries: () => tries,
    /** What has been said since the last time that was asked. */
    news() {
      const said = headlines();
      messages.length = 0;
      return said;
    },
    set: (changed: Partial<AlertFacts>) => (facts = { ...WELL, ...changed }),
    reach: (isSo: boolean) => (isReachable = isSo),
    breakStore: (isSo: boolean) => (isStoreBroken = isSo),
    forget: async (destinations: readonly string[]) => (await alerts).forget(destinations),
    /** The program ends and starts anew. */
    async restart() {
      alerts = open();
      await alerts;
    },
    /** Looks at the facts every half a minute for that long; at least once. */
    async pass(ms = 0) {
      await (await alerts).check();
      for (let passed = 0; passed < ms; passed += MINUTE_MS / 2) {
        clock.advance(MINUTE_MS / 2);
        await (await alerts).check();
      }
    },
  };
}

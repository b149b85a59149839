import type { Config } from '../../config/config.ts';
import type { Finding } from '../../lib/finding.ts';
import type { Log } from '../../lib/log.ts';
import type { PlatformInspection } from '../../platform/platform.ts';
import { PLATFORM_NAMES, type PlatformName } from '../../platform/platforms.ts';
import { INSPECTIONS } from '../../wiring/platforms.ts';
import { checkClock, checkStatusPort, checkStore } from './local-checks.ts';
import { checkRelays } from './relay-checks.ts';

/** The findings about one thing, such as a relay or a channel. */
export interface CheckedPart {
  readonly area: 'configuration' | 'store' | 'clock' | 'status port' | 'author' | 'relays' | PlatformName;
  /** Which one; absent where there is only one. */
  readonly subject?: string;
  readonly findings: readonly Finding[];
}

export interface CheckTools {
  readonly fetch: typeof globalThis.fetch;
  readonly log: Log;
  readonly signal: AbortSignal;
  now(): number;
}

/** Checks everything that the program needs, all at once, and yields the results in a fixed order. Posts and changes nothing. */
export async function* checkEverything(config: Config, tools: CheckTools): AsyncGenerator<CheckedPart> {
  const platforms = PLATFORM_NAMES.flatMap((name) => {
    const settings = config[name];
    return settings ? [{ name, inspection: INSPECTIONS[name](settings), ...settings }] : [];
  });
  const timeServers = [
    // Relays answer over HTTP, too (NIP-11).
    ...config.relays.map((url) => url.replace(/^ws/u, 'http')),
    ...platforms.map(({ inspection }) => inspection.apiUrl),
  ];
  const relays = checkRelays(config, tools);
  const parts: readonly Promise<readonly CheckedPart[]>[] = [
    part('store', checkStore(config)),
    part('clock', checkClock(timeServers, tools)),
    part('status port', checkStatusPort(config)),
    relays.then(({ author }) => [{ area: 'author', findings: author }]),
    relays.then((found) =>
      [...found.relays].map(([subject, findings]) => ({ area: 'relays' as const, subject, findings })),
    ),
    ...platforms.map((one) => checkPlatform(one.name, one.inspection, one.destinations)),
  ];
  for (const found of parts) yield* await found;
}

async function part(
  area: CheckedPart['area'],
  findings: Promise<readonly Finding[]>,
  subject?: string,
): Promise<readonly CheckedPart[]> {
  return [{ area, findings: await findings, ...(subject !== undefined && { subject }) }];
}

async function checkPlatform(
  name: PlatformName,
  { account, destination }: PlatformInspection,
  destinations: readonly string[],
): Promise<readonly CheckedPart[]> {
  const parts = [
    part(name, account()),
    ...destinations.map((written) => part(name, destination(written), written)),
  ];
  return (await Promise.all(parts)).flat();
}

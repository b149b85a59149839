import { type Alerts, openAlerts } from '../alerts/alerts.ts';
import { openCrashWatch } from '../alerts/crash-watch.ts';
import type { AlertFacts } from '../alerts/facts.ts';
import { createOperators, type Operator } from '../alerts/operators.ts';
import type { UserPreferences, UserRecord } from '../command/user-preferences.ts';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import type { Presenter } from '../note/present/finish.ts';
import { inboxOf } from '../platform/discord/destinations.ts';
import type { Platform } from '../platform/platform.ts';
import type { PlatformName } from '../platform/platforms.ts';
import { languageOf } from '../preferences/preferences.ts';
import type { DiskUse } from '../status/disk.ts';
import type { StatusReport } from '../status/report.ts';
import type { Store } from '../store/store.ts';
import type { Context } from './context.ts';
import type { WiredDelivery } from './delivery.ts';

export interface WiredAlerts extends Pick<Alerts, 'check' | 'forget'> {
  /** Watches in the background. */
  start(): void;
  /** The platform is connected: logs whether its operators can be written to, and tells them if it wasn't before. */
  connected(platform: PlatformName): Promise<void>;
}

interface AlertingParts {
  readonly store: Store;
  readonly platforms: readonly Platform[];
  readonly delivery: WiredDelivery;
  readonly report: StatusReport;
  readonly presenter: Presenter;
  readonly diskUse: () => Promise<DiskUse | undefined>;
}

/** Builds what tells the operator when something needs a human; `undefined` if no operator is configured. */
export async function openOperatorAlerts(
  config: Config,
  parts: AlertingParts,
  { log, clock, metrics, serverClock, signal, lifetime }: Context,
): Promise<WiredAlerts | undefined> {
  if (config.operators.length === 0) return undefined;
  const { store, platforms, report } = parts;
  const operators = createOperators({
    operators: config.operators.map(operatorOf),
    platforms,
    finish: parts.presenter.finish,
    preferencesOf: preferencesIn(store),
    log,
    metrics,
  });
  const crashWatch = await openCrashWatch(store.values.keyv('setting'), clock.now);
  let isCrashing = false;
  lifetime.failed.catch((error: unknown) => (isCrashing = !(error instanceof ConfigError)));
  lifetime.onShutdown(() => (isCrashing ? undefined : crashWatch.stopped()));

  /** What can't be read is unknown. */
  const suspended = (): Promise<AlertFacts['suspended']> =>
    store.destinations.list({ state: 'suspended' }).catch(() => undefined);

  async function facts(): Promise<AlertFacts> {
    const health = await report.healthErrors();
    return {
      health,
      platforms: platforms.map(({ name, obstacle }, index) => ({
        name,
        error: health[name],
        obstacle: parts.delivery.loops[index]?.isHalted() ? 'refused' : obstacle?.(),
      })),
      suspended: await suspended(),
      disk: await parts.diskUse(),
      clockOffsetsMs: serverClock.offsetsMs(),
      crashes: crashWatch.crashes(),
    };
  }

  const alerts = await openAlerts({
    platforms: platforms.map(({ name }) => name),
    facts,
    operators,
    storage: store.values.keyv('alert'),
    clock,
    log,
  });
  return {
    check: alerts.check,
    forget: alerts.forget,
    start: () => lifetime.run(alerts.run(signal)),
    async connected(name) {
      await operators.checkReachable(name);
      await alerts.check();
    },
  };
}

/** What somebody has chosen, or else what goes for their private chat with the bot. */
function preferencesIn({ values, destinations }: Store) {
  const records = values.keyv<UserRecord>('reader');
  return async (user: string): Promise<UserPreferences> => {
    const record = (await records.get(user)) ?? {};
    const chat = (await destinations.get(record.chat ?? user))?.preferences;
    const language = record.language ?? (chat && languageOf(chat));
    const timeZone = record.timeZone ?? chat?.timeZone;
    return { ...(language !== undefined && { language }), ...(timeZone !== undefined && { timeZone }) };
  };
}

function operatorOf(user: string): Operator {
  const [platform = '', id = ''] = user.split(':');
  return platform === 'discord'
    ? { platform, user, inbox: inboxOf(id) }
    : { platform: 'telegram', user, inbox: user };
}

import { type Alerts, openAlerts } from '../alerts/alerts.ts';
import { openCrashWatch } from '../alerts/crash-watch.ts';
import type { AlertFacts } from '../alerts/facts.ts';
import { createOperators, type Operator, type Operators } from '../alerts/operators.ts';
import type { UserPreferences, UserRecord } from '../command/user-preferences.ts';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import type { Presenter } from '../note/present/finish.ts';
import { inboxOf } from '../platform/discord/destinations.ts';
import type { PlatformName } from '../platform/platforms.ts';
import { languageOf } from '../preferences/preferences.ts';
import type { DiskUse } from '../status/disk.ts';
import type { Fleet } from '../status/fleet.ts';
import type { StatusReport } from '../status/report.ts';
import type { Store } from '../store/store.ts';
import type { Context } from './context.ts';
import type { Outlet } from './outlets.ts';

export interface WiredAlerts extends Pick<Alerts, 'check' | 'forget'> {
  /** Watches in the background. */
  start(): void;
}

interface AlertingParts {
  readonly store: Store;
  readonly operators: Operators;
  readonly platforms: readonly PlatformName[];
  readonly fleet: Fleet;
  readonly report: StatusReport;
  readonly diskUse: () => Promise<DiskUse | undefined>;
}

/** The people of the configuration, reached on whatever platform, in whatever process it is served. */
export function createConfiguredOperators(
  config: Config,
  parts: { readonly store: Store; readonly outlets: readonly Outlet[]; readonly presenter: Presenter },
  { log, metrics }: Context,
): Operators {
  return createOperators({
    operators: config.operators.map(operatorOf),
    platforms: parts.outlets,
    finish: parts.presenter.finish,
    preferencesOf: preferencesIn(parts.store),
    log,
    metrics,
  });
}

/** Builds what tells the operator when something needs a human; `undefined` if no operator is configured. */
export async function openOperatorAlerts(
  config: Config,
  { store, operators, platforms, fleet, report, diskUse }: AlertingParts,
  { log, clock, signal, lifetime }: Context,
): Promise<WiredAlerts | undefined> {
  if (config.operators.length === 0) return undefined;
  const crashWatch = await openCrashWatch(store.values.keyv('setting'), clock.now);
  let isCrashing = false;
  lifetime.failed.catch((error: unknown) => (isCrashing = !(error instanceof ConfigError)));
  lifetime.onShutdown(() => (isCrashing ? undefined : crashWatch.stopped()));

  /** What can't be read is unknown. */
  const suspended = (): Promise<AlertFacts['suspended']> =>
    store.destinations.list({ state: 'suspended' }).catch(() => undefined);

  async function facts(): Promise<AlertFacts> {
    const health = await report.allErrors();
    const states = fleet.states().filter(({ isSilent }) => !isSilent);
    return {
      health,
      platforms: platforms.map((name) => ({
        name,
        error: health[name],
        obstacle: states.find(({ role, report: { obstacle } }) => role.name === name && obstacle)?.report
          .obstacle,
      })),
      suspended: await suspended(),
      disk: await diskUse(),
      clockOffsetsMs: new Map(
        states.flatMap(({ report: { clockOffsetsMs } }) => Object.entries(clockOffsetsMs)),
      ),
      crashes: crashWatch.crashes(),
    };
  }

  const alerts = await openAlerts({
    platforms,
    facts,
    operators,
    storage: store.values.keyv('alert'),
    clock,
    log,
  });
  return { check: alerts.check, forget: alerts.forget, start: () => lifetime.run(alerts.run(signal)) };
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

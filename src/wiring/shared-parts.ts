import type { Operators } from '../alerts/operators.ts';
import type { Command } from '../command/command.ts';
import type { Config } from '../config/config.ts';
import type { OwnPictures } from '../media/own-pictures.ts';
import type { Presenter } from '../note/present/finish.ts';
import type { PlatformName } from '../platform/platforms.ts';
import type { Errands } from '../roles/errands.ts';
import type { DiskUse } from '../status/disk.ts';
import type { Fleet } from '../status/fleet.ts';
import type { StatusReport } from '../status/report.ts';
import type { ActivityLog } from './activity.ts';
import type { WiredAlerts } from './alerts.ts';
import type { Logins } from './log-in.ts';
import type { Outlets } from './outlets.ts';
import type { ResolveReferences } from './relays.ts';
import type { SetUp } from './set-up.ts';
import type { SharedStorage } from './storage.ts';

/** What a process has once, whatever roles it has at the moment. */
export interface SharedParts extends SetUp {
  readonly config: Config;
  readonly commands: readonly Command[];
  /** All that are configured. */
  readonly platforms: readonly PlatformName[];
  readonly storage: SharedStorage;
  readonly presenter: Presenter;
  readonly pictures: OwnPictures;
  readonly resolve: ResolveReferences;
  readonly fleet: Fleet;
  readonly errands: Errands;
  readonly outlets: Outlets;
  readonly operators: Operators;
  readonly logins: Logins;
  readonly activity: ActivityLog;
  readonly report: StatusReport;
  readonly diskUse: () => Promise<DiskUse | undefined>;
  /** The alerts, while this process has the role that raises them. */
  readonly alerts: { current?: WiredAlerts | undefined };
  /** How many old notes are in the archive so far. */
  onProgress(archived: number): void;
}

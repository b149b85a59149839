import type { PlatformObstacle } from '../platform/platform.ts';
import type { PlatformName } from '../platform/platforms.ts';
import type { DiskUse } from '../status/disk.ts';
import type { HealthErrors } from '../status/health.ts';
import type { Destination } from '../store/destinations.ts';

export interface PlatformFacts {
  readonly name: PlatformName;
  /** As `/healthz` reports it. */
  readonly error: string | undefined;
  readonly obstacle: PlatformObstacle | undefined;
}

/** How the program is doing at one moment. What can't be found out is `undefined`. */
export interface AlertFacts {
  readonly platforms: readonly PlatformFacts[];
  /** As `/healthz` reports it. */
  readonly health: HealthErrors;
  readonly suspended: readonly Pick<Destination, 'id' | 'reason'>[] | undefined;
  readonly disk: DiskUse | undefined;
  /** Milliseconds the clock is ahead, by the server that says so. */
  readonly clockOffsetsMs: ReadonlyMap<string, number>;
  /** Unexpected ends within the last hour. */
  readonly crashes: number;
}

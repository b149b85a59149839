import type { HealthErrors } from './health.ts';

/** How the program is, and since when. Times in milliseconds since 1970. */
export interface Health {
  /** Since when everything works; `undefined` while something doesn't. */
  readonly wellSinceMs?: number;
  readonly troubles: readonly { readonly name: string; readonly error: string; readonly sinceMs: number }[];
}

export interface HealthWatch {
  /** Asks the checks. What happened between two calls is not known, so it is to be called about once a minute. */
  look(): Promise<Health>;
}

/** Remembers when things began to fail and when they began to work again, since the start of the program. */
export function watchHealth(
  healthErrors: () => Promise<HealthErrors>,
  now: () => number,
  startedAtMs: number,
): HealthWatch {
  const failingSince = new Map<string, number>();
  let wellSinceMs: number | undefined = startedAtMs;
  return {
    async look() {
      const errors = await healthErrors();
      const nowMs = now();
      for (const name of failingSince.keys()) if (!(name in errors)) failingSince.delete(name);
      const troubles = Object.entries(errors).map(([name, error]) => {
        const sinceMs = failingSince.get(name) ?? nowMs;
        failingSince.set(name, sinceMs);
        return { name, error, sinceMs };
      });
      wellSinceMs = troubles.length > 0 ? undefined : (wellSinceMs ?? nowMs);
      return { ...(wellSinceMs !== undefined && { wellSinceMs }), troubles };
    },
  };
}

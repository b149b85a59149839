import type { HealthErrors } from './health.ts';

/** Whether the program works, and since when. Times in milliseconds since 1970. */
export interface Health {
  /** Since when everything has worked; `undefined` while something fails. */
  readonly wellSinceMs?: number;
  readonly troubles: readonly { readonly name: string; readonly error: string; readonly sinceMs: number }[];
}

export interface HealthWatch {
  /** Runs the checks. It doesn't see what happens between two calls, so call it about once a minute. */
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

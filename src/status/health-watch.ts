import type { HealthErrors } from './health.ts';

/** Whether the program works, and since when. Times in milliseconds since 1970. */
export interface Health {
  /** Since when everything has worked; `undefined` while something fails. */
  readonly healthySinceMs?: number;
  readonly problems: readonly { readonly name: string; readonly error: string; readonly sinceMs: number }[];
}

export interface HealthWatch {
  /** Runs the checks. It doesn't see what happens between two calls, so call it about once a minute. */
  check(): Promise<Health>;
}

/** Remembers when things began to fail and when they began to work again, since the start of the program. */
export function watchHealth(
  healthErrors: () => Promise<HealthErrors>,
  now: () => number,
  startedAtMs: number,
): HealthWatch {
  const failingSince = new Map<string, number>();
  let healthySinceMs: number | undefined = startedAtMs;
  return {
    async check() {
      const errors = await healthErrors();
      const nowMs = now();
      for (const name of failingSince.keys()) if (!(name in errors)) failingSince.delete(name);
      const problems = Object.entries(errors).map(([name, error]) => {
        const sinceMs = failingSince.get(name) ?? nowMs;
        failingSince.set(name, sinceMs);
        return { name, error, sinceMs };
      });
      healthySinceMs = problems.length > 0 ? undefined : (healthySinceMs ?? nowMs);
      return { ...(healthySinceMs !== undefined && { healthySinceMs }), problems };
    },
  };
}

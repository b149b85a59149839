/** A check of something that has to work. `error` returns what is wrong, or `undefined` if it works. */
export interface HealthCheck {
  readonly name: string;
  error(): Promise<string | undefined> | string | undefined;
}

/** What is wrong, by the name of the check. Empty if everything works. */
export type HealthErrors = Readonly<Record<string, string>>;

/** Runs all checks. One that throws counts as failed, with the error's message. */
export async function runHealthChecks(checks: readonly HealthCheck[]): Promise<HealthErrors> {
  const results = await Promise.all(
    checks.map(async (check) => {
      try {
        return [check.name, await check.error()] as const;
      } catch (error) {
        return [check.name, error instanceof Error ? error.message : String(error)] as const;
      }
    }),
  );
  return Object.fromEntries(results.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** One thing that must work, and what is wrong with it; `undefined` while nothing is. */
export interface HealthCheck {
  readonly name: string;
  error(): Promise<string | undefined> | string | undefined;
}

/** What does not work, by name; empty while all is well. */
export type HealthErrors = Readonly<Record<string, string>>;

/** Asks every part. A part that throws is in trouble, with the error's message. */
export async function runHealthChecks(parts: readonly HealthCheck[]): Promise<HealthErrors> {
  const asked = await Promise.all(
    parts.map(async (part) => {
      try {
        return [part.name, await part.error()] as const;
      } catch (error) {
        return [part.name, error instanceof Error ? error.message : String(error)] as const;
      }
    }),
  );
  return Object.fromEntries(asked.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

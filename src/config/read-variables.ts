import type * as z from 'zod';
import { closestName } from '../lib/closest-name.ts';
import { PLATFORM_NAMES, PLATFORMS } from '../platform/platforms.ts';
import { environment, type VariableName, variables } from './variables.ts';

export type Env = Readonly<Record<string, string | undefined>>;

type Values = z.output<typeof environment>;

type Variables<Name extends VariableName> =
  | { readonly status: 'valid'; readonly values: Pick<Values, Name> }
  | { readonly status: 'invalid'; readonly problems: readonly string[] };

const TOKENS = PLATFORM_NAMES.map((name) => PLATFORMS[name].tokenVariable);

/**
 * Reads the variables of the table, or those with the given names; empty ones count as absent. Every problem starts with the
 * variable's name. `ownNames`: names from a file meant only for this program, where any misspelled name is a mistake.
 */
export function readVariables<Name extends VariableName>(
  env: Env,
  ownNames: readonly string[],
  names: readonly Name[] = variables.map(([name]) => name as Name),
): Variables<Name> {
  const wanted = new Set<string>(names);
  const rows = variables.filter(([name]) => wanted.has(name));
  const given: Env = Object.fromEntries(
    rows.flatMap(([name]) => (valueIn(env, name) === undefined ? [] : [[name, valueIn(env, name)]])),
  );
  const mask = Object.fromEntries(names.map((name) => [name, true])) as Record<VariableName, true>;
  const parsed = environment.pick(mask).safeParse(given);
  const issues = Map.groupBy(parsed.error?.issues ?? [], ({ path: [name] }) => name);
  const missing: string[] = [];
  const problems = rows.flatMap(([name, { required, needs, needsFor }]) => {
    if (given[name] === undefined) {
      if (required === undefined) return [];
      missing.push(name);
      return [`${name} is required: ${required}`];
    }
    const lacking = [...(needs ? [needs] : []), ...(needsFor?.(given[name]) ?? [])].filter(
      (other) => given[other] === undefined,
    );
    missing.push(...lacking);
    return [
      ...lacking.map((other) => `${name}: needs ${other}`),
      ...(issues.get(name) ?? []).map(({ message }) => `${name}: ${message}`),
    ];
  });
  if (TOKENS.every((name) => wanted.has(name) && given[name] === undefined)) {
    missing.push(...TOKENS);
    problems.push(`${TOKENS.join(', ')}: set at least one of them`);
  }
  problems.push(...misspelled(env, ownNames, missing, wanted));
  return parsed.success && problems.length === 0
    ? { status: 'valid', values: parsed.data }
    : { status: 'invalid', problems };
}

const valueIn = (env: Env, name: string): string | undefined => env[name]?.trim() || undefined;

/** The environment also has names of other programs, so there a similar name only explains a missing variable. */
function misspelled(
  env: Env,
  ownNames: readonly string[],
  missing: readonly string[],
  wanted: ReadonlySet<string>,
): readonly string[] {
  return Object.keys(env).flatMap((name) => {
    const meant = closestVariable(name);
    if (
      !meant ||
      !wanted.has(meant) ||
      !valueIn(env, name) ||
      !(ownNames.includes(name) || missing.includes(meant))
    )
      return [];
    return [`${name}: unknown variable, did you mean ${meant}?`];
  });
}

/** The variable that a misspelled name probably means; `undefined` if it is spelled correctly or belongs to something else (`NODE_ENV`). */
export function closestVariable(name: string): VariableName | undefined {
  const names = variables.map(([known]) => known);
  return names.some((known) => known === name) ? undefined : closestName(name, names);
}

import { closestVariable } from './closest-name.ts';
import { type Kind, Problems } from './value-types.ts';
import { type VARIABLES, type VariableName, variables } from './variables.ts';

export type Env = Readonly<Record<string, string | undefined>>;

type Row<N extends VariableName> = (typeof VARIABLES)[N];
type Value<N extends VariableName> = Row<N>['kind'] extends Kind<infer T> ? T : never;

/** What was written, read as its kind says; what has a default is never absent. */
type Values = {
  readonly [N in VariableName]: Row<N> extends { readonly default: string } ? Value<N> : Value<N> | undefined;
};

const given = (env: Env, name: string): string | undefined => env[name]?.trim() || undefined;

/**
 * Every variable as the table has it, empty ones as absent, and all that is wrong, each by the variable's name. `ours`:
 * names that stand in a file which is for this program alone, so that a misspelled one there is a mistake.
 */
export function readVariables(
  env: Env,
  ours: readonly string[],
): { readonly values: Values; readonly problems: readonly string[] } {
  const missing: string[] = variables.flatMap(([name, row]) => {
    if (given(env, name) === undefined) return row.required ? [name] : [];
    return row.needs && !given(env, row.needs) ? [row.needs] : [];
  });
  const tokens = ['DISCORD_TOKEN', 'TELEGRAM_TOKEN'];
  const isMute = !tokens.some((name) => given(env, name));
  const problems: string[] = [];
  const values = variables.map(([name, row]) => {
    const written = given(env, name);
    if (written === undefined && row.required) problems.push(`${name} is required: ${row.required}`);
    if (written !== undefined && row.needs && missing.includes(row.needs))
      problems.push(`${name}: needs ${row.needs}`);
    const text = written ?? row.default;
    const value = text === undefined ? undefined : row.kind.read(text);
    if (!(value instanceof Problems)) return [name, value];
    problems.push(...value.all.map((problem) => `${name}: ${problem}`));
    return [name, undefined];
  });
  if (isMute) problems.push(`${tokens.join(', ')}: set at least one of them`);
  problems.push(...misspelled(env, ours, isMute ? [...missing, ...tokens] : missing));
  // Where something is wrong nobody gets to see the values.
  return { values: Object.fromEntries(values) as Values, problems };
}

/** The environment holds names of other programs, too: there it is only a hint to what is missing. */
function misspelled(env: Env, ours: readonly string[], missing: readonly string[]): readonly string[] {
  return Object.keys(env).flatMap((name) => {
    const meant = closestVariable(name);
    if (!meant || !given(env, name) || !(ours.includes(name) || missing.includes(meant))) return [];
    return [`${name}: unknown variable, did you mean ${meant}?`];
  });
}

import { isDeepStrictEqual, parseEnv } from 'node:util';
import { ConfigError } from '../../config/config-error.ts';

/** Written at the top of a new file. */
const HEADER = '# Made by "postrider init". All settings: .env.example, explained in docs/configuration.md\n';

/**
 * Sets variables in the text of a `.env` file; everything else stays as it is, comments and line ends included. A variable that is
 * there keeps its place (the last one counts, as Node reads the file); one that is only there as a comment, `#NAME=…`, goes below that
 * line; any other goes to the end. Throws `ConfigError` if the file is so unusual that Node would read anything else from the result.
 */
export function withVariables(text: string | undefined, values: Readonly<Record<string, string>>): string {
  let result = text ?? HEADER;
  for (const [name, value] of Object.entries(values)) result = withVariable(result, name, value);
  if (!isDeepStrictEqual({ ...parseEnv(result) }, { ...parseEnv(text ?? ''), ...values }))
    throw new ConfigError([
      `.env: can't be changed safely, because of an open quote or a name without value. Set ${Object.keys(values).join(', ')} there yourself`,
    ]);
  return result;
}

function withVariable(text: string, name: string, value: string): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const line = `${name}=${quoted(value)}`;
  const current = [...text.matchAll(assignment(name))].at(-1);
  if (current) return splice(text, current.index, current.index + current[0].length, line);
  const example = [...text.matchAll(new RegExp(`^[ \\t]*#[ \\t]*${name}[ \\t]*=.*?(?=\\r?$)`, 'gmu'))].at(-1);
  if (example) {
    const after = example.index + example[0].length;
    return splice(text, after, after, `${end}${line}`);
  }
  return `${text}${text === '' || text.endsWith('\n') ? '' : end}${line}${end}`;
}

/** A variable with its value, which may go over several lines if it's in quotes. */
const assignment = (name: string): RegExp =>
  new RegExp(
    `^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=[ \\t]*(?:"[^"]*"|'[^']*'|\`[^\`]*\`|.*?(?=\\r?$)).*?(?=\\r?$)`,
    'gmu',
  );

const splice = (text: string, from: number, to: number, words: string): string =>
  `${text.slice(0, from)}${words}${text.slice(to)}`;

/** Node ends a value without quotes at a "#". */
const quoted = (value: string): string => (/^[\w.:@/+-]*$/u.test(value) ? value : `"${value}"`);

import { type Variable, type VariableName, variables } from '../src/config/variables.ts';

type Row = readonly [VariableName, Variable];

const WIDTH = 110;

/** `.env.example`: every variable with what it is; those that nearly everybody sets are ready to be filled in. */
export const envExample = (): string =>
  [
    comment(
      'Copy this file to .env and fill in what you need. Variables in the environment override this file.',
    ),
    comment('Every variable is explained in docs/configuration.md. Both are generated: npm run docs'),
    ...groups().flatMap(([group, rows]) => ['', `# ---- ${group}`, ...rows.flatMap(exampleLines)]),
    '',
  ].join('\n');

function exampleLines([name, { summary, required, secret, example, ...row }]: Row): readonly string[] {
  const fact = defaultOf(row);
  const needs = row.needs ? ` Needs ${row.needs}.` : '';
  const about = `${summary.startsWith('`') ? plain(summary) : capital(plain(summary))}.${required ? ' Required.' : ''}${needs}${fact ? ` Default: ${plain(fact)}` : ''}`;
  const isReady = required !== undefined || name.endsWith('_TOKEN');
  return ['', comment(about), `${isReady ? '' : '#'}${name}=${isReady || secret ? '' : example}`];
}

/** `docs/configuration.md`. */
export const configurationPage = (): string => `# Configuration

Settings are environment variables, or lines in a file called \`.env\` in the program's folder (\`cp .env.example .env\`).
The environment wins over the file, and an empty value counts as not set. All configuration errors are listed together when
Postrider starts; the exit code is then 2. Restart after a change.

You need \`AUTHOR\` and at least one token. Everything else has a sensible default. What each channel or chat receives isn't set
here: that's \`/settings\`, in the channel itself ([servers.md](servers.md)).

Generated from \`src/config/variables.ts\` by \`npm run docs\`; change that file, not this page.
${groups()
  .map(([group, rows]) => `\n## ${group}\n\n${table(rows)}\n${rows.map(details).join('')}`)
  .join('')}
## Secrets

\`.env\` holds secrets: \`chmod 600 .env\`. ${rowsWhere(({ secret }) => secret === true)
  .map(([name]) => `\`${name}\``)
  .join(', ')} never appear in logs, errors, metrics or answers. A secret in the wrong
line is refused by that line's name and not repeated. A misspelled name in \`.env\` is reported with the name it probably means.

## Proxies and containers

Postrider connects directly to relays, Discord and Telegram: it needs outgoing HTTPS and WebSocket connections and no open port.
The [container image](operating.md#container) sets \`DATABASE_URL\` and \`HOST\` itself.
`;

/** The variables that the README lists. */
export const commonTable = (): string => table(rowsWhere(({ inReadme }) => inReadme === true));

const details = ([name, { details: text }]: Row): string =>
  text === undefined ? '' : `\n**\`${name}\`** – ${text}\n`;

const table = (rows: readonly Row[]): string =>
  [
    '| variable | meaning | default |',
    '| --- | --- | --- |',
    ...rows.map(([name, row]) => {
      const fact = row.required ? 'required' : defaultOf(row);
      return `| \`${name}\` | ${row.summary} | ${fact ?? '–'} |`;
    }),
  ].join('\n');

const defaultOf = ({ default: set, defaultDescription }: Pick<Variable, 'default' | 'defaultDescription'>) =>
  set === undefined ? defaultDescription : `\`${set}\``;

const rowsWhere = (isIt: (row: Variable) => boolean): readonly Row[] =>
  variables.filter(([, row]) => isIt(row));

const groups = () => [...Map.groupBy(variables, ([, { group }]) => group)];

const plain = (markdown: string): string => markdown.replaceAll('`', '');
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function comment(words: string): string {
  const lines = [''];
  for (const word of words.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (`# ${line} ${word}`.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.map((line) => `# ${line}`).join('\n');
}

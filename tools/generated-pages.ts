import { readFileSync } from 'node:fs';
import { subcommandsTable } from './command-line-docs.ts';
import { commandsTable } from './commands-table.ts';
import { commonTable, configurationPage, envExample } from './configuration-docs.ts';

const at = (path: string): URL => new URL(`../${path}`, import.meta.url);

/** Replaces the text between `<!-- name -->` and `<!-- /name -->`. Throws if these marks are missing. */
function filled(page: string, name: string, words: string): string {
  const marks = new RegExp(`(<!-- ${name} -->\n).*?(\n<!-- /${name} -->)`, 'su');
  if (!marks.test(page)) throw new Error(`No place for ${name}`);
  return page.replace(marks, (_all, before: string, after: string) => `${before}${words}${after}`);
}

/** Every page that is generated from the code, in whole or in part. */
export function generatedPages(): readonly {
  readonly path: string;
  readonly url: URL;
  readonly text: string;
}[] {
  const readme = readFileSync(at('README.md'), 'utf8');
  const operating = readFileSync(at('docs/operating.md'), 'utf8');
  return [
    { path: '.env.example', text: envExample() },
    { path: 'docs/configuration.md', text: configurationPage() },
    { path: 'docs/operating.md', text: filled(operating, 'subcommands', subcommandsTable()) },
    {
      path: 'README.md',
      text: filled(filled(readme, 'variables', commonTable()), 'commands', commandsTable()),
    },
  ].map((page) => ({ ...page, url: at(page.path) }));
}

import { readFileSync } from 'node:fs';
import { en } from '../src/i18n/en/catalogue.ts';
import { POST_TYPES } from '../src/note/post-types.ts';
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

/** The post types in the order of the menus. Only the first needs explaining. */
const postTypesLine = (): string => {
  const [missive, ...others] = POST_TYPES.map((type) => en.postTypes[type].one.toLowerCase());
  return `Post types: ${[`${missive} (a titled or long post)`, ...others].join(', ')}.`;
};

/** Every page that is generated from the code, in whole or in part. */
export function generatedPages(): readonly {
  readonly path: string;
  readonly url: URL;
  readonly text: string;
}[] {
  const readme = readFileSync(at('README.md'), 'utf8');
  const operating = readFileSync(at('docs/operating.md'), 'utf8');
  const servers = readFileSync(at('docs/servers.md'), 'utf8');
  return [
    { path: '.env.example', text: envExample() },
    { path: 'docs/configuration.md', text: configurationPage() },
    { path: 'docs/operating.md', text: filled(operating, 'subcommands', subcommandsTable()) },
    {
      path: 'README.md',
      text: filled(filled(readme, 'variables', commonTable()), 'commands', commandsTable()),
    },
    { path: 'docs/servers.md', text: filled(servers, 'post types', postTypesLine()) },
  ].map((page) => ({ ...page, url: at(page.path) }));
}

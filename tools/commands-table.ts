import { commands } from '../commands/index.ts';
import { buildMenu } from '../src/command/build-menu.ts';
import { textsFor } from '../src/i18n/texts.ts';

/** The README's table of commands, as the menus show them. */
export const commandsTable = (): string =>
  [
    '| command | what it does |',
    '| --- | --- |',
    ...buildMenu(commands, textsFor('en')).map(({ name, description, options }) => {
      const words = options
        .filter((option) => !option.formOnly)
        .map((option) => (option.required ? ` <${option.name}>` : ` [${option.name}]`))
        .join('');
      return `| \`/${name}${words}\` | ${description} |`;
    }),
  ].join('\n');

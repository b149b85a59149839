import type { Command } from '../src/command/command.ts';
import { about } from './about.ts';
import { help } from './help.ts';
import { latest } from './latest.ts';
import { read } from './read.ts';
import { search } from './search.ts';
import { status } from './status.ts';
import { subscribe } from './subscribe.ts';
import { unsubscribe } from './unsubscribe.ts';

/** Every command, in the order in which menus and `/help` show them. The only list of them. */
export const commands: readonly Command[] = [
  latest,
  search,
  read,
  subscribe,
  unsubscribe,
  about,
  status,
  help,
];

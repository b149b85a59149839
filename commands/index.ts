import type { Command } from '../src/command/command.ts';
import { about } from './about.ts';
import { catchup } from './catchup.ts';
import { forgetme } from './forgetme.ts';
import { help } from './help.ts';
import { latest } from './latest.ts';
import { notify } from './notify.ts';
import { on } from './on.ts';
import { preview } from './preview.ts';
import { privacy } from './privacy.ts';
import { random } from './random.ts';
import { read } from './read.ts';
import { roles } from './roles.ts';
import { search } from './search.ts';
import { series } from './series.ts';
import { settings } from './settings.ts';
import { stats } from './stats.ts';
import { status } from './status.ts';
import { subscribe } from './subscribe.ts';
import { suggest } from './suggest.ts';
import { unsubscribe } from './unsubscribe.ts';
import { verify } from './verify.ts';

/** Every command, in the order in which menus and `/help` show them. The only list of them. */
export const commands: readonly Command[] = [
  latest,
  read,
  random,
  search,
  series,
  on,
  catchup,
  verify,
  suggest,
  about,
  stats,
  status,
  privacy,
  forgetme,
  help,
  notify,
  settings,
  roles,
  preview,
  subscribe,
  unsubscribe,
];

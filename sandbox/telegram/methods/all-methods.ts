import { albumMethods } from './album.ts';
import type { CommandMenus } from './bot-commands.ts';
import { chatMethods } from './chat.ts';
import { deleteMethods } from './delete.ts';
import { editMethods } from './edit.ts';
import { mediaMethods } from './media.ts';
import type { Method } from './method.ts';
import { createProfileMethods } from './profile.ts';
import { callbackMethods, inlineMethods } from './queries.ts';
import { richMethods, sendMethods } from './send.ts';
import { createUpdateMethods } from './updates.ts';

/** All methods by lower-case name, since the server ignores case. */
export function createMethods(menus: CommandMenus): ReadonlyMap<string, Method> {
  const all = {
    ...createUpdateMethods(),
    ...createProfileMethods(),
    ...menus.methods,
    ...sendMethods,
    ...mediaMethods,
    ...albumMethods,
    ...richMethods,
    ...editMethods,
    ...deleteMethods,
    ...chatMethods,
    ...callbackMethods,
    ...inlineMethods,
  };
  return new Map(Object.entries(all).map(([name, method]) => [name.toLowerCase(), method]));
}

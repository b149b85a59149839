import { albumMethods } from './album.ts';
import type { CommandMenus } from './bot-commands.ts';
import { chatMethods } from './chat-methods.ts';
import { deleteMethods } from './delete-methods.ts';
import { editMethods } from './edit-methods.ts';
import { callbackMethods, inlineMethods } from './inline-methods.ts';
import { mediaMethods } from './media-methods.ts';
import type { Method } from './method.ts';
import { createProfileMethods } from './profile.ts';
import { richMethods, sendMethods } from './send-methods.ts';
import { createUpdateMethods } from './update-methods.ts';

/** Every method by its lower-case name: the server does not mind the case. */
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

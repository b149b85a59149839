import { defineCommand } from '../src/command/command.ts';
import { selfAssignableRoles } from '../src/command/self-assignable-roles.ts';
import { UserError } from '../src/command/user-error.ts';
import { linkCommands } from '../src/command/views/command-links.ts';
import { chunk } from '../src/lib/chunk.ts';
import { type Button, buttons, callback, heading, paragraph, text } from '../src/note/document.ts';
import { typeLabel } from '../src/settings/panel.ts';

/** A public message with a button for each ping role, which assigns or removes it. */
export const roles = defineCommand({
  name: 'roles',
  answerTo: 'everyone',
  for: 'managers',
  requiredFeature: 'roles',
  category: 'managing',
  options: {},
  async run(_args, context) {
    const { texts } = context;
    const types = [...(await selfAssignableRoles(context)).keys()];
    if (types.length === 0) throw new UserError(texts.servers.roles.none);
    const roleButtons = types.map(
      (type): Button => ({
        label: typeLabel(type, texts),
        callback: callback('notify', { type }),
        responseMode: 'add',
      }),
    );
    return [
      heading(3, text(texts.servers.roles.heading)),
      paragraph(...linkCommands(texts.servers.roles.explained)),
      buttons(...chunk(roleButtons, 3)),
    ];
  },
});

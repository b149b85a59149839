import { defineCommand } from '../src/command/command.ts';
import { selfAssignableRoles } from '../src/command/self-assignable-roles.ts';
import { UserError } from '../src/command/user-error.ts';
import { linkCommands } from '../src/command/views/command-links.ts';
import { paragraph } from '../src/note/document.ts';
import { POST_TYPES } from '../src/note/post-types.ts';

/** Assigns or removes the role that is pinged for a type of post. */
export const notify = defineCommand({
  name: 'notify',
  answerTo: 'user',
  for: 'readers',
  requiredFeature: 'roles',
  category: 'knowing',
  options: { type: { type: 'choice', choices: POST_TYPES, required: true } },
  async run({ type }, context) {
    const { chat, texts } = context;
    const roleTexts = texts.servers.roles;
    const id = (await selfAssignableRoles(context)).get(type);
    if (id === undefined || !chat.server) throw new UserError(roleTexts.none);
    const role = chat.server.role(id);
    if (!role) throw new UserError(roleTexts.deleted);
    // Checked again, because the role's permissions may have changed since it was chosen.
    const outcome = role.refusal ?? (await chat.server.toggleRole(id));
    if (outcome !== 'given' && outcome !== 'taken')
      throw new UserError(`${texts.servers.assignRefusals[outcome](role.name)} ${roleTexts.another}`);
    return [paragraph(...linkCommands(roleTexts[outcome](texts.postTypes[type].many, role.name)))];
  },
});

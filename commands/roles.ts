import { chosenRoles } from '../src/command/chosen-roles.ts';
import { defineCommand } from '../src/command/command.ts';
import { Problem } from '../src/command/problem.ts';
import { sentence } from '../src/command/sentence.ts';
import { type Button, buttons, heading, inRows, paragraph, press, text } from '../src/note/document.ts';
import { typeLabel } from '../src/settings/panel.ts';

/** A message for everybody, with a button for each role that is pinged for posts: it gives or takes the role. */
export const roles = defineCommand({
  name: 'roles',
  answerTo: 'everyone',
  for: 'managers',
  only: 'discord',
  chapter: 'managing',
  options: {},
  async run(_args, context) {
    const { texts } = context;
    const types = [...(await chosenRoles(context)).keys()];
    if (types.length === 0) throw new Problem(texts.servers.roles.none);
    const ways = types.map(
      (type): Button => ({
        label: typeLabel(type, texts),
        press: press('notify', { type }),
        manner: 'add',
      }),
    );
    return [
      heading(3, text(texts.servers.roles.heading)),
      paragraph(...sentence(texts.servers.roles.explained)),
      buttons(...inRows(ways, 3)),
    ];
  },
});

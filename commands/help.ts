import { defineCommand } from '../src/command/command.ts';
import type { MenuItem } from '../src/command/menu.ts';
import { type Block, buttons, type Inline, paragraph, strong, text } from '../src/note/document.ts';

/** What the bot can do, for the one who asks: managers see more. */
export const help = defineCommand({
  name: 'help',
  answerTo: 'asker',
  for: 'readers',
  options: {},
  async run(_args, { asker, author, menu, texts }) {
    const forAll = menu.filter((item) => item.for === 'readers');
    const forManagers = menu.filter((item) => item.for === 'managers');
    return [
      paragraph(text(texts.help.intro(author().name))),
      listOf(forAll),
      ...(asker.manages ? [paragraph(strong(text(texts.help.forManagers))), listOf(forManagers)] : []),
      buttons([
        { label: texts.help.tryLatest, press: 'latest', manner: 'add' },
        { label: texts.help.about, press: 'about', manner: 'add' },
      ]),
    ];
  },
});

function listOf(items: readonly MenuItem[]): Block {
  return { type: 'list', items: items.map(entry) };
}

function entry(item: MenuItem): readonly Inline[] {
  const options = item.options.map(({ name, required }) => (required ? ` <${name}>` : ` [${name}]`)).join('');
  return [{ type: 'command', name: item.name }, text(`${options} – ${item.description}`)];
}

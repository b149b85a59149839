import { defineCommand } from '../src/command/command.ts';
import { linkCommands } from '../src/command/views/command-links.ts';
import { buttons, callback, heading, paragraph, small, strong, text } from '../src/note/document.ts';

/** What is stored about people, in plain words. Code that stores more must say so here. */
export const privacy = defineCommand({
  name: 'privacy',
  answerTo: 'user',
  for: 'readers',
  category: 'knowing',
  options: {},
  async run(_args, { texts: { privacy: said } }) {
    const list = (items: readonly string[]) =>
      ({ type: 'list', items: items.map((item) => [text(item)]) }) as const;
    return [
      heading(3, text(said.heading)),
      paragraph(strong(text(said.kept))),
      list(Object.values(said.keeps)),
      paragraph(strong(text(said.notKept))),
      list(said.keepsNot),
      small(...linkCommands(said.others)),
      buttons([{ label: said.forget, callback: callback('forgetme'), responseMode: 'replace' }]),
    ];
  },
});

import { defineCommand } from '../src/command/command.ts';
import { linkCommands } from '../src/command/views/command-links.ts';
import { buttons, callback, heading, paragraph, small, strong, text } from '../src/note/document.ts';

/** What is stored about people, in plain words. Keep it complete: whatever else is stored must be listed here. */
export const privacy = defineCommand({
  name: 'privacy',
  answerTo: 'user',
  for: 'readers',
  category: 'knowing',
  options: {},
  async run(_args, { texts: { privacy: privacyTexts } }) {
    const list = (items: readonly string[]) =>
      ({ type: 'list', items: items.map((item) => [text(item)]) }) as const;
    return [
      heading(3, text(privacyTexts.heading)),
      paragraph(strong(text(privacyTexts.kept))),
      list(Object.values(privacyTexts.keeps)),
      paragraph(strong(text(privacyTexts.notKept))),
      list(privacyTexts.keepsNot),
      small(...linkCommands(privacyTexts.others)),
      buttons([{ label: privacyTexts.forget, callback: callback('forgetme'), responseMode: 'replace' }]),
    ];
  },
});

import { defineCommand } from '../src/command/command.ts';
import { linkCommands } from '../src/command/views/command-links.ts';
import { buttons, callback, heading, paragraph, text } from '../src/note/document.ts';

/** Deletes everything stored about the user, once they confirm. */
export const forgetme = defineCommand({
  name: 'forgetme',
  answerTo: 'user',
  for: 'readers',
  category: 'knowing',
  options: { sure: { type: 'choice', choices: ['yes', 'no'], hidden: true } },
  async run({ sure }, { forget, texts }) {
    const { question, goes, sure: yes, keep, cancel, cancelled, done, again } = texts.privacy.forgetme;
    if (sure === undefined)
      return [
        heading(3, text(question)),
        paragraph(...linkCommands(goes)),
        buttons(
          [
            {
              label: yes,
              callback: callback('forgetme', { sure: 'yes' }),
              responseMode: 'replace',
              isDestructive: true,
            },
            { label: cancel, callback: callback('forgetme', { sure: 'no' }), responseMode: 'replace' },
          ],
          [{ label: keep, callback: callback('privacy'), responseMode: 'replace' }],
        ),
      ];
    if (sure === 'no') return [paragraph(...linkCommands(cancelled))];
    await forget();
    return [paragraph(...linkCommands(done)), paragraph(...linkCommands(again))];
  },
});

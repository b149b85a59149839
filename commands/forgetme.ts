import { defineCommand } from '../src/command/command.ts';
import { sentence } from '../src/command/sentence.ts';
import { buttons, heading, paragraph, press, text } from '../src/note/document.ts';

/** Removes all that is kept about the asker, once they have said that they are sure. */
export const forgetme = defineCommand({
  name: 'forgetme',
  answerTo: 'asker',
  for: 'readers',
  chapter: 'knowing',
  options: { sure: { type: 'choice', choices: ['yes', 'no'], hidden: true } },
  async run({ sure }, { forget, texts: { privacy: said } }) {
    const { question, goes, sure: yes, keep, cancel, cancelled, done, again } = said.forgetme;
    if (sure === undefined)
      return [
        heading(3, text(question)),
        paragraph(...sentence(goes)),
        buttons(
          [
            { label: yes, press: press('forgetme', { sure: 'yes' }), manner: 'replace', isGrave: true },
            { label: cancel, press: press('forgetme', { sure: 'no' }), manner: 'replace' },
          ],
          [{ label: keep, press: press('privacy'), manner: 'replace' }],
        ),
      ];
    if (sure === 'no') return [paragraph(...sentence(cancelled))];
    await forget();
    return [paragraph(...sentence(done)), paragraph(...sentence(again))];
  },
});

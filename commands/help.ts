import { CHAPTERS } from '../src/command/chapter.ts';
import { defineCommand } from '../src/command/command.ts';
import type { MenuItem } from '../src/command/menu.ts';
import { sentence } from '../src/command/sentence.ts';
import {
  type Block,
  type Button,
  buttons,
  type Inline,
  paragraph,
  press,
  small,
  strong,
  text,
} from '../src/note/document.ts';
import { settingsButton } from '../src/settings/screens.ts';

/** What the bot can do, for the one who asks: managers see more. */
export const help = defineCommand({
  name: 'help',
  answerTo: 'asker',
  for: 'readers',
  chapter: 'knowing',
  options: {},
  async run(_args, { asker, author, menu, place, platform, texts }) {
    const mayManage = asker.manages && place.subscribable;
    const shown = menu.filter((item) => item.for === 'readers' || mayManage);
    const chapters = CHAPTERS.flatMap((chapter): readonly Block[] => {
      const items = shown.filter((item) => item.chapter === chapter);
      const own = chapter === 'managing' && place.kind === 'private';
      const title = own ? texts.help.ownChat : texts.help.chapters[chapter];
      return items.length > 0 ? [paragraph(strong(text(title)), ...items.flatMap(line))] : [];
    });
    const hints = [
      ...(platform === 'telegram' && place.kind === 'private' ? [texts.help.plainWords] : []),
      ...(place.inlineName === undefined ? [] : [texts.help.inline(place.inlineName)]),
    ];
    const ask = (label: string, command: string): Button => ({ label, press: press(command), manner: 'add' });
    return [
      paragraph(...sentence(texts.help.intro(author().name))),
      ...chapters,
      ...hints.map((hint) => small(...sentence(hint))),
      buttons(
        [
          ask(texts.help.tryLatest, 'latest'),
          ask(texts.help.series, 'series'),
          ask(texts.help.anniversary, 'on'),
        ],
        [
          ask(texts.catchup.heading, 'catchup'),
          ask(texts.random.surprise, 'random'),
          ask(texts.help.about, 'about'),
        ],
        mayManage ? [settingsButton(texts)] : [],
      ),
    ];
  },
});

function line(item: MenuItem): readonly Inline[] {
  const options = item.options
    .filter(({ formOnly }) => !formOnly)
    .map(({ shownAs, required }) => (required ? ` <${shownAs}>` : ` [${shownAs}]`))
    .join('');
  return [text('\n'), { type: 'command', name: item.name }, text(`${options} – ${item.description}`)];
}

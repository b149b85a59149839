import { type CommandContext, defineCommand } from '../src/command/command.ts';
import type { Menu, MenuItem } from '../src/command/menu.ts';
import { CATEGORIES, type Category } from '../src/command/menu.ts';
import { linkCommands } from '../src/command/views/command-links.ts';
import {
  type Button,
  buttons,
  callback,
  type Document,
  type Inline,
  paragraph,
  small,
  strong,
  text,
} from '../src/note/document.ts';
import { hasFeature } from '../src/platform/platforms.ts';
import { settingsButton } from '../src/settings/screens.ts';

/** The commands that readers need most, in this order; the rest is one tap away. */
const FIRST: readonly string[] = ['latest', 'search', 'catchup', 'series', 'read'];

/** What the bot can do: first the commands most people need, then all of them. Managers see more. */
export const help = defineCommand({
  name: 'help',
  answerTo: 'user',
  for: 'readers',
  category: 'knowing',
  options: { show: { type: 'choice', choices: ['all'], hidden: true } },
  async run({ show }, context) {
    const { user, author, menu, chat, platform, texts } = context;
    const { help: said } = texts;
    const mayManage = user.manages && chat.subscribable;
    const offered = menu.filter((item) => item.for === 'readers' || mayManage);
    if (show === 'all')
      return [
        ...CATEGORIES.flatMap((chapter) => chapterOf(chapter, offered, context)),
        small(...linkCommands(said.missive)),
        buttons([{ label: said.back, callback: callback('help'), responseMode: 'replace' }]),
      ];
    const hints = [
      ...(hasFeature(platform, 'plainSearch') && chat.kind === 'private' ? [said.plainWords] : []),
      ...(chat.inlineName === undefined ? [] : [said.inline(chat.inlineName)]),
    ];
    const ask = (label: string, command: string): Button => ({
      label,
      callback: callback(command),
      responseMode: 'add',
    });
    const shorter = new Map(Object.entries(said.first));
    const first = FIRST.flatMap((wanted) => offered.filter(({ name }) => name === wanted));
    return [
      paragraph(...linkCommands(said.intro(author().name))),
      paragraph(
        ...first.flatMap((item, index) => [
          text(index === 0 ? '' : '\n'),
          ...lineOf({ ...item, description: shorter.get(item.name) ?? item.description }),
        ]),
      ),
      ...(hints.length > 0
        ? [small(...hints.flatMap((hint, index) => [text(index === 0 ? '' : '\n'), ...linkCommands(hint)]))]
        : []),
      buttons(
        [ask(said.tryLatest, 'latest'), ask(texts.catchup.heading, 'catchup')],
        [ask(said.anniversary, 'on'), ask(texts.random.surprise, 'random')],
        [
          { label: said.allCommands, callback: callback('help', { show: 'all' }), responseMode: 'replace' },
          ...(mayManage ? [settingsButton(texts)] : []),
        ],
      ),
    ];
  },
});

function chapterOf(
  chapter: Category,
  offered: Menu,
  { chat, platform, texts: { help: said, byPlatform } }: CommandContext,
): Document {
  const items = offered.filter((item) => item.category === chapter);
  if (items.length === 0) return [];
  const titles = { ...said.categories, managing: byPlatform[platform].managing };
  const title = chapter === 'managing' && chat.kind === 'private' ? said.ownChat : titles[chapter];
  const lines = items.flatMap((item) => [
    text('\n'),
    ...lineOf(item, hasFeature(platform, 'optionHints') ? '' : optionsOf(item)),
  ]);
  return [paragraph(strong(text(title)), ...lines)];
}

const lineOf = ({ name, description }: MenuItem, options = ''): readonly Inline[] => [
  { type: 'command', name },
  text(`${options} – ${description}`),
];

const optionsOf = ({ options }: MenuItem): string =>
  options
    .filter(({ formOnly }) => !formOnly)
    .map(({ displayName, required }) => (required ? ` <${displayName}>` : ` [${displayName}]`))
    .join('');

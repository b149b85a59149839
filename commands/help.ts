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
    const { help: helpTexts } = texts;
    const mayManage = user.isManager && chat.subscribable;
    const available = menu.filter((item) => item.for === 'readers' || mayManage);
    if (show === 'all')
      return [
        ...CATEGORIES.flatMap((category) => categoryBlock(category, available, context)),
        small(...linkCommands(helpTexts.missive)),
        buttons([{ label: helpTexts.back, callback: callback('help'), responseMode: 'replace' }]),
      ];
    const hints = [
      ...(hasFeature(platform, 'plainSearch') && chat.kind === 'private' ? [helpTexts.plainWords] : []),
      ...(chat.inlineName === undefined ? [] : [helpTexts.inline(chat.inlineName)]),
    ];
    const commandButton = (label: string, command: string): Button => ({
      label,
      callback: callback(command),
      responseMode: 'add',
    });
    const shorter = new Map(Object.entries(helpTexts.first));
    const first = FIRST.flatMap((wantedName) => available.filter(({ name }) => name === wantedName));
    return [
      paragraph(...linkCommands(helpTexts.intro(author().name))),
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
        [commandButton(helpTexts.tryLatest, 'latest'), commandButton(texts.catchup.heading, 'catchup')],
        [commandButton(helpTexts.anniversary, 'on'), commandButton(texts.random.surprise, 'random')],
        [
          {
            label: helpTexts.allCommands,
            callback: callback('help', { show: 'all' }),
            responseMode: 'replace',
          },
          ...(mayManage ? [settingsButton(texts)] : []),
        ],
      ),
    ];
  },
});

function categoryBlock(
  category: Category,
  available: Menu,
  { chat, platform, texts: { help: helpTexts, byPlatform } }: CommandContext,
): Document {
  const items = available.filter((item) => item.category === category);
  if (items.length === 0) return [];
  const titles = { ...helpTexts.categories, managing: byPlatform[platform].managing };
  const title = category === 'managing' && chat.kind === 'private' ? helpTexts.ownChat : titles[category];
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

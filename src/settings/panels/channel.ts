import type { Chat } from '../../command/chat.ts';
import type { CommandContext } from '../../command/command.ts';
import { linkCommands } from '../../command/views/command-links.ts';
import { channelSelect } from '../../command/views/greeting.ts';
import type { Texts } from '../../i18n/texts.ts';
import {
  type Button,
  buttons,
  callback,
  type Document,
  heading,
  paragraph,
  small,
  text,
} from '../../note/document.ts';
import type { Preferences } from '../../preferences/preferences.ts';
import type { Panel } from '../panel.ts';
import { invalidInput } from '../parse-input.ts';

/** Which other channels get posts, and how to add one. It takes no typed input: that's what `/subscribe` is for. */
export const channelPanel: Panel = {
  name: 'where',
  isAvailable: ({ chat }) => chat.server !== undefined || chat.inviteLinks !== undefined,
  label: (_preferences, { chat, texts }) => texts.servers.where.heading[kindOf(chat)],
  parse(typed, _preferences, { texts }) {
    throw invalidInput(typed, texts, '/settings where', '/unsubscribe');
  },
  apply: (_input, preferences) => preferences,
  async show(preferences, context) {
    const { where } = context.texts.servers;
    return [
      heading(3, text(where.heading[kindOf(context.chat)])),
      ...(await channelList(preferences, context)),
    ];
  },
  inline: channelList,
};

const kindOf = ({ server }: Chat): 'channel' | 'chat' => (server ? 'channel' : 'chat');

async function channelList(
  _preferences: Preferences,
  { chat, subscriptions, texts }: CommandContext,
): Promise<Document> {
  const { where } = texts.servers;
  const others: string[] = [];
  for (const destination of chat.server?.destinations ?? [])
    if (destination !== chat.destination && (await subscriptions.preferencesOf(destination)))
      others.push(chat.server?.channelMention(destination) ?? destination);
  return [
    paragraph(...linkCommands(where.here[kindOf(chat)])),
    ...(others.length > 0
      ? [
          paragraph(...linkCommands(where.also)),
          { type: 'list', items: others.map((name) => [text(name)]) } as const,
        ]
      : []),
    ...(chat.server ? [small(...linkCommands(where.explained)), channelSelect(where.choose)] : []),
    buttons(...inviteButtons(chat, texts).map((button) => [button]), [
      { label: where.notHere, callback: callback('unsubscribe'), responseMode: 'add', isDestructive: true },
    ]),
  ];
}

const inviteButtons = ({ inviteLinks }: Chat, { servers: { where } }: Texts): readonly Button[] =>
  inviteLinks
    ? [
        { label: where.addToGroup, url: inviteLinks.group },
        { label: where.addToChannel, url: inviteLinks.channel },
      ]
    : [];

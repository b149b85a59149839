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

/** Which other channels get posts, and how to add one. Nothing is typed here: that's `/subscribe`. */
export const channelPanel: Panel = {
  name: 'where',
  isAvailable: ({ chat }) => chat.server !== undefined || chat.invites !== undefined,
  label: (_choices, { chat, texts }) => texts.servers.where.heading[kindOf(chat)],
  parse(typed, _choices, { texts }) {
    throw invalidInput(typed, texts, '/settings where', '/unsubscribe');
  },
  apply: (_input, choices) => choices,
  async show(choices, context) {
    const { where } = context.texts.servers;
    return [heading(3, text(where.heading[kindOf(context.chat)])), ...(await channelList(choices, context))];
  },
  inline: channelList,
};

const kindOf = ({ server }: Chat): 'channel' | 'chat' => (server ? 'channel' : 'chat');

async function channelList(
  _choices: Preferences,
  { chat, subscriptions, texts }: CommandContext,
): Promise<Document> {
  const { where } = texts.servers;
  const others: string[] = [];
  for (const destination of chat.server?.destinations ?? [])
    if (destination !== chat.destination && (await subscriptions.preferencesOf(destination)))
      others.push(chat.server?.nameOf(destination) ?? destination);
  return [
    paragraph(...linkCommands(where.here[kindOf(chat)])),
    ...(others.length > 0
      ? [
          paragraph(...linkCommands(where.also)),
          { type: 'list', items: others.map((name) => [text(name)]) } as const,
        ]
      : []),
    ...(chat.server ? [small(...linkCommands(where.explained)), channelSelect(where.choose)] : []),
    buttons(...inviteButtons(chat, texts).map((way) => [way]), [
      { label: where.notHere, callback: callback('unsubscribe'), responseMode: 'add', isGrave: true },
    ]),
  ];
}

const inviteButtons = ({ invites }: Chat, { servers: { where } }: Texts): readonly Button[] =>
  invites
    ? [
        { label: where.addToGroup, url: invites.group },
        { label: where.addToChannel, url: invites.channel },
      ]
    : [];

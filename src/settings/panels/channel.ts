import type { CommandContext } from '../../command/command.ts';
import type { Place } from '../../command/invocation.ts';
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

/** Where else posts come, and the way to one more place. Nothing is typed here: `/subscribe` does it. */
export const channelPanel: Panel = {
  name: 'where',
  isAvailable: ({ place }) => place.server !== undefined || place.invites !== undefined,
  label: (_choices, { place, texts }) => texts.servers.where.heading[kindOf(place)],
  apply(words, _choices, { texts }) {
    throw invalidInput(words, texts, '/settings where', '/unsubscribe');
  },
  async show(choices, context) {
    const { where } = context.texts.servers;
    return [heading(3, text(where.heading[kindOf(context.place)])), ...(await channelList(choices, context))];
  },
  inline: channelList,
};

const kindOf = ({ server }: Place): 'channel' | 'chat' => (server ? 'channel' : 'chat');

async function channelList(
  _choices: Preferences,
  { place, subscriptions, texts }: CommandContext,
): Promise<Document> {
  const { where } = texts.servers;
  const others: string[] = [];
  for (const destination of place.server?.destinations ?? [])
    if (destination !== place.destination && (await subscriptions.choices(destination)))
      others.push(place.server?.nameOf(destination) ?? destination);
  return [
    paragraph(...linkCommands(where.here[kindOf(place)])),
    ...(others.length > 0
      ? [
          paragraph(...linkCommands(where.also)),
          { type: 'list', items: others.map((name) => [text(name)]) } as const,
        ]
      : []),
    ...(place.server ? [small(...linkCommands(where.explained)), channelSelect(where.choose)] : []),
    buttons(...inviteButtons(place, texts).map((way) => [way]), [
      { label: where.notHere, callback: callback('unsubscribe'), responseMode: 'add', isGrave: true },
    ]),
  ];
}

const inviteButtons = ({ invites }: Place, { servers: { where } }: Texts): readonly Button[] =>
  invites
    ? [
        { label: where.addToGroup, url: invites.group },
        { label: where.addToChannel, url: invites.channel },
      ]
    : [];

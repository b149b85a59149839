import type { Choices } from '../choices/choices.ts';
import type { CommandContext } from '../command/command.ts';
import type { Place } from '../command/invocation.ts';
import { sentence } from '../command/sentence.ts';
import { channelChoice } from '../command/welcome.ts';
import {
  type Button,
  buttons,
  type Document,
  heading,
  paragraph,
  press,
  small,
  text,
} from '../note/document.ts';
import type { Texts } from '../text/texts.ts';
import type { Panel } from './panel.ts';
import { wrong } from './typed.ts';

/** Where else posts come, and the way to one more place. Nothing is typed here: `/subscribe` does it. */
export const wherePanel: Panel = {
  name: 'where',
  isFor: ({ place }) => place.server !== undefined || place.invites !== undefined,
  label: (_choices, { place, texts }) => texts.servers.where.heading[kindOf(place)],
  change(words, _choices, { texts }) {
    throw wrong(words, texts, '/settings where', '/unsubscribe');
  },
  async show(choices, context) {
    const { where } = context.texts.servers;
    return [heading(3, text(where.heading[kindOf(context.place)])), ...(await standing(choices, context))];
  },
  inGroup: standing,
};

const kindOf = ({ server }: Place): 'channel' | 'chat' => (server ? 'channel' : 'chat');

async function standing(
  _choices: Choices,
  { place, subscriptions, texts }: CommandContext,
): Promise<Document> {
  const { where } = texts.servers;
  const others: string[] = [];
  for (const destination of place.server?.destinations ?? [])
    if (destination !== place.destination && (await subscriptions.choices(destination)))
      others.push(place.server?.nameOf(destination) ?? destination);
  return [
    paragraph(...sentence(where.here[kindOf(place)])),
    ...(others.length > 0
      ? [
          paragraph(...sentence(where.also)),
          { type: 'list', items: others.map((name) => [text(name)]) } as const,
        ]
      : []),
    ...(place.server ? [small(...sentence(where.explained)), channelChoice(where.choose)] : []),
    buttons(...invitations(place, texts).map((way) => [way]), [
      { label: where.notHere, press: press('unsubscribe'), manner: 'add', isGrave: true },
    ]),
  ];
}

const invitations = ({ invites }: Place, { servers: { where } }: Texts): readonly Button[] =>
  invites
    ? [
        { label: where.addToGroup, url: invites.group },
        { label: where.addToChannel, url: invites.channel },
      ]
    : [];

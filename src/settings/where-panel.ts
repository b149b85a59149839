import type { Place } from '../command/invocation.ts';
import { sentence } from '../command/sentence.ts';
import { type Button, buttons, heading, paragraph, press, small, text } from '../note/document.ts';
import type { Texts } from '../text/texts.ts';
import type { Panel } from './panel.ts';
import { wrong } from './typed.ts';

/** Where else posts come, and the way to one more place. Nothing is typed here: `/subscribe` does it. */
export const wherePanel: Panel = {
  name: 'where',
  isFor: ({ place }) => place.server !== undefined || place.invites !== undefined,
  label: (_choices, { texts }) => texts.servers.where.label,
  change(words, _choices, { texts }) {
    throw wrong(words, texts, '/settings where', '/unsubscribe');
  },
  async show(_choices, { place, subscriptions, texts }) {
    const { where } = texts.servers;
    const others: string[] = [];
    for (const destination of place.server?.destinations ?? [])
      if (destination !== place.destination && (await subscriptions.choices(destination)))
        others.push(place.server?.nameOf(destination) ?? destination);
    const choose: Button = {
      label: where.choose,
      press: press('subscribe', { place: '' }),
      manner: 'add',
      pick: 'channel',
    };
    return [
      heading(3, text(where.heading)),
      paragraph(...sentence(where.here)),
      ...(others.length > 0
        ? [
            paragraph(...sentence(where.also)),
            { type: 'list', items: others.map((name) => [text(name)]) } as const,
          ]
        : []),
      small(...sentence(where.explained)),
      buttons(...(place.server ? [[choose]] : []), invitations(place, texts), [
        { label: where.notHere, press: press('unsubscribe'), manner: 'add' },
      ]),
    ];
  },
};

const invitations = ({ invites }: Place, { servers: { where } }: Texts): readonly Button[] =>
  invites
    ? [
        { label: where.addToGroup, url: invites.group },
        { label: where.addToChannel, url: invites.channel },
      ]
    : [];

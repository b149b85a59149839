import type { ChannelInfo } from '../guilds/channels.ts';
import type { MessageFormat } from '../send/receipts.ts';
import type { DiscordStyle } from '../styles.ts';
import { embedMessage } from './embed-message.ts';
import {
  bareText,
  bareWithoutLinks,
  card,
  cardWithLinks,
  type MessageForm,
  plainText,
  plainWithoutLinks,
} from './message-forms.ts';

/** Best first; the next one is tried if Discord refuses the form before. */
type Fallbacks = readonly [MessageForm, ...MessageForm[]];

/** The forms of a style. */
export interface StyleForms {
  /** In channels where everybody is notified with the text, or of unknown type. */
  readonly announced: Fallbacks;
  readonly quiet: Fallbacks;
  /** For messages that mention a role, in any channel: the members with that role read them in a notification. */
  readonly pinging: Fallbacks;
  /** For edits, by the format that the message has. */
  readonly edits: Readonly<Record<MessageFormat, Fallbacks>>;
}

const CARDS: Fallbacks = [card, cardWithLinks, plainText];
const EMBEDS: Fallbacks = [embedMessage, plainText];
const PLAINS: Fallbacks = [plainText];
const EDIT_FORMS: StyleForms['edits'] = { layout: [card, cardWithLinks, bareText], text: EMBEDS };
/** The last resort everywhere: no links, for channels where a filter blocks them. */
const LAST_EDIT_FORMS: Readonly<Record<MessageFormat, MessageForm>> = {
  layout: bareWithoutLinks,
  text: plainWithoutLinks,
};

/**
 * `auto` sends embeds where people are notified of every message: in announcement channels, direct messages and channels of
 * unknown type. Notifications show an empty line for a card (discord-api-docs issue 7854), and channels that follow an
 * announcement channel may receive it without its components. In other channels and threads, where most members are notified of
 * mentions only, cards show more: ten pictures with descriptions, videos, spoilers. Sending a line of text and turning it into a
 * card would notify well, too, but mark every post as edited, and take a second request that can fail.
 */
export const STYLE_FORMS: Readonly<Record<DiscordStyle, StyleForms>> = {
  auto: { announced: EMBEDS, quiet: CARDS, pinging: EMBEDS, edits: EDIT_FORMS },
  card: { announced: CARDS, quiet: CARDS, pinging: EMBEDS, edits: EDIT_FORMS },
  embed: { announced: EMBEDS, quiet: EMBEDS, pinging: EMBEDS, edits: EDIT_FORMS },
  plain: { announced: PLAINS, quiet: PLAINS, pinging: PLAINS, edits: { layout: [bareText], text: PLAINS } },
};

/** Without regard to permissions. */
function preferredForms(styleForms: StyleForms, channel: ChannelInfo | undefined, pings = false): Fallbacks {
  if (pings) return styleForms.pinging;
  return channel?.notifiesByText === false ? styleForms.quiet : styleForms.announced;
}

/** The style would send embeds, which Discord would drop. */
export function hidesEmbeds(
  styleForms: StyleForms,
  channel: ChannelInfo | undefined,
  pings: boolean,
): boolean {
  return channel?.canEmbed === false && preferredForms(styleForms, channel, pings).includes(embedMessage);
}

/** Best first. Without permission to embed, cards take the place of embeds, or text where people read notifications. */
export function formsToSend(
  styleForms: StyleForms,
  channel: ChannelInfo | undefined,
  pings: boolean,
): readonly MessageForm[] {
  const stead = channel?.notifiesByText === false && !pings ? CARDS : PLAINS;
  return [
    ...(hidesEmbeds(styleForms, channel, pings) ? stead : preferredForms(styleForms, channel, pings)),
    plainWithoutLinks,
  ];
}

/** Forms for an edit, and the last resort. `format` is unknown for messages of the first release. */
export function formsToEdit(
  styleForms: StyleForms,
  channel: ChannelInfo | undefined,
  make: MessageFormat | undefined,
): { readonly best: readonly MessageForm[]; readonly last: readonly MessageForm[] } {
  const { layout, text } = styleForms.edits;
  const ladder = make
    ? styleForms.edits[make]
    : [...new Set([preferredForms(styleForms, channel)[0], ...layout, ...text])];
  return {
    best: channel?.canEmbed === false ? ladder.filter((form) => form !== embedMessage) : ladder,
    last: make ? [LAST_EDIT_FORMS[make]] : Object.values(LAST_EDIT_FORMS),
  };
}

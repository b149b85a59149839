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

/** Forms for one purpose, best first; the next is tried when Discord refuses the one before. */
type Fallbacks = readonly [MessageForm, ...MessageForm[]];

/** The looks of a style. */
export interface StyleForms {
  /** Where people are told of a message by its words, or where nobody knows what the place is. */
  readonly announced: Fallbacks;
  readonly quiet: Fallbacks;
  /** For a message that pings a role, wherever it goes: who is pinged reads its words on a phone. */
  readonly pinging: Fallbacks;
  /** To change a message that is made of components, or of content and embeds. */
  readonly edits: Readonly<Record<MessageFormat, Fallbacks>>;
}

const CARDS: Fallbacks = [card, cardWithLinks, plainText];
const EMBEDS: Fallbacks = [embedMessage, plainText];
const PLAINS: Fallbacks = [plainText];
const EDIT_FORMS: StyleForms['edits'] = { layout: [card, cardWithLinks, bareText], text: EMBEDS };
/** Below every ladder: words alone, for places where a filter blocks what they link to. */
const LAST_EDIT_FORMS: Readonly<Record<MessageFormat, MessageForm>> = {
  layout: bareWithoutLinks,
  text: plainWithoutLinks,
};

/**
 * `auto`: phones announce a card with an empty line (discord-api-docs issue 7854), and channels that follow an
 * announcement channel may get it without its components. So embeds go where a message is announced to people who
 * wait for it: announcement channels, private chats, and places of which nobody knows what they are. In ordinary
 * channels and threads, where most members are told of mentions only, a card shows more: ten pictures, their
 * descriptions, films, covers over what is hidden. To send a line of text first and make a card of it would announce
 * the words too, but marks every post as edited and costs a second request that can fail.
 */
export const STYLE_FORMS: Readonly<Record<DiscordStyle, StyleForms>> = {
  auto: { announced: EMBEDS, quiet: CARDS, pinging: EMBEDS, edits: EDIT_FORMS },
  card: { announced: CARDS, quiet: CARDS, pinging: EMBEDS, edits: EDIT_FORMS },
  embed: { announced: EMBEDS, quiet: EMBEDS, pinging: EMBEDS, edits: EDIT_FORMS },
  plain: { announced: PLAINS, quiet: PLAINS, pinging: PLAINS, edits: { layout: [bareText], text: PLAINS } },
};

/** What the style sends to a channel, before anybody asks whether it would be seen there. */
function preferredForms(looks: StyleForms, channel: ChannelInfo | undefined, pings = false): Fallbacks {
  if (pings) return looks.pinging;
  return channel?.notifiesByText === false ? looks.quiet : looks.announced;
}

/** Embeds that nobody would see are no form. */
export function hidesEmbeds(looks: StyleForms, channel: ChannelInfo | undefined, pings: boolean): boolean {
  return channel?.canEmbed === false && preferredForms(looks, channel, pings).includes(embedMessage);
}

/** Forms to send, best first. In the stead of embeds: cards, which need no permission, but where phones read it text. */
export function formsToSend(
  looks: StyleForms,
  channel: ChannelInfo | undefined,
  pings: boolean,
): readonly MessageForm[] {
  const stead = channel?.notifiesByText === false && !pings ? CARDS : PLAINS;
  return [
    ...(hidesEmbeds(looks, channel, pings) ? stead : preferredForms(looks, channel, pings)),
    plainWithoutLinks,
  ];
}

/** Forms to put in the place of a message, and those to fall back to. `make` is unknown of the first program's messages. */
export function formsToEdit(
  looks: StyleForms,
  channel: ChannelInfo | undefined,
  make: MessageFormat | undefined,
): { readonly best: readonly MessageForm[]; readonly last: readonly MessageForm[] } {
  const { layout, text } = looks.edits;
  const ladder = make
    ? looks.edits[make]
    : [...new Set([preferredForms(looks, channel)[0], ...layout, ...text])];
  return {
    best: channel?.canEmbed === false ? ladder.filter((form) => form !== embedMessage) : ladder,
    last: make ? [LAST_EDIT_FORMS[make]] : Object.values(LAST_EDIT_FORMS),
  };
}

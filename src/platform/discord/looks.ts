import type { Channel } from './channels.ts';
import { hybrid } from './hybrid.ts';
import { bare, bareWords, card, cardOfLinks, type Form, plain, words } from './message.ts';
import type { Make } from './receipt.ts';
import type { DiscordStyle } from './styles.ts';

/** Forms for one purpose, best first; the next is tried when Discord refuses the one before. */
type Ladder = readonly [Form, ...Form[]];

/** The looks of a style. */
export interface Looks {
  /** Where people are told of a message by its words, or where nobody knows what the place is. */
  readonly notifying: Ladder;
  readonly quiet: Ladder;
  /** For a message that pings a role, wherever it goes: who is pinged reads its words on a phone. */
  readonly pinging: Ladder;
  /** To change a message that is made of components, or of content and embeds. */
  readonly edits: Readonly<Record<Make, Ladder>>;
}

const CARDS: Ladder = [card, cardOfLinks, plain];
const EMBEDS: Ladder = [hybrid, plain];
const PLAINS: Ladder = [plain];
const EDITS: Looks['edits'] = { layout: [card, cardOfLinks, bare], text: EMBEDS };
/** Below every ladder: words alone, for places where a filter blocks what they link to. */
const LAST_EDITS: Readonly<Record<Make, Form>> = { layout: bareWords, text: words };

/**
 * `auto`: phones announce a card with an empty line (discord-api-docs issue 7854), and channels that follow an
 * announcement channel may get it without its components. So embeds go where a message is announced to people who
 * wait for it: announcement channels, private chats, and places of which nobody knows what they are. In ordinary
 * channels and threads, where most members are told of mentions only, a card shows more: ten pictures, their
 * descriptions, films, covers over what is hidden. To send a line of text first and make a card of it would announce
 * the words too, but marks every post as edited and costs a second request that can fail.
 */
export const LOOKS: Readonly<Record<DiscordStyle, Looks>> = {
  auto: { notifying: EMBEDS, quiet: CARDS, pinging: EMBEDS, edits: EDITS },
  card: { notifying: CARDS, quiet: CARDS, pinging: EMBEDS, edits: EDITS },
  embed: { notifying: EMBEDS, quiet: EMBEDS, pinging: EMBEDS, edits: EDITS },
  plain: { notifying: PLAINS, quiet: PLAINS, pinging: PLAINS, edits: { layout: [bare], text: PLAINS } },
};

/** What the style sends to a channel, before anybody asks whether it would be seen there. */
function ladderFor(looks: Looks, channel: Channel | undefined, pings = false): Ladder {
  if (pings) return looks.pinging;
  return channel?.notifies === false ? looks.quiet : looks.notifying;
}

/** Embeds that nobody would see are no form. */
export function hidesEmbeds(looks: Looks, channel: Channel | undefined, pings: boolean): boolean {
  return channel?.mayEmbed === false && ladderFor(looks, channel, pings).includes(hybrid);
}

/** Forms to send, best first. In the stead of embeds: cards, which need no permission, but where phones read it text. */
export function sendingForms(looks: Looks, channel: Channel | undefined, pings: boolean): readonly Form[] {
  const stead = channel?.notifies === false && !pings ? CARDS : PLAINS;
  return [...(hidesEmbeds(looks, channel, pings) ? stead : ladderFor(looks, channel, pings)), words];
}

/** Forms to put in the place of a message, and those to fall back to. `make` is unknown of the first program's messages. */
export function editingForms(
  looks: Looks,
  channel: Channel | undefined,
  make: Make | undefined,
): { readonly best: readonly Form[]; readonly last: readonly Form[] } {
  const { layout, text } = looks.edits;
  const ladder = make ? looks.edits[make] : [...new Set([ladderFor(looks, channel)[0], ...layout, ...text])];
  return {
    best: channel?.mayEmbed === false ? ladder.filter((form) => form !== hybrid) : ladder,
    last: make ? [LAST_EDITS[make]] : Object.values(LAST_EDITS),
  };
}

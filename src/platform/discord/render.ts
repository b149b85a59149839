import type { Brief } from '../../note/brief.ts';
import { type Document, type Media, small, text } from '../../note/document.ts';
import type { Texts } from '../../text/texts.ts';
import { firstWords } from '../first-words.ts';
import type { Body } from '../platform.ts';
import { shorten } from '../shorten.ts';
import { split } from '../split.ts';
import { readVariant } from '../variant.ts';
import type { Channel } from './channels.ts';
import { hybrid, pageOf } from './hybrid.ts';
import { fits } from './measure.ts';
import {
  bare,
  card,
  cardOfFiles,
  cardOfLinks,
  type Form,
  galleryMedia,
  type Lead,
  type Message,
  plain,
} from './message.ts';
import { withShortNames } from './names.ts';
import type { Make } from './receipt.ts';
import { DISCORD_STYLES, type DiscordStyle } from './styles.ts';

/** Forms for one purpose, best first; the next is tried when Discord refuses the one before. */
type Ladder = readonly [Form, ...Form[]];

/** The looks of a style. */
interface Looks {
  /** Where people are told of a message by its words, or where nobody knows what the place is. */
  readonly notifying: Ladder;
  readonly quiet: Ladder;
  /** To change a message that is made of components, or of content and embeds. */
  readonly edits: Readonly<Record<Make, Ladder>>;
}

const CARDS: Ladder = [card, cardOfLinks, plain];
const EMBEDS: Ladder = [hybrid, plain];
const PLAINS: Ladder = [plain];
const EDITS: Looks['edits'] = { layout: [card, cardOfLinks, bare], text: [hybrid, plain] };

/**
 * `auto`: phones announce a card with an empty line (discord-api-docs issue 7854), and channels that follow an
 * announcement channel may get it without its components. So embeds go where a message is announced to people who
 * wait for it: announcement channels, private chats, and places of which nobody knows what they are. In ordinary
 * channels and threads, where most members are told of mentions only, a card shows more: ten pictures, their
 * descriptions, films, covers over what is hidden. To send a line of text first and make a card of it would announce
 * the words too, but marks every post as edited and costs a second request that can fail.
 */
const LOOKS: Readonly<Record<DiscordStyle, Looks>> = {
  auto: { notifying: EMBEDS, quiet: CARDS, edits: EDITS },
  card: { notifying: CARDS, quiet: CARDS, edits: EDITS },
  embed: { notifying: EMBEDS, quiet: EMBEDS, edits: EDITS },
  plain: { notifying: PLAINS, quiet: PLAINS, edits: { layout: [bare], text: PLAINS } },
};

/** What a body of Discord's holds. Forms are made when they are asked for, each once. */
interface Call {
  /** The form that the style is measured by. */
  readonly message: Message;
  /** Whether its look depends on the channel. */
  asks(): boolean;
  forms(channel: Channel | undefined): readonly (() => readonly Message[])[];
  edits(channel: Channel | undefined, make: Make | undefined): readonly Message[];
  gallery(form: readonly Message[]): Gallery | undefined;
}

/** What of a body may be uploaded. One object for all tries of a body. */
export interface Gallery {
  media(): readonly Media[];
  /** The message with uploads, by the addresses of what they are; `undefined` where it would be too long. */
  message(files: ReadonlyMap<string, string>): Message | undefined;
}

/** The longest number that a part can carry, to keep room for it. */
const MOST_PARTS = 99;

/**
 * The document as bodies within Discord's limits. `variant` as in `readVariant`, `standard` for what it leaves open.
 * Whatever place a body of style `auto` goes to, its text is the same: parts fit both of the looks it may get there.
 */
export function render(
  document: Document,
  variant: string,
  texts: Texts,
  brief?: Brief,
  standard = '',
): readonly Body[] {
  const { style, long } = readVariant(variant, standard, DISCORD_STYLES);
  const looks = LOOKS[style];
  const measured = [...new Set([looks.quiet[0], looks.notifying[0]])];
  const whole = withShortNames(document);
  const url = pageOf(whole);
  const headline = firstWords(whole);
  const lead: Lead = { headline, ...(url !== undefined && { url }) };
  const fitting = (part: Document) => measured.every((form) => fits(form(part, texts, lead)));
  const divide = (all: Document) => parts(all, fitting, texts);
  const cut = divide(shorten(whole, long, brief, { fits: fitting, parts: (all) => divide(all).length }));
  return cut.map((part, index) => {
    const number = texts.platform.part(index + 1, cut.length);
    const said = index === 0 ? lead : { ...lead, headline: `${headline} (${number})`.trim() };
    return { cost: 1, call: callFor(part, looks, texts, said) };
  });
}

/** Whether the channel that a body goes to must be known before it can be sent. */
export function asksForChannel(body: Body): boolean {
  return (body.call as Call).asks();
}

/** The forms to send a body in, one after the other while they are refused; each may take several messages. */
export function* formsOf(body: Body, channel?: Channel): Generator<readonly Message[]> {
  const tried = new Set<string>();
  for (const form of (body.call as Call).forms(channel)) {
    const messages = form();
    const said = JSON.stringify(messages);
    if (!tried.has(said)) yield messages;
    tried.add(said);
  }
}

/** The forms to put in the place of a message that stands, made as it was; none where the text is too long for that. */
export function editFormsOf(body: Body, channel?: Channel, make?: Make): readonly (readonly [Message])[] {
  return (body.call as Call).edits(channel, make).map((edit) => [edit]);
}

/** What of this form of a body may be uploaded; `undefined` for forms without galleries. */
export function galleryOf(body: Body, form: readonly Message[]): Gallery | undefined {
  return (body.call as Call).gallery(form);
}

function parts(document: Document, fitting: (part: Document) => boolean, texts: Texts): readonly Document[] {
  const numbered = (part: Document, number: number, of: number) => [
    ...part,
    small(text(texts.platform.part(number, of))),
  ];
  if (fitting(document)) return [document];
  const cut = split(document, (part) => fitting(numbered(part, MOST_PARTS, MOST_PARTS)));
  return cut.length > 1 ? cut.map((part, index) => numbered(part, index + 1, cut.length)) : cut;
}

function callFor(part: Document, looks: Looks, texts: Texts, lead: Lead): Call {
  const made = new Map<Form, Message>();
  const messageIn = (form: Form): Message => {
    const message = made.get(form) ?? form(part, texts, lead);
    made.set(form, message);
    return message;
  };
  /** Embeds that nobody would see are no form. */
  const shownIn = (channel: Channel | undefined, ladder: readonly Form[]): readonly Form[] =>
    channel?.mayEmbed === false ? ladder.filter((form) => form !== hybrid) : ladder;
  /** In several messages where it takes that. */
  const inFull = (form: Form) => (): readonly Message[] => {
    const message = messageIn(form);
    if (fits(message)) return [message];
    return split(part, (piece) => fits(form(piece, texts, lead))).map((piece) => form(piece, texts, lead));
  };
  const gallery: Gallery = {
    media: () => galleryMedia(part, texts),
    message(files) {
      const message = cardOfFiles(files)(part, texts, lead);
      return fits(message) ? message : undefined;
    },
  };
  return {
    message: messageIn(looks.quiet[0]),
    asks: () => looks.quiet !== looks.notifying,
    forms: (channel) =>
      shownIn(channel, channel?.notifies === false ? looks.quiet : looks.notifying).map(inFull),
    edits: (channel, make) => {
      const { layout, text: legacy } = looks.edits;
      const first = channel?.notifies === false ? looks.quiet : looks.notifying;
      const ladder = make ? looks.edits[make] : [first[0], ...layout, ...legacy];
      const made = [...new Set(shownIn(channel, ladder))].map(messageIn);
      return made.some(fits) || make ? made.filter(fits) : made.slice(0, 1);
    },
    gallery: ([message]) => (message && message === made.get(card) ? gallery : undefined),
  };
}

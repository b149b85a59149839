import { partNumber } from '../../../i18n/symbols.ts';
import type { Texts } from '../../../i18n/texts.ts';
import { type CooperativeTask, runToCompletion } from '../../../lib/time-slicing.ts';
import { type Document, type Media, small, text } from '../../../note/document.ts';
import type { LongNoteFallback } from '../../../note/present/long-note-fallback.ts';
import { quickReject } from '../../cut-block.ts';
import { withJudgedLinks } from '../../link-targets.ts';
import { markStable } from '../../node-cache.ts';
import { notificationText } from '../../notification-text.ts';
import type { Body } from '../../platform.ts';
import { split, splitInSteps } from '../../split.ts';
import { parseStyleSpec } from '../../style-spec.ts';
import { type PartMeasure, truncateInSteps } from '../../truncate.ts';
import type { ChannelInfo } from '../guilds/channels.ts';
import type { MessageFormat } from '../send/receipts.ts';
import { DISCORD_STYLES } from '../styles.ts';
import { pageUrl } from './embed-message.ts';
import {
  card,
  cardWithFiles,
  galleryMedia,
  type Lead,
  type Message,
  type MessageForm,
} from './message-forms.ts';
import { withShortNames } from './short-names.ts';
import { fits } from './size-limits.ts';
import { formsToEdit, formsToSend, hidesEmbeds, STYLE_FORMS, type StyleForms } from './style-forms.ts';

/** The content of a Discord body. Forms are rendered on demand, each once. */
interface BodyForms {
  /** The form that the style's size limits apply to. */
  readonly message: Message;
  /** The beginning of the text, on one line; may be empty. */
  headline(): string;
  /** Which form to send depends on the channel. */
  needsChannel(): boolean;
  /** The style sends embeds to this channel, which would drop them. */
  hidesEmbeds(channel: ChannelInfo | undefined, pings: boolean): boolean;
  forms(channel: ChannelInfo | undefined, pings: boolean): readonly (() => readonly Message[])[];
  edits(channel: ChannelInfo | undefined, make: MessageFormat | undefined): readonly Message[];
  gallery(form: readonly Message[]): Gallery | undefined;
}

/** The media of a body that can be uploaded. The same object for all attempts. */
export interface Gallery {
  media(): readonly Media[];
  /** The message with uploads. `files`: `attachment://` addresses by media address. `undefined` if it would be too long. */
  message(files: ReadonlyMap<string, string>): Message | undefined;
}

/** Every part leaves room for a number of this length. */
const MAX_PARTS = 99;

/**
 * Renders a document as bodies within Discord's limits. `variant` as in `style-spec.ts`; `standard` is the default. Bodies of style
 * `auto` have the same text in every channel: each part fits both forms that a channel may get.
 */
export const render = (...args: Parameters<typeof renderInSteps>): readonly Body[] =>
  runToCompletion(renderInSteps(...args));

/** Yields between messages. */
export function* renderInSteps(
  document: Document,
  variant: string,
  texts: Texts,
  brief?: LongNoteFallback,
  standard = '',
): CooperativeTask<readonly Body[]> {
  const { style, longText } = parseStyleSpec(variant, standard, DISCORD_STYLES);
  const styleForms = STYLE_FORMS[style];
  const measured = [...new Set([styleForms.quiet[0], styleForms.announced[0]])];
  const whole = withShortNames(markStable(withJudgedLinks(document)));
  const url = pageUrl(whole);
  const headline = notificationText(whole);
  const lead: Lead = { headline, ...(url !== undefined && { url }) };
  const fitting = quickReject((part) => measured.every((form) => fits(form(part, texts, lead))));
  // Truncating counts the parts first; the result is then divided again.
  const divided = new WeakMap<Document, readonly Document[]>();
  const divide = function* (all: Document): CooperativeTask<readonly Document[]> {
    const cut = divided.get(all) ?? (yield* splitIntoParts(all, fitting));
    divided.set(all, cut);
    return cut;
  };
  const room: PartMeasure = {
    fits: fitting,
    *countParts(all) {
      return (yield* divide(all)).length;
    },
  };
  const cut = yield* divide(yield* truncateInSteps(whole, longText, brief, room));
  const bodies: Body[] = [];
  for (const [index, part] of cut.entries()) {
    const number = partNumber(index + 1, cut.length);
    const partLead = index === 0 ? lead : { ...lead, headline: `${headline} (${number})`.trim() };
    bodies.push({ cost: 1, call: bodyForms(part, styleForms, texts, partLead) });
    yield;
  }
  return bodies;
}

/** The channel has to be known before the body can be sent. */
export function needsChannel(body: Body): boolean {
  return (body.call as BodyForms).needsChannel();
}

/** The beginning of the text, on one line; empty if there is none. */
export function headlineOf(body: Body): string {
  return (body.call as BodyForms).headline();
}

/** The channel would drop the body's embeds, so that it gets another form. */
export function losesEmbeds(body: Body, channel?: ChannelInfo, pings = false): boolean {
  return (body.call as BodyForms).hidesEmbeds(channel, pings);
}

/** Forms to send, best first; each may take several messages. `pings`: this part mentions a role, or the first part did. */
export function formsOf(body: Body, channel?: ChannelInfo, pings = false): Generator<readonly Message[]> {
  return distinct((body.call as BodyForms).forms(channel, pings));
}

/** Forms for an edit, in the message's own format; none if the text is too long for one message. */
export function editFormsOf(
  body: Body,
  channel?: ChannelInfo,
  make?: MessageFormat,
): readonly (readonly [Message])[] {
  const edits = (body.call as BodyForms).edits(channel, make).map((edit) => () => [edit] as const);
  return [...distinct(edits)];
}

/** Skips forms equal to an earlier one: Discord would refuse them again. */
function* distinct<T extends readonly Message[]>(forms: readonly (() => T)[]): Generator<T> {
  const tried = new Set<string>();
  for (const form of forms) {
    const messages = form();
    const serialized = JSON.stringify(messages);
    if (!tried.has(serialized)) yield messages;
    tried.add(serialized);
  }
}

/** `undefined` for forms without galleries. */
export function galleryOf(body: Body, form: readonly Message[]): Gallery | undefined {
  return (body.call as BodyForms).gallery(form);
}

function* splitIntoParts(
  document: Document,
  fitting: (part: Document) => boolean,
): CooperativeTask<readonly Document[]> {
  const numbered = (part: Document, number: number, of: number) => [
    ...part,
    small(text(partNumber(number, of))),
  ];
  if (fitting(document)) return [document];
  const cut = yield* splitInSteps(document, (part) => fitting(numbered(part, MAX_PARTS, MAX_PARTS)));
  return cut.length > 1 ? cut.map((part, index) => numbered(part, index + 1, cut.length)) : cut;
}

function bodyForms(part: Document, styleForms: StyleForms, texts: Texts, lead: Lead): BodyForms {
  const made = new Map<MessageForm, Message>();
  const messageIn = (form: MessageForm): Message => {
    const message = made.get(form) ?? form(part, texts, lead);
    made.set(form, message);
    return message;
  };
  /** In several messages if necessary. */
  const inFull = (form: MessageForm) => (): readonly Message[] => {
    const message = messageIn(form);
    if (fits(message)) return [message];
    return split(part, (piece) => fits(form(piece, texts, lead))).map((piece) => form(piece, texts, lead));
  };
  const gallery: Gallery = {
    media: () => galleryMedia(part, texts),
    message(files) {
      const message = cardWithFiles(files)(part, texts, lead);
      return fits(message) ? message : undefined;
    },
  };
  return {
    message: messageIn(styleForms.quiet[0]),
    headline: () => lead.headline,
    needsChannel: () => styleForms.quiet !== styleForms.announced,
    hidesEmbeds: (channel, pings) => hidesEmbeds(styleForms, channel, pings),
    forms: (channel, pings) => formsToSend(styleForms, channel, pings).map(inFull),
    edits: (channel, make) => {
      const { best, last } = formsToEdit(styleForms, channel, make);
      const made = best.map(messageIn);
      const fitting = made.some(fits) || make ? made.filter(fits) : made.slice(0, 1);
      // The last resort is for refused messages, not for long ones.
      return fitting.length > 0 ? [...fitting, ...last.map(messageIn).filter(fits)] : [];
    },
    gallery: ([message]) => (message && message === made.get(card) ? gallery : undefined),
  };
}

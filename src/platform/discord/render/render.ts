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

/** What a body of Discord's holds. Forms are made when they are asked for, each once. */
interface BodyForms {
  /** The form that the style is measured by. */
  readonly message: Message;
  /** What it says first, on one line; may be empty. */
  headline(): string;
  /** Whether its look depends on the channel. */
  needsChannel(): boolean;
  /** Whether it would be embeds there, and nobody would see them. */
  hidesEmbeds(channel: ChannelInfo | undefined, pings: boolean): boolean;
  forms(channel: ChannelInfo | undefined, pings: boolean): readonly (() => readonly Message[])[];
  edits(channel: ChannelInfo | undefined, make: MessageFormat | undefined): readonly Message[];
  gallery(form: readonly Message[]): Gallery | undefined;
}

/** What of a body may be uploaded. One object for all tries of a body. */
export interface Gallery {
  media(): readonly Media[];
  /** The message with uploads, by the addresses of what they are; `undefined` where it would be too long. */
  message(files: ReadonlyMap<string, string>): Message | undefined;
}

/** The longest number that a part can carry, to keep room for it. */
const MAX_PARTS = 99;

/**
 * The document as bodies within Discord's limits. `variant` as in `readVariant`, `standard` for what it leaves open.
 * Whatever place a body of style `auto` goes to, its text is the same: parts fit both of the looks it may get there.
 */
export const render = (...given: Parameters<typeof renderInSteps>): readonly Body[] =>
  runToCompletion(renderInSteps(...given));

/** The same, message by message. */
export function* renderInSteps(
  document: Document,
  variant: string,
  texts: Texts,
  brief?: LongNoteFallback,
  standard = '',
): CooperativeTask<readonly Body[]> {
  const { style, longText } = parseStyleSpec(variant, standard, DISCORD_STYLES);
  const looks = STYLE_FORMS[style];
  const measured = [...new Set([looks.quiet[0], looks.announced[0]])];
  const whole = withShortNames(markStable(withJudgedLinks(document)));
  const url = pageUrl(whole);
  const headline = notificationText(whole);
  const lead: Lead = { headline, ...(url !== undefined && { url }) };
  const fitting = quickReject((part) => measured.every((form) => fits(form(part, texts, lead))));
  // What is cut short is divided to see how many parts it takes, and then for good.
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
    const said = index === 0 ? lead : { ...lead, headline: `${headline} (${number})`.trim() };
    bodies.push({ cost: 1, call: bodyForms(part, looks, texts, said) });
    yield;
  }
  return bodies;
}

/** Whether the channel that a body goes to must be known before it can be sent. */
export function needsChannel(body: Body): boolean {
  return (body.call as BodyForms).needsChannel();
}

/** What the body says first, on one line; empty where it has no words. */
export function headlineOf(body: Body): string {
  return (body.call as BodyForms).headline();
}

/** Whether a body has embeds that the channel would not show, so that it gets another form there. */
export function losesEmbeds(body: Body, channel?: ChannelInfo, pings = false): boolean {
  return (body.call as BodyForms).hidesEmbeds(channel, pings);
}

/**
 * The forms to send a body in, one after the other while they are refused; each may take several messages. `pings`: it
 * pings a role, or goes with a part that did.
 */
export function formsOf(body: Body, channel?: ChannelInfo, pings = false): Generator<readonly Message[]> {
  return distinct((body.call as BodyForms).forms(channel, pings));
}

/** The forms to put in the place of a message that stands, made as it was; none where the text is too long for that. */
export function editFormsOf(
  body: Body,
  channel?: ChannelInfo,
  make?: MessageFormat,
): readonly (readonly [Message])[] {
  const edits = (body.call as BodyForms).edits(channel, make).map((edit) => () => [edit] as const);
  return [...distinct(edits)];
}

/** What is the same as before would be refused as before. */
function* distinct<T extends readonly Message[]>(forms: readonly (() => T)[]): Generator<T> {
  const tried = new Set<string>();
  for (const form of forms) {
    const messages = form();
    const said = JSON.stringify(messages);
    if (!tried.has(said)) yield messages;
    tried.add(said);
  }
}

/** What of this form of a body may be uploaded; `undefined` for forms without galleries. */
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

function bodyForms(part: Document, looks: StyleForms, texts: Texts, lead: Lead): BodyForms {
  const made = new Map<MessageForm, Message>();
  const messageIn = (form: MessageForm): Message => {
    const message = made.get(form) ?? form(part, texts, lead);
    made.set(form, message);
    return message;
  };
  /** In several messages where it takes that. */
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
    message: messageIn(looks.quiet[0]),
    headline: () => lead.headline,
    needsChannel: () => looks.quiet !== looks.announced,
    hidesEmbeds: (channel, pings) => hidesEmbeds(looks, channel, pings),
    forms: (channel, pings) => formsToSend(looks, channel, pings).map(inFull),
    edits: (channel, make) => {
      const { best, last } = formsToEdit(looks, channel, make);
      const made = best.map(messageIn);
      const fitting = made.some(fits) || make ? made.filter(fits) : made.slice(0, 1);
      // Words alone are for what was refused, and not for what is long.
      return fitting.length > 0 ? [...fitting, ...last.map(messageIn).filter(fits)] : [];
    },
    gallery: ([message]) => (message && message === made.get(card) ? gallery : undefined),
  };
}

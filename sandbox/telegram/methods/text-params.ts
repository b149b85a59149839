import { type JsonObject, jsonParam, type Params, stringField, stringParam } from '../http/params.ts';
import { badRequest } from '../http/refusal.ts';
import { type FormattedText, formatText, type TextInput } from '../text/formatted-text.ts';
import type { Content } from '../world/api-types.ts';

/** UTF-16 code units after the entities were parsed. */
const MAX_TEXT = 4096;
const MAX_CAPTION = 1024;

/** The text of `sendMessage` and `editMessageText`. */
export function readText(input: TextInput): FormattedText {
  if (input.text === '') throw badRequest('message text is empty');
  const formatted = formatText(input);
  if (!/[^\s\u200b-\u200f\u2060\ufeff]/u.test(formatted.text)) throw badRequest('text must be non-empty');
  if (formatted.text.length > MAX_TEXT) throw badRequest('message is too long');
  return formatted;
}

/** A caption; empty if there is none. */
export function readCaption(input: TextInput): FormattedText {
  const formatted = formatText(input);
  if (formatted.text.length > MAX_CAPTION) throw badRequest('message caption is too long');
  return formatted;
}

/** The text or caption arguments of a call. */
export function readTextParams(params: Params, name: 'text' | 'caption'): TextInput {
  const entities = name === 'text' ? 'entities' : 'caption_entities';
  return {
    text: stringParam(params, name),
    parseMode: stringParam(params, 'parse_mode'),
    entities: jsonParam(params, entities, 'entities'),
  };
}

/** The caption of an item of `media`. */
export function captionField(media: JsonObject): TextInput {
  return {
    text: stringField(media, 'caption') ?? '',
    parseMode: stringField(media, 'parse_mode') ?? '',
    entities: media['caption_entities'],
  };
}

export function textContent({ text, entities }: FormattedText): Content {
  return { text, ...(entities.length > 0 && { entities }) };
}

export function captionContent({ text, entities }: FormattedText): Content {
  if (text === '') return {};
  return { caption: text, ...(entities.length > 0 && { caption_entities: entities }) };
}

import { badRequest } from '../http/refusal.ts';
import type { Entity } from '../world/api-types.ts';
import { cleanText, trimText } from './clean-text.ts';
import { readEntities } from './entity-input.ts';
import { nestEntities, sortEntities } from './entity-rules.ts';
import { findEntities, overlap } from './find-entities.ts';
import { parseHtml } from './html.ts';
import { parseMarkdownV2 } from './markdown-v2.ts';
import { type Marked, MarkupError } from './markup.ts';

/** Any more are dropped silently. */
const MAX_ENTITIES = 100;
/** Maximum size of the entities as the server stores them, which isn't documented. */
const MAX_ENTITY_BYTES = 9_500;
const MAX_SOURCE_BYTES = 32_768;

const PARSERS: ReadonlyMap<string, (source: string) => Marked> = new Map(
  Object.entries({
    html: parseHtml,
    markdownv2: parseMarkdownV2,
  }),
);

/** A text from a bot, with markup or with its entities as decoded JSON. */
export interface TextInput {
  readonly text: string;
  readonly parseMode: string;
  readonly entities: unknown;
}

/** The text as users see it, with all entities, including those that the server detects. */
export interface FormattedText {
  readonly text: string;
  readonly entities: readonly Entity[];
}

/** Parses, cleans and trims a text as the server does. The result may be empty. */
export function formatText(input: TextInput): FormattedText {
  const marked = readMarkup(input);
  for (const { offset, length } of marked.entities) {
    if (offset < 0 || offset > 1_000_000)
      throw badRequest(`receive an entity with incorrect offset ${offset}`);
    if (length < 0 || length > 1_000_000)
      throw badRequest(`receive an entity with incorrect length ${length}`);
  }
  const cleaned = cleanText(marked.text, nestEntities(marked.entities));
  const trimmed = trimText(cleaned.text, nestEntities(cleaned.entities));
  const weight = trimmed.entities.reduce((sum, entity) => sum + weigh(entity), 0);
  if (weight > MAX_ENTITY_BYTES) throw badRequest('ENTITIES_TOO_LONG');
  return { text: trimmed.text, entities: withFound(trimmed.text, trimmed.entities.slice(0, MAX_ENTITIES)) };
}

function readMarkup({ text, parseMode, entities }: TextInput): Marked {
  if (!text.isWellFormed()) throw badRequest('strings must be encoded in UTF-8');
  if (Buffer.byteLength(text) > MAX_SOURCE_BYTES) throw badRequest('text is too long');
  const mode = parseMode.toLowerCase();
  if (text === '' || mode === '' || mode === 'none') return { text, entities: readEntities(entities) };
  const parse = PARSERS.get(mode);
  if (!parse) throw badRequest('unsupported parse_mode');
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof MarkupError)) throw error;
    throw badRequest(`can't parse entities: ${error.message}`);
  }
}

/** Position and type take 12 bytes, plus the address or language. */
function weigh({ url, language }: Entity): number {
  return 12 + [url, language].reduce((sum, extra) => sum + (extra ? Buffer.byteLength(extra) + 4 : 0), 0);
}

/** The bot's entities win: detected ones must not cross them, and nothing is detected in links and code. */
function withFound(text: string, given: readonly Entity[]): readonly Entity[] {
  const closed = given.filter(({ type }) =>
    /^(code|pre|text_link|text_mention|custom_emoji|date_time)$/.test(type),
  );
  const found = findEntities(text).filter((entity) => !closed.some((other) => overlap(other, entity)));
  return sortEntities([...given, ...found.slice(0, MAX_ENTITIES - given.length)]);
}

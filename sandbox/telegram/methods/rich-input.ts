import { isObject, type JsonObject, jsonParam, type Params } from '../http/params.ts';
import { badRequest, Refusal } from '../http/refusal.ts';
import type { World } from '../world/world.ts';

/** Limits of Bot API 10.1, `InputRichMessage`. */
const MAX_CHARACTERS = 32_768;
const MAX_BLOCKS = 500;
const MAX_MEDIA = 50;
const FORMS = ['html', 'markdown', 'blocks'];
const MEDIA: readonly unknown[] = ['photo', 'video', 'animation', 'audio', 'document', 'voice_note'];
const WORDS =
  'paragraph heading pre footer divider list blockquote expandable_blockquote pullquote collage slideshow table details buttons';
const BLOCKS: readonly unknown[] = [...MEDIA, ...WORDS.split(' ')];

/** The rich message of a call. For `html` and `markdown`, only the length is checked. */
export function readRich(world: World, params: Params): JsonObject {
  if (!world.richMessages) throw new Refusal(404, 'Not Found: method not found');
  const rich = jsonParam(params, 'rich_message', 'rich message');
  if (!isObject(rich)) throw badRequest('rich message is empty');
  const forms = FORMS.filter((form) => rich[form] !== undefined && rich[form] !== '');
  if (forms.length !== 1)
    throw badRequest('exactly one of the fields html, markdown and blocks must be used');
  const written = rich['html'] ?? rich['markdown'];
  const size =
    typeof written === 'string' ? { characters: written.length, blocks: 0, media: 0 } : sizeOf(rich);
  if (size.characters > MAX_CHARACTERS || size.blocks > MAX_BLOCKS || size.media > MAX_MEDIA)
    throw badRequest('RICH_MESSAGE_TOO_LONG');
  return rich;
}

interface Size {
  readonly characters: number;
  readonly blocks: number;
  readonly media: number;
}

function sizeOf(rich: JsonObject): Size {
  const blocks = blocksIn(rich['blocks']);
  return {
    blocks: blocks.length,
    media: blocks.filter(({ type }) => MEDIA.includes(type)).length,
    characters: blocks.reduce(
      (sum, { text, summary, credit }) => sum + lengthOf(text) + lengthOf(summary) + lengthOf(credit),
      0,
    ),
  };
}

/** The number of blocks, including nested ones and list items. */
function blocksIn(value: unknown): readonly JsonObject[] {
  if (!Array.isArray(value) || value.length === 0) throw badRequest('rich message must be non-empty');
  return value.flatMap((block: unknown): readonly JsonObject[] => {
    if (!isObject(block) || !BLOCKS.includes(block['type']))
      throw badRequest('unknown type of rich message block');
    const items = Array.isArray(block['items']) ? block['items'].filter(isObject) : [];
    const nested = block['blocks'] === undefined ? [] : blocksIn(block['blocks']);
    return [block, ...nested, ...items.flatMap((item) => [item, ...blocksIn(item['blocks'])])];
  });
}

function lengthOf(text: unknown): number {
  if (typeof text === 'string') return text.length;
  if (Array.isArray(text)) return text.reduce((sum: number, one) => sum + lengthOf(one), 0);
  return isObject(text) ? lengthOf(text['text']) : 0;
}

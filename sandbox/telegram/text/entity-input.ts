import { isObject, type JsonObject, requiredInteger, requiredString, stringField } from '../http/params.ts';
import { badRequest, parsing } from '../http/refusal.ts';
import type { Entity } from '../world/api-types.ts';
import { normalizeLink } from './links.ts';

/** Detected by the server itself; ignored if a bot sends them. */
const FOUND = new Set([
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bank_card_number',
]);

/** Reads the fields that each type has besides its position; `undefined` drops the entity silently. */
const READERS: ReadonlyMap<string, (object: JsonObject) => Partial<Entity> | undefined> = new Map(
  Object.entries({
    bold: () => ({}),
    italic: () => ({}),
    underline: () => ({}),
    strikethrough: () => ({}),
    spoiler: () => ({}),
    blockquote: () => ({}),
    expandable_blockquote: () => ({}),
    code: () => ({}),
    pre: (object: JsonObject) => {
      const language = stringField(object, 'language');
      return language ? { language } : {};
    },
    text_link: (object: JsonObject) => {
      const url = normalizeLink(requiredString(object, 'url'));
      return url ? { url } : undefined;
    },
    text_mention: (object: JsonObject) => {
      const user = object['user'];
      if (!isObject(user)) throw badRequest('Can\'t find field "user"');
      const name = stringField(user, 'first_name') ?? '';
      return { user: { id: requiredInteger(user, 'id'), is_bot: false, first_name: name } };
    },
    custom_emoji: (object: JsonObject) => ({ custom_emoji_id: requiredString(object, 'custom_emoji_id') }),
    date_time: (object: JsonObject) => {
      const format = stringField(object, 'date_time_format');
      return { unix_time: requiredInteger(object, 'unix_time'), ...(format && { date_time_format: format }) };
    },
  }),
);

/** Reads a bot's entities from decoded JSON. Anything but an array counts as none. */
export function readEntities(value: unknown): readonly Entity[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => parsing('MessageEntity', () => readEntity(item)));
}

function readEntity(item: unknown): readonly Entity[] {
  if (!isObject(item)) throw badRequest('expected an Object');
  const offset = requiredInteger(item, 'offset');
  const length = requiredInteger(item, 'length');
  const type = requiredString(item, 'type');
  if (FOUND.has(type)) return [];
  const read = READERS.get(type);
  if (!read) throw badRequest('Unsupported type specified');
  const rest = read(item);
  return rest ? [{ type, offset, length, ...rest }] : [];
}

import { takeQuery } from './callbacks.ts';
import { readKeyboard } from './keyboard.ts';
import type { Methods } from './method.ts';
import {
  flagParam,
  integerParam,
  isObject,
  type JsonObject,
  jsonParam,
  requiredString,
  stringField,
  stringParam,
} from './params.ts';
import { badRequest } from './refusal.ts';
import { readText } from './text-params.ts';

const MAX_RESULTS = 50;
const MAX_BYTES = 64;

export const inlineMethods: Methods = {
  answerInlineQuery(world, params) {
    const queryId = stringParam(params, 'inline_query_id');
    const given = jsonParam(params, 'results', 'inline query results') ?? [];
    if (!Array.isArray(given)) throw badRequest('expected an Array of inline query results');
    if (given.length > MAX_RESULTS) throw badRequest('RESULTS_TOO_MUCH');
    const results = given.map(readResult);
    const ids = results.map((result) => String(result['id']));
    if (ids.some((id) => id === '' || Buffer.byteLength(id) > MAX_BYTES))
      throw badRequest('RESULT_ID_INVALID');
    if (new Set(ids).size < ids.length) throw badRequest('RESULT_ID_DUPLICATE');
    const nextOffset = stringParam(params, 'next_offset');
    if (Buffer.byteLength(nextOffset) > MAX_BYTES) throw badRequest('NEXT_OFFSET_INVALID');
    takeQuery(world, queryId, 'inline');
    world.events.emit('inline-answer', {
      queryId,
      results,
      nextOffset,
      cacheTime: integerParam(params, 'cache_time', 300),
      isPersonal: flagParam(params, 'is_personal'),
    });
    return true;
  },
};

/** A result with its text as readers would see it. */
function readResult(value: unknown): JsonObject {
  if (!isObject(value))
    throw badRequest("can't parse inline query result: inline query result must be an object");
  const type = requiredString(value, 'type');
  requiredString(value, 'id');
  if (type === 'article' && stringField(value, 'title') === undefined) {
    throw badRequest('can\'t parse inline query result: Can\'t find field "title"');
  }
  const keyboard = value['reply_markup'];
  if (keyboard !== undefined)
    readKeyboard({ fields: { reply_markup: JSON.stringify(keyboard) }, files: new Map() });
  const content = value['input_message_content'];
  if (!isObject(content)) {
    if (type === 'article') throw badRequest('input message content is not specified');
    return value;
  }
  if (content['message_text'] === undefined) return value;
  const text = readText({
    text: stringField(content, 'message_text') ?? '',
    parseMode: stringField(content, 'parse_mode') ?? '',
    entities: content['entities'],
  });
  const { text: message_text, entities } = text;
  return { ...value, input_message_content: { ...content, message_text, entities } };
}

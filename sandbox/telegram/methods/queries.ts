import {
  flagParam,
  integerParam,
  isObject,
  type JsonObject,
  jsonParam,
  requiredString,
  stringField,
  stringParam,
} from '../http/params.ts';
import { badRequest, parsing } from '../http/refusal.ts';
import { checkLink } from '../text/links.ts';
import type { Query, World } from '../world/world.ts';
import { readKeyboard } from './keyboard.ts';
import type { Methods } from './method.ts';
import { readText } from './text-params.ts';

const MAX_ANSWER = 200;

export const callbackMethods: Methods = {
  answerCallbackQuery(world, params) {
    const queryId = stringParam(params, 'callback_query_id');
    const text = stringParam(params, 'text');
    if (text.length > MAX_ANSWER) throw badRequest('MESSAGE_TOO_LONG');
    integerParam(params, 'cache_time');
    takeQuery(world, queryId, 'callback');
    const url = stringParam(params, 'url');
    world.events.emit('callback-answer', { queryId, text, alert: flagParam(params, 'show_alert'), url });
    return true;
  },
};

/** A query can be answered only once, and only for a short time. */
function takeQuery(world: World, queryId: string, kind: Query['kind']): void {
  const query = world.queries.get(queryId);
  if (query?.kind !== kind || world.now() - query.askedAt > world.queryTtlMs) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  }
  world.queries.delete(queryId);
}

const MAX_RESULTS = 50;
const MAX_BYTES = 64;

export const inlineMethods: Methods = {
  answerInlineQuery(world, params) {
    const queryId = stringParam(params, 'inline_query_id');
    const given = jsonParam(params, 'results', 'inline query results') ?? [];
    if (!Array.isArray(given)) throw badRequest('expected an Array of inline query results');
    if (given.length > MAX_RESULTS) throw badRequest('RESULTS_TOO_MUCH');
    const results = given.map(readResult);
    for (const result of results) checkResult(result);
    const ids = results.map((result) => String(result['id']));
    if (ids.some((id) => id === '' || Buffer.byteLength(id) > MAX_BYTES))
      throw badRequest('RESULT_ID_INVALID');
    if (new Set(ids).size < ids.length) throw badRequest('RESULT_ID_DUPLICATE');
    const nextOffset = stringParam(params, 'next_offset');
    if (Buffer.byteLength(nextOffset) > MAX_BYTES) throw badRequest('NEXT_OFFSET_INVALID');
    checkButton(jsonParam(params, 'button', 'inline query results button'));
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

/** The button above the results, which opens a Mini App or the bot (Bot API, `InlineQueryResultsButton`). */
function checkButton(value: unknown): void {
  if (value === undefined) return;
  parsing('inline query results button', () => {
    if (!isObject(value)) throw badRequest('Button must be of type Object');
    requiredString(value, 'text');
    const parameter = stringField(value, 'start_parameter');
    if ((parameter === undefined) === (value['web_app'] === undefined))
      throw badRequest('exactly one of the fields "web_app" and "start_parameter" must be used');
    if (parameter !== undefined && !/^[\w-]{1,64}$/.test(parameter)) throw badRequest('START_PARAM_INVALID');
  });
}

/** A result with its text as readers would see it. */
function readResult(value: unknown): JsonObject {
  return parsing('inline query result', () => {
    if (!isObject(value)) throw badRequest('inline query result must be an object');
    const type = requiredString(value, 'type');
    requiredString(value, 'id');
    if (type === 'article') requiredString(value, 'title');
    const keyboard = value['reply_markup'];
    if (keyboard !== undefined)
      readKeyboard({ fields: { reply_markup: JSON.stringify(keyboard) }, files: new Map() });
    const content = value['input_message_content'];
    if (!isObject(content)) {
      if (type === 'article') throw badRequest('input message content is not specified');
      return value;
    }
    return content['message_text'] === undefined
      ? value
      : { ...value, input_message_content: readContent(content) };
  });
}

/** Refusals by Telegram itself, behind the Bot API server. */
function checkResult(result: JsonObject): void {
  if (result['type'] === 'article' && stringField(result, 'title')?.trim() === '')
    throw badRequest('ARTICLE_TITLE_EMPTY');
  for (const name of ['url', 'thumbnail_url']) {
    const address = stringField(result, name);
    if (address !== undefined && 'problem' in checkLink(address)) throw badRequest('WEBDOCUMENT_URL_INVALID');
  }
}

function readContent(content: JsonObject): JsonObject {
  const preview = content['link_preview_options'];
  if (preview !== undefined && !isObject(preview))
    throw badRequest('object expected as link preview options');
  const { text: message_text, entities } = readText({
    text: stringField(content, 'message_text') ?? '',
    parseMode: stringField(content, 'parse_mode') ?? '',
    entities: content['entities'],
  });
  return { ...content, message_text, entities };
}

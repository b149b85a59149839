import {
  flagField,
  isObject,
  type JsonObject,
  jsonParam,
  type Params,
  requiredString,
  stringField,
} from '../http/params.ts';
import { badRequest, parsing } from '../http/refusal.ts';
import { checkLink } from '../text/links.ts';
import type { Button, Keyboard } from '../world/api-types.ts';

const MAX_CALLBACK_BYTES = 64;
const MAX_BUTTONS = 100;
const MAX_HINT = 64;
const MAX_KEYBOARD_BYTES = 10_240;
/** A button without one of these is a text button. */
const ACTIONS = [
  'url',
  'callback_data',
  'callback_game',
  'pay',
  'switch_inline_query',
  'switch_inline_query_chosen_chat',
  'switch_inline_query_current_chat',
  'login_url',
  'web_app',
  'copy_text',
  'disabled',
];
const STYLES = ['danger', 'success', 'primary'];

/** The inline keyboard in `reply_markup`; `undefined` if it is missing, empty or of another type. */
export function readKeyboard(params: Params): Keyboard | undefined {
  const given = jsonParam(params, 'reply_markup', 'reply keyboard markup');
  if (given === undefined) return undefined;
  if (!isObject(given)) throw badRequest('object expected as reply markup');
  const rows = given['inline_keyboard'];
  if (rows === undefined) return undefined;
  if (!Array.isArray(rows)) throw badRequest('Field "inline_keyboard" must be of type Array');
  const keyboard = rows.map((row: unknown) => {
    if (!Array.isArray(row)) {
      throw badRequest('Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays');
    }
    return row.map(readButton);
  });
  const kept = keyboard.filter((row) => row.length > 0);
  if (kept.flat().length > MAX_BUTTONS || Buffer.byteLength(JSON.stringify(kept)) > MAX_KEYBOARD_BYTES) {
    throw badRequest('reply markup is too long');
  }
  for (const button of kept.flat()) checkButton(button);
  return kept.length > 0 ? { inline_keyboard: kept } : undefined;
}

/** The placeholder of a forced reply (Bot API, `ForceReply`); `undefined` if there is none. */
export function readForceReply(params: Params): string | undefined {
  const given = jsonParam(params, 'reply_markup', 'reply keyboard markup');
  if (!isObject(given) || given['force_reply'] === undefined) return undefined;
  if (given['inline_keyboard'] !== undefined) throw badRequest('reply markup is of two kinds');
  if (!flagField(given, 'force_reply')) throw badRequest('Field "force_reply" must be True');
  flagField(given, 'selective');
  const hint = stringField(given, 'input_field_placeholder') ?? '';
  if (Array.from(hint).length > MAX_HINT) throw badRequest('input field placeholder is too long');
  return hint;
}

function readButton(value: unknown): Button {
  return parsing('inline keyboard button', () => {
    if (!isObject(value)) throw badRequest('InlineKeyboardButton must be an Object');
    return readFields(value);
  });
}

function readFields(value: JsonObject): Button {
  const text = requiredString(value, 'text');
  const url = stringField(value, 'url');
  const callback = stringField(value, 'callback_data');
  const hasAction = ACTIONS.some((name) => value[name] !== undefined && value[name] !== '');
  if (!hasAction) throw badRequest('Text buttons are unallowed in the inline keyboard');
  const style = stringField(value, 'style');
  if (style !== undefined && !STYLES.includes(style)) throw badRequest('invalid button style specified');
  return {
    ...value,
    text,
    ...(url !== undefined && { url }),
    ...(callback !== undefined && { callback_data: callback }),
  };
}

function checkButton(button: Button): void {
  if (!button.text.isWellFormed()) throw badRequest('inline keyboard button text must be encoded in UTF-8');
  if (button.text.trim() === '') throw badRequest('BUTTON_TEXT_INVALID');
  if (button.url) checkButtonUrl(button.url);
  const bytes = Buffer.byteLength(button.callback_data ?? '');
  if (bytes > MAX_CALLBACK_BYTES) throw badRequest('BUTTON_DATA_INVALID');
}

function checkButtonUrl(url: string): void {
  const checked = checkLink(url);
  if ('problem' in checked) {
    throw badRequest(`inline keyboard button URL '${url}' is invalid: ${checked.problem}`);
  }
  if (Buffer.byteLength(url) > 2_048) throw badRequest('BUTTON_URL_INVALID');
}

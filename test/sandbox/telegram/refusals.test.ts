import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeTelegram, startTelegram } from '../../../sandbox/telegram/telegram.ts';
import type { User } from '../../../sandbox/telegram/world/api-types.ts';
import { call } from './call.fixture.ts';

let telegram: FakeTelegram;
let wren: User;

beforeAll(async () => {
  telegram = await startTelegram();
  wren = telegram.person({ firstName: 'Wren' });
});
afterAll(() => telegram.stop());

const button = (more: object, text = 'x') => ({ reply_markup: { inline_keyboard: [[{ text, ...more }]] } });
const times = <Value>(length: number, value: Value) => Array.from({ length }, () => value);

test.each<[string, string, object, string]>([
  ['an empty text', 'sendMessage', { text: '' }, 'message text is empty'],
  ['no text', 'sendMessage', {}, 'message text is empty'],
  ['half an emoji', 'sendMessage', { text: 'a\ud83d' }, 'strings must be encoded in UTF-8'],
  [
    'half an emoji on a button',
    'sendMessage',
    { text: 'x', ...button({ callback_data: 'x' }, '\ud83d') },
    'inline keyboard button text must be encoded in UTF-8',
  ],
  ['white space', 'sendMessage', { text: ' \n ' }, 'text must be non-empty'],
  ['4097 characters', 'sendMessage', { text: 'x'.repeat(4097) }, 'message is too long'],
  ['another parse mode', 'sendMessage', { text: 'x', parse_mode: 'BBCode' }, 'unsupported parse_mode'],
  [
    'an entity without type',
    'sendMessage',
    { text: 'x', entities: [{ offset: 0, length: 1 }] },
    `can't parse MessageEntity: Can't find field "type"`,
  ],
  [
    'an unknown entity',
    'sendMessage',
    { text: 'x', entities: [{ type: 'blink', offset: 0, length: 1 }] },
    `can't parse MessageEntity: Unsupported type specified`,
  ],
  [
    'an entity behind the end',
    'sendMessage',
    { text: 'x', entities: [{ type: 'bold', offset: 2, length: 1 }] },
    'entity begins after the end of the text at UTF-16 offset 2',
  ],
  [
    'an entity over the end',
    'sendMessage',
    { text: 'x', entities: [{ type: 'bold', offset: 0, length: 2 }] },
    'entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2',
  ],
  [
    'an entity in half an emoji',
    'sendMessage',
    { text: '🐦x', entities: [{ type: 'bold', offset: 1, length: 1 }] },
    'entity begins in a middle of a UTF-16 symbol at byte offset 4',
  ],
  [
    'heavy entities',
    'sendMessage',
    {
      text: 'x'.repeat(100),
      entities: Array.from({ length: 100 }, (_, offset) => ({
        type: 'text_link',
        offset,
        length: 1,
        url: `https://bird.example/${'x'.repeat(80)}`,
      })),
    },
    'ENTITIES_TOO_LONG',
  ],
  [
    'long callback data',
    'sendMessage',
    { text: 'x', ...button({ callback_data: 'ä'.repeat(33) }) },
    'BUTTON_DATA_INVALID',
  ],
  [
    'a button without action',
    'sendMessage',
    { text: 'x', ...button({}) },
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
  ],
  [
    'a button without text',
    'sendMessage',
    { text: 'x', ...button({ callback_data: 'x' }, '') },
    'BUTTON_TEXT_INVALID',
  ],
  [
    'a button to a local host',
    'sendMessage',
    { text: 'x', ...button({ url: 'http://localhost:80' }) },
    "inline keyboard button URL 'http://localhost:80' is invalid: Wrong HTTP URL",
  ],
  [
    'a button to another protocol',
    'sendMessage',
    { text: 'x', ...button({ url: 'nostr://x' }) },
    "inline keyboard button URL 'nostr://x' is invalid: Unsupported URL protocol",
  ],
  [
    'a flat keyboard',
    'sendMessage',
    { text: 'x', reply_markup: { inline_keyboard: [{ text: 'x' }] } },
    'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
  ],
  [
    'a keyboard that is no JSON',
    'sendMessage',
    { text: 'x', reply_markup: '{' },
    "can't parse reply keyboard markup JSON object",
  ],
  [
    '101 buttons',
    'sendMessage',
    { text: 'x', reply_markup: { inline_keyboard: times(101, [{ text: 'x', callback_data: 'x' }]) } },
    'reply markup is too long',
  ],
  [
    'a reply to nothing',
    'sendMessage',
    { text: 'x', reply_parameters: { message_id: 999 } },
    'message to be replied not found',
  ],
  [
    'a topic where there are none',
    'sendMessage',
    { text: 'x', message_thread_id: 5 },
    'message thread not found',
  ],
  ['a photo without photo', 'sendPhoto', {}, 'there is no photo in the request'],
  [
    'a long caption',
    'sendPhoto',
    { photo: 'https://bird.example/a.jpg', caption: 'x'.repeat(1025) },
    'message caption is too long',
  ],
  [
    'a page as photo',
    'sendPhoto',
    { photo: 'https://bird.example/page' },
    'wrong type of the web page content',
  ],
  [
    'an SVG as photo',
    'sendPhoto',
    { photo: 'https://bird.example/a.svg' },
    'wrong type of the web page content',
  ],
  ['a local address as photo', 'sendPhoto', { photo: 'http://localhost/a.jpg' }, 'wrong HTTP URL specified'],
  [
    'an unknown file id',
    'sendPhoto',
    { photo: 'AgACAgIAAxkDAAI999999' },
    "wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
  ],
  [
    'an album of one',
    'sendMediaGroup',
    { media: [{ type: 'photo', media: 'https://bird.example/a.jpg' }] },
    'too few messages to send as an album',
  ],
  [
    'an album of eleven',
    'sendMediaGroup',
    { media: times(11, { type: 'photo', media: 'https://bird.example/a.jpg' }) },
    'too many messages to send as an album',
  ],
  [
    'a mixed album',
    'sendMediaGroup',
    {
      media: [
        { type: 'photo', media: 'https://bird.example/a.jpg' },
        { type: 'document', media: 'https://bird.example/a.pdf' },
      ],
    },
    "document can't be mixed with other media types",
  ],
  [
    'an animation in an album',
    'sendMediaGroup',
    { media: times(2, { type: 'animation', media: 'https://bird.example/a.gif' }) },
    `can't parse InputMedia: type "animation" can't be used in sendMediaGroup`,
  ],
  [
    'an album without files',
    'sendMediaGroup',
    { media: times(2, { type: 'photo', media: 'attach://x' }) },
    "can't parse InputMedia: media not found",
  ],
  [
    'a bad item in an album',
    'sendMediaGroup',
    {
      media: [
        { type: 'photo', media: 'https://bird.example/a.jpg' },
        { type: 'photo', media: 'https://bird.example/page' },
      ],
    },
    'failed to send message #2 with the error message "WEBPAGE_MEDIA_EMPTY"',
  ],
  ['an edit of nothing', 'editMessageText', { text: 'x', message_id: 999 }, 'message to edit not found'],
  ['a deletion of nothing', 'deleteMessage', { message_id: 999 }, 'message to delete not found'],
  ['a deletion of no ids', 'deleteMessages', {}, 'message identifiers are not specified'],
  [
    'a deletion of 101',
    'deleteMessages',
    { message_ids: Array.from({ length: 101 }, (_, id) => id + 1) },
    'too many message identifiers specified',
  ],
  ['a copy of nothing', 'copyMessage', { from_chat_id: 0, message_id: 1 }, 'chat not found'],
  ['an unknown action', 'sendChatAction', { action: 'dancing' }, 'wrong parameter action in request'],
  [
    'a stale query',
    'answerCallbackQuery',
    { callback_query_id: '1' },
    'query is too old and response timeout expired or query ID is invalid',
  ],
  [
    'a long notice',
    'answerCallbackQuery',
    { callback_query_id: '1', text: 'x'.repeat(201) },
    'MESSAGE_TOO_LONG',
  ],
  [
    'a command in capitals',
    'setMyCommands',
    { commands: [{ command: 'Start', description: 'x' }] },
    'BOT_COMMAND_INVALID',
  ],
  [
    'a command without description',
    'setMyCommands',
    { commands: [{ command: 'start', description: ' ' }] },
    'BOT_COMMAND_DESCRIPTION_INVALID',
  ],
  [
    '101 commands',
    'setMyCommands',
    { commands: times(101, { command: 'a', description: 'x' }) },
    'BOT_COMMANDS_TOO_MUCH',
  ],
  [
    'an unknown scope',
    'setMyCommands',
    { scope: { type: 'moon' } },
    "can't parse BotCommandScope: Unsupported type specified",
  ],
  ['a long language', 'setMyCommands', { language_code: 'english' }, 'invalid language code specified'],
  ['an unknown file', 'getFile', { file_id: 'x' }, 'invalid file_id'],
])('%s is refused', async (_, method, payload, problem) => {
  const reply = await call(telegram, method, { chat_id: wren.id, ...payload });
  expect(reply).toEqual({ ok: false, error_code: 400, description: `Bad Request: ${problem}` });
});

import { checkSending, enterChat } from './access.ts';
import { readKeyboard } from './keyboard.ts';
import type { Methods } from './method.ts';
import { isObject, jsonParam, stringParam } from './params.ts';
import { postByBot } from './posting.ts';
import { badRequest, Refusal } from './refusal.ts';
import { readPlacement } from './reply.ts';

const MAX_CHARACTERS = 32_768;
const FORMS = ['html', 'markdown', 'blocks'];

export const richMethods: Methods = {
  /** Known only where the world says so, as on servers before Bot API 10.1. The content is kept as it came. */
  sendRichMessage(world, params) {
    if (!world.richMessages) throw new Refusal(404, 'Not Found: method not found');
    const rich = jsonParam(params, 'rich_message', 'rich message');
    if (!isObject(rich)) throw badRequest('rich message is empty');
    const forms = FORMS.filter((form) => rich[form] !== undefined && rich[form] !== '');
    if (forms.length !== 1)
      throw badRequest('exactly one of the fields html, markdown and blocks must be used');
    if (JSON.stringify(rich).length > MAX_CHARACTERS) throw badRequest('RICH_MESSAGE_TOO_LONG');
    const keyboard = readKeyboard(params);
    const state = enterChat(world, stringParam(params, 'chat_id'), 'write');
    const placement = readPlacement(world, state, params);
    checkSending(world, state, 'text');
    return postByBot(world, state, {
      ...placement,
      rich_message: rich,
      ...(keyboard && { reply_markup: keyboard }),
    });
  },
};

import { checkSending, enterChat } from './access.ts';
import { readKeyboard } from './keyboard.ts';
import type { Methods } from './method.ts';
import { stringParam } from './params.ts';
import { postByBot } from './posting.ts';
import { readPlacement } from './reply.ts';
import { readRich } from './rich-input.ts';

export const richMethods: Methods = {
  /** Known only where the world says so, as on servers before Bot API 10.1. The content is kept as it came. */
  sendRichMessage(world, params) {
    const rich = readRich(world, params);
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

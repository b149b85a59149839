import { integerParam, jsonParam, type Params, stringParam } from '../http/params.ts';
import { badRequest } from '../http/refusal.ts';
import type { Content } from '../world/api-types.ts';
import { findMessage, postByBot } from '../world/messages.ts';
import type { StoredMessage, World } from '../world/world.ts';
import { checkSending, enterChat } from './chat-access.ts';
import { readForceReply, readKeyboard } from './keyboard.ts';
import type { Methods } from './method.ts';
import { readPlacement } from './placement.ts';
import { readRich } from './rich-input.ts';
import { captionContent, readCaption, readText, readTextParams, textContent } from './text-params.ts';

export const richMethods: Methods = {
  /** Only if the world supports it, unlike servers before Bot API 10.1. The content is stored unchanged. */
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

const ACTIONS = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
  'cancel',
]);

export const sendMethods: Methods = {
  sendMessage(world, params) {
    const content = textContent(readText(readTextParams(params, 'text')));
    const keyboard = readKeyboard(params);
    const asksReply = readForceReply(params);
    const state = enterChat(world, stringParam(params, 'chat_id'), 'write');
    const placement = readPlacement(world, state, params);
    checkSending(world, state, 'text');
    const preview = jsonParam(params, 'link_preview_options', 'link preview options');
    const shown = {
      ...placement,
      ...content,
      ...(preview !== undefined && { link_preview_options: preview }),
      ...(keyboard && { reply_markup: keyboard }),
    };
    return postByBot(world, state, shown, asksReply === undefined ? {} : { asksReply });
  },

  sendChatAction(world, params) {
    const action = stringParam(params, 'action').toLowerCase();
    const state = enterChat(world, stringParam(params, 'chat_id'), 'write');
    if (!ACTIONS.has(action)) throw badRequest('wrong parameter action in request');
    readPlacement(world, state, params);
    checkSending(world, state, 'text');
    const topic = integerParam(params, 'message_thread_id');
    world.events.emit('chat-action', { chat: state.chat, action, topic });
    return true;
  },

  copyMessage(world, params) {
    const { shown } = source(world, params, 'message to copy');
    const { reply_markup: _, reply_to_message: __, ...kept } = contentOf(shown);
    const caption =
      params.fields['caption'] === undefined
        ? {}
        : captionContent(readCaption(readTextParams(params, 'caption')));
    return { message_id: repost(world, params, { ...kept, ...caption }).message_id };
  },

  forwardMessage(world, params) {
    const { shown } = source(world, params, 'message to forward');
    const { message } = shown;
    const origin =
      message.chat.type === 'channel'
        ? { type: 'channel', chat: message.chat, message_id: message.message_id, date: message.date }
        : { type: 'user', sender_user: message.from, date: message.date };
    const { reply_to_message: _, ...kept } = contentOf(shown);
    return repost(world, params, { ...kept, forward_origin: origin });
  },
};

function source(world: World, params: Params, what: string): { readonly shown: StoredMessage } {
  const from = enterChat(world, stringParam(params, 'from_chat_id'), 'read');
  const shown = findMessage(from, integerParam(params, 'message_id'));
  if (!shown) throw badRequest(`${what} not found`);
  return { shown };
}

function contentOf({ message }: StoredMessage): Content {
  const {
    message_id: _,
    date: __,
    chat: ___,
    from: ____,
    sender_chat: _____,
    edit_date: ______,
    ...content
  } = message;
  const { message_thread_id: _t, is_topic_message: _i, media_group_id: _g, ...rest } = content;
  return rest;
}

function repost(world: World, params: Params, content: Content) {
  const keyboard = readKeyboard(params);
  const state = enterChat(world, stringParam(params, 'chat_id'), 'write');
  const placement = readPlacement(world, state, params);
  checkSending(world, state, 'text');
  return postByBot(world, state, { ...content, ...placement, ...(keyboard && { reply_markup: keyboard }) });
}

import { flagParam, integerParam, jsonParam, type Params, stringParam } from '../http/params.ts';
import { badRequest } from '../http/refusal.ts';
import type { Keyboard, Message } from '../world/api-types.ts';
import { findMessage, replaceMessage } from '../world/messages.ts';
import { type ChatState, nowS, type StoredMessage, type World } from '../world/world.ts';
import { botHasRight, enterChat } from './chat-access.ts';
import { readKeyboard } from './keyboard.ts';
import type { Methods } from './method.ts';
import { readRich } from './rich-input.ts';
import { captionContent, readCaption, readText, readTextParams, textContent } from './text-params.ts';

const MEDIA = ['photo', 'video', 'animation', 'audio', 'document'] as const;

export interface Editing {
  readonly state: ChatState;
  readonly shown: StoredMessage;
  readonly keyboard: Keyboard | undefined;
}

export const editMethods: Methods = {
  editMessageText(world, params) {
    const content =
      jsonParam(params, 'rich_message', 'rich message') === undefined
        ? textContent(readText(readTextParams(params, 'text')))
        : { rich_message: readRich(world, params) };
    const editing = readEditing(world, params);
    const { message } = editing.shown;
    if (message.text === undefined && message.rich_message === undefined) {
      throw badRequest('there is no text in the message to edit');
    }
    const preview = jsonParam(params, 'link_preview_options', 'link preview options');
    const { text: _, entities: __, link_preview_options: ___, rich_message: ____, ...rest } = message;
    return finishEdit(world, editing, {
      ...rest,
      ...content,
      ...(preview !== undefined && { link_preview_options: preview }),
    });
  },

  editMessageCaption(world, params) {
    const content = captionContent(readCaption(readTextParams(params, 'caption')));
    const editing = readEditing(world, params);
    const { message } = editing.shown;
    if (MEDIA.every((kind) => message[kind] === undefined)) {
      throw badRequest('there is no caption in the message to edit');
    }
    const { caption: _, caption_entities: __, show_caption_above_media: ___, ...rest } = message;
    const above = flagParam(params, 'show_caption_above_media');
    return finishEdit(world, editing, {
      ...rest,
      ...content,
      ...(above && { show_caption_above_media: true as const }),
    });
  },

  editMessageReplyMarkup(world, params) {
    const editing = readEditing(world, params);
    return finishEdit(world, editing, editing.shown.message);
  },
};

/** The message to edit, if the bot may edit it: its own, or with the right to, other posts in a channel. */
export function readEditing(world: World, params: Params): Editing {
  const keyboard = readKeyboard(params);
  const messageId = integerParam(params, 'message_id');
  if (stringParam(params, 'chat_id') === '' && messageId === 0) {
    throw badRequest(
      stringParam(params, 'inline_message_id') === ''
        ? 'message identifier is not specified'
        : 'MESSAGE_ID_INVALID',
    );
  }
  const state = enterChat(world, stringParam(params, 'chat_id'), 'edit');
  const shown = findMessage(state, messageId);
  if (!shown) throw badRequest('message to edit not found');
  const others = state.chat.type === 'channel' && botHasRight(world, state, 'can_edit_messages');
  const own =
    shown.byBot &&
    (state.chat.type !== 'channel' || others || botHasRight(world, state, 'can_post_messages'));
  if ((!own && !others) || shown.message.forward_origin) throw badRequest("message can't be edited");
  if (keyboard && shown.message.media_group_id) throw badRequest("message can't be edited");
  return { state, shown, keyboard };
}

/** Stores the edited message. Without a keyboard in the call, it loses the one it had. */
export function finishEdit(world: World, { state, shown, keyboard }: Editing, edited: Message): Message {
  const { reply_markup: _, edit_date: __, ...rest } = edited;
  const next: Message = { ...rest, ...(keyboard && { reply_markup: keyboard }) };
  const { edit_date: ___, ...before } = shown.message;
  if (sameMessage(before, next)) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  }
  return replaceMessage(world, state, shown, { ...next, edit_date: nowS(world) });
}

function sameMessage(a: Message, b: Message): boolean {
  const sorted = (message: Message): string =>
    JSON.stringify(Object.entries(message).sort(([x], [y]) => (x < y ? -1 : 1)));
  return sorted(a) === sorted(b);
}

import { flagParam, integerParam, jsonParam, stringParam } from '../http/params.ts';
import { badRequest } from '../http/refusal.ts';
import { mediaContent } from '../media/media-content.ts';
import { coverOf, resolveMedia } from '../media/media-source.ts';
import { MediaProblem } from '../media/url-content.ts';
import type { MediaKind, Message } from '../world/api-types.ts';
import { postByBot } from '../world/messages.ts';
import { checkSending, enterChat } from './chat-access.ts';
import { finishEdit, readEditing } from './edit.ts';
import { readInputMedia } from './input-media.ts';
import { readKeyboard } from './keyboard.ts';
import type { Method, Methods } from './method.ts';
import { readPlacement } from './placement.ts';
import { captionContent, readCaption, readTextParams } from './text-params.ts';

/** The maximum for `getFile`, in bytes. */
const MAX_DOWNLOAD = 20 * 1024 * 1024;
/** Kinds that can replace each other in an album. */
const ALBUM_FAMILY: Readonly<Record<MediaKind, string>> = {
  photo: 'visual',
  video: 'visual',
  animation: 'none',
  audio: 'audio',
  document: 'document',
};

export const mediaMethods: Methods = {
  sendPhoto: sending('photo'),
  sendVideo: sending('video'),
  sendAnimation: sending('animation'),
  sendAudio: sending('audio'),
  sendDocument: sending('document'),

  editMessageMedia: fetching((world, params) => {
    const given = jsonParam(params, 'media', 'input media');
    if (given === undefined) throw badRequest('parameter "media" is required');
    const { kind, content } = readInputMedia(world, params, given, false);
    const editing = readEditing(world, params);
    const { message } = editing.shown;
    if (message.media_group_id && ALBUM_FAMILY[kind] !== familyOf(message)) {
      throw badRequest("can't use the media of the specified type in the album");
    }
    return finishEdit(world, editing, { ...frame(message), ...content });
  }),

  getFile(world, params) {
    const id = stringParam(params, 'file_id');
    if (id === '') throw badRequest('file_id not specified');
    const file = world.files.byId(id);
    if (!file) throw badRequest('invalid file_id');
    if (file.size > MAX_DOWNLOAD) throw badRequest('file is too big');
    return {
      file_id: file.id,
      file_unique_id: file.uniqueId,
      file_size: file.size,
      file_path: world.files.pathOf(file),
    };
  },
};

function sending(kind: MediaKind): Method {
  return fetching((world, params) => {
    const caption = captionContent(readCaption(readTextParams(params, 'caption')));
    const keyboard = readKeyboard(params);
    if (stringParam(params, kind) === '' && !params.files.has(kind)) {
      throw badRequest(`there is no ${kind} in the request`);
    }
    const state = enterChat(world, stringParam(params, 'chat_id'), 'write');
    const placement = readPlacement(world, state, params);
    checkSending(world, state, kind);
    const file = resolveMedia(world, params, kind, stringParam(params, kind), kind);
    if (!file) throw badRequest(`there is no ${kind} in the request`);
    const shown = mediaContent(world, file, {
      width: integerParam(params, 'width'),
      height: integerParam(params, 'height'),
      durationS: integerParam(params, 'duration'),
      spoiler: flagParam(params, 'has_spoiler'),
      captionAbove: flagParam(params, 'show_caption_above_media'),
      cover: kind === 'video' ? coverOf(world, params, stringParam(params, 'cover')) : undefined,
    });
    return postByBot(world, state, {
      ...placement,
      ...shown,
      ...caption,
      ...(keyboard && { reply_markup: keyboard }),
    });
  });
}

/** Errors from fetching a URL become errors of the call. */
function fetching(method: Method): Method {
  return (world, params, context) => {
    try {
      return method(world, params, context);
    } catch (error) {
      throw error instanceof MediaProblem ? badRequest(error.message) : error;
    }
  };
}

function familyOf(message: Message): string {
  if (message.photo || message.video) return ALBUM_FAMILY.photo;
  return message.audio ? ALBUM_FAMILY.audio : ALBUM_FAMILY.document;
}

/** A message's chat, sender and id, without its content. */
function frame(message: Message): Message {
  const { message_id, from, sender_chat, chat, date, message_thread_id, is_topic_message, media_group_id } =
    message;
  const { reply_to_message } = message;
  return {
    message_id,
    ...(from && { from }),
    ...(sender_chat && { sender_chat }),
    chat,
    date,
    ...(message_thread_id !== undefined && { message_thread_id }),
    ...(is_topic_message && { is_topic_message }),
    ...(media_group_id !== undefined && { media_group_id }),
    ...(reply_to_message && { reply_to_message }),
  };
}

import { integerParam, jsonParam, stringParam } from '../http/params.ts';
import { badRequest, type Refusal } from '../http/refusal.ts';
import { deleteMessage, findMessage } from '../world/messages.ts';
import { type ChatState, memberIn, nowS, type StoredMessage, type World } from '../world/world.ts';
import { botHasRight, enterChat } from './chat-access.ts';
import type { Methods } from './method.ts';

/** A bot can't delete older messages (Bot API, `deleteMessage`). */
const MAX_AGE_S = 48 * 60 * 60;
const MAX_IDS = 100;

export const deleteMethods: Methods = {
  deleteMessage(world, params) {
    if (stringParam(params, 'chat_id') === '') throw badRequest('chat identifier is not specified');
    const messageId = integerParam(params, 'message_id');
    if (messageId <= 0) throw badRequest('message identifier is not specified');
    const state = enterChat(world, stringParam(params, 'chat_id'), 'write');
    const shown = findMessage(state, messageId);
    if (!shown) throw badRequest('message to delete not found');
    const problem = deletionProblem(world, state, shown);
    if (problem) throw problem;
    deleteMessage(world, state, shown);
    return true;
  },

  /** Unknown ids are skipped. If one message can't be deleted, none is. */
  deleteMessages(world, params) {
    const ids = jsonParam(params, 'message_ids', 'message_ids');
    if (ids === undefined) throw badRequest('message identifiers are not specified');
    if (!Array.isArray(ids)) throw badRequest('expected an Array of message identifiers');
    if (ids.length > MAX_IDS) throw badRequest('too many message identifiers specified');
    if (ids.length === 0) throw badRequest('message identifiers are not specified');
    const numbers = ids.map(Number);
    if (numbers.some((id) => !Number.isInteger(id) || id <= 0)) {
      throw badRequest('invalid message identifier specified');
    }
    const state = enterChat(world, stringParam(params, 'chat_id'), 'write');
    const found = numbers.map((id) => findMessage(state, id)).filter((shown) => shown !== undefined);
    const problem = found.map((shown) => deletionProblem(world, state, shown)).find(Boolean);
    if (problem) throw problem;
    for (const shown of found) deleteMessage(world, state, shown);
    return true;
  },
};

function deletionProblem(world: World, state: ChatState, shown: StoredMessage): Refusal | undefined {
  const { type } = state.chat;
  // The service message about a new topic can't be deleted.
  if (shown.message.forum_topic_created !== undefined) return badRequest("message can't be deleted");
  const isOld = nowS(world) - shown.message.date >= MAX_AGE_S;
  const counted = type === 'supergroup' || type === 'channel';
  const right = shown.byBot && type === 'channel' ? 'can_post_messages' : 'can_delete_messages';
  const own = shown.byBot && type !== 'channel';
  const allowed =
    type === 'private' ||
    own ||
    (type === 'group' && memberIn(state, world.bot).status === 'administrator') ||
    botHasRight(world, state, right) ||
    botHasRight(world, state, 'can_delete_messages');
  if (isOld && !counted) return badRequest("message can't be deleted for everyone");
  return isOld || !allowed ? badRequest("message can't be deleted") : undefined;
}

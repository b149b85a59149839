import { jsonParam, stringParam } from '../http/params.ts';
import { badRequest } from '../http/refusal.ts';
import { MediaProblem } from '../media/url-content.ts';
import type { Content, MediaKind, Message } from '../world/api-types.ts';
import { postByBot } from '../world/messages.ts';
import type { ChatState, World } from '../world/world.ts';
import { checkSending, enterChat } from './chat-access.ts';
import { type AlbumItem, readItem } from './input-media.ts';
import type { Methods } from './method.ts';
import { readPlacement } from './placement.ts';

const MIN_ITEMS = 2;
const MAX_ITEMS = 10;
/** Kinds that can't be mixed with others. */
const UNMIXED: readonly MediaKind[] = ['audio', 'document'];

export const albumMethods: Methods = {
  sendMediaGroup(world, params) {
    const given = jsonParam(params, 'media', 'media');
    if (given === undefined) throw badRequest('parameter "media" is required');
    if (!Array.isArray(given)) throw badRequest('expected an Array of InputMedia');
    const items = given.map((value: unknown) => readItem(world, params, value, true));
    const state = enterChat(world, stringParam(params, 'chat_id'), 'write');
    const placement = readPlacement(world, state, params);
    checkItems(items);
    for (const { kind } of items) checkSending(world, state, kind);
    return sendAlbum(world, state, placement, items);
  },
};

function checkItems(items: readonly AlbumItem[]): void {
  if (items.length < MIN_ITEMS) throw badRequest('too few messages to send as an album');
  if (items.length > MAX_ITEMS) throw badRequest('too many messages to send as an album');
  const kinds = new Set(items.map(({ kind }) => kind));
  const lonely = UNMIXED.find((kind) => kinds.has(kind));
  if (lonely && kinds.size > 1) throw badRequest(`${lonely} can't be mixed with other media types`);
}

/** All or nothing: if one item fails, the server sends none. */
function sendAlbum(
  world: World,
  state: ChatState,
  placement: Content,
  items: readonly AlbumItem[],
): readonly Message[] {
  const group = { media_group_id: String(world.nextId()) };
  const contents = items.map((item, index) => {
    try {
      return item.load();
    } catch (error) {
      if (!(error instanceof MediaProblem)) throw error;
      throw badRequest(itemFailed(index + 1, error.code));
    }
  });
  return contents.map((content) => postByBot(world, state, { ...placement, ...group, ...content }));
}

/** The server's error for an album item that failed. */
export function itemFailed(number: number, reason: string): string {
  return `failed to send message #${number} with the error message "${reason}"`;
}

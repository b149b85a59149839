import { LRUCache } from 'lru-cache';
import { isSameName } from '../../sender-name.ts';
import type { Calls } from '../api/client.ts';
import type { Outgoing, OutgoingClassic } from '../render/outgoing.ts';

const MAX_TITLES = 5_000;
/** People rarely rename a chat. */
const TITLE_TTL_MS = 86_400_000;

/** Drops the author's name from messages to a chat with that title, since a channel's posts appear under the channel's name. */
export type DropChannelByline = (call: Outgoing, chat: number | string) => Promise<Outgoing>;

/** Asks for a chat's title once a day, and only when a message begins with a name. */
export function createDropChannelByline(calls: Pick<Calls, 'getChat'>, now: () => number): DropChannelByline {
  const titles = new LRUCache<number | string, { readonly title: string; readonly atMs: number }>({
    max: MAX_TITLES,
  });

  async function titleOf(chat: number | string): Promise<string | undefined> {
    const known = titles.get(chat);
    if (known && now() - known.atMs < TITLE_TTL_MS) return known.title;
    try {
      const { title = '' } = await calls.getChat({ chat_id: chat });
      titles.set(chat, { title, atMs: now() });
      return title;
    } catch {
      // The send that follows will fail for the same reason and report it.
      return undefined;
    }
  }

  return async (call, chat) => {
    const { signature } = call;
    // Private chats have no title.
    if (!signature || (typeof chat === 'number' && chat > 0)) return call;
    const title = await titleOf(chat);
    return title !== undefined && isSameName(title, signature.name) ? withoutByline(call) : call;
  };
}

/** The same message without the author's name at the top. */
function withoutByline(call: Outgoing): Outgoing {
  if (call.type === 'rich') {
    const { signature: _, ...rest } = call;
    const blocks = call.rich.blocks?.slice(1) ?? [];
    return { ...rest, rich: { ...call.rich, blocks }, classic: withoutSignature(call.classic) };
  }
  return withoutSignature(call);
}

function withoutSignature(call: OutgoingClassic): OutgoingClassic {
  const { signature, ...rest } = call;
  if (!signature) return call;
  const { length } = signature;
  const entities = call.entities
    .filter(({ offset }) => offset >= length)
    .map((entity) => ({ ...entity, offset: entity.offset - length }));
  return { ...rest, text: call.text.slice(length), entities };
}

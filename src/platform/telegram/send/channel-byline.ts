import { isSameName } from '../../sender-name.ts';
import type { Calls } from '../api/client.ts';
import type { Outgoing, OutgoingClassic } from '../render/outgoing.ts';

/** So many chats are remembered by their titles, and how long: people seldom rename one. */
const REMEMBERED = 5_000;
const LASTS_MS = 86_400_000;

/** Leaves the author's name out of what goes to a chat that is called so: a channel's messages stand under its own name. */
export type DropChannelByline = (call: Outgoing, chat: number | string) => Promise<Outgoing>;

/** A chat is asked for its title once a day, and only where a message has a name above it. */
export function createDropChannelByline(calls: Pick<Calls, 'getChat'>, now: () => number): DropChannelByline {
  const titles = new Map<number | string, { readonly title: string; readonly atMs: number }>();

  async function titleOf(chat: number | string): Promise<string | undefined> {
    const known = titles.get(chat);
    if (known && now() - known.atMs < LASTS_MS) return known.title;
    try {
      const { title = '' } = await calls.getChat({ chat_id: chat });
      titles.delete(chat);
      titles.set(chat, { title, atMs: now() });
      for (const oldest of titles.keys()) {
        if (titles.size <= REMEMBERED) break;
        titles.delete(oldest);
      }
      return title;
    } catch {
      // The send that follows meets the same trouble, and says what is to be done about it.
      return undefined;
    }
  }

  return async (call, chat) => {
    const { signature } = call;
    // People's chats with the bot have no title.
    if (!signature || (typeof chat === 'number' && chat > 0)) return call;
    const title = await titleOf(chat);
    return title !== undefined && isSameName(title, signature.name) ? withoutByline(call) : call;
  };
}

/** The same message without the author's name at its head. */
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

import { type APIEmbed, type APIMessage, type REST, Routes } from 'discord.js';
import { idOf, listOf } from './answer.ts';
import { isLayout, type Message } from './message.ts';
import { type Make, makeOf } from './receipt.ts';

/** As many as Discord gives at once (Get Channel Messages). */
const MOST = 100;

/** One of our own messages that stands in a channel. */
export interface Recalled {
  readonly id: string;
  readonly make: Make;
  is(message: Message): boolean;
}

/**
 * Our newest messages in a channel: what may have arrived is looked for there. Nonces hold for minutes only, and don't
 * come back with what is read; so a message is known by its words and where its buttons lead. Without Read Message
 * History there are none. Throws what Discord answers.
 */
export type Recall = (channel: string) => Promise<readonly Recalled[]>;

export function createRecall(rest: REST): Recall {
  let self: Promise<string> | undefined;
  const ownId = (): Promise<string> => {
    self ??= rest.get(Routes.user()).then((user) => idOf(user, 'user'));
    self.catch(() => {
      self = undefined;
    });
    return self;
  };
  return async (channel) => {
    const query = new URLSearchParams({ limit: String(MOST) });
    const messages = listOf(
      await rest.get(Routes.channelMessages(channel), { query }),
      'messages',
    ) as readonly APIMessage[];
    if (messages.length === 0) return [];
    const own = await ownId();
    return messages
      .filter(({ author }: Partial<APIMessage>) => author?.id === own)
      .map((found) => ({
        id: found.id,
        make: makeOf(found.flags),
        is: (message) =>
          isLayout(message) === (makeOf(found.flags) === 'layout') &&
          said(found) === said(message) &&
          (message.embeds ?? []).every((embed) =>
            (found.embeds ?? []).some((shown) => saidBy(shown) === saidBy(embed)),
          ),
      }));
  };
}

/** Any part of a message, as far as it says something or leads somewhere. */
interface Part {
  readonly content?: string | undefined;
  readonly url?: string | undefined;
  readonly components?: readonly object[] | undefined;
}

/** Discord trims what it is sent, and unfolds addresses into embeds of its own: those are no part of this. */
function said({ content, url, components }: Part): string {
  const here = `${content ?? ''} ${url ?? ''}`.replace(/[\s\u200b]/gu, '');
  return [here, ...(components ?? []).map(said)].filter(Boolean).join('\n');
}

function saidBy({ title, description }: APIEmbed): string {
  return said({ content: `${title ?? ''}${description ?? ''}` });
}

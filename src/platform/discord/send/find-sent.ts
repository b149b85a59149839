import { type APIEmbed, type APIMessage, type REST, Routes } from 'discord.js';
import { requireId, requireList } from '../api/responses.ts';
import { isComponentsMessage, type Message } from '../render/message-forms.ts';
import { type MessageFormat, messageFormat } from './receipts.ts';

/** As many as Discord gives at once (Get Channel Messages). */
const MOST = 100;

/** One of our own messages that stands in a channel. */
export interface FoundMessage {
  readonly id: string;
  readonly make: MessageFormat;
  is(message: Message): boolean;
}

/**
 * Our newest messages in a channel: what may have arrived is looked for there. Nonces hold for minutes only, and don't
 * come back with what is read; so a message is known by its words and where its buttons lead. Without Read Message
 * History there are none. Throws what Discord answers.
 */
export type FindSent = (channel: string) => Promise<readonly FoundMessage[]>;

export function createFindSent(rest: REST): FindSent {
  let self: Promise<string> | undefined;
  const ownId = (): Promise<string> => {
    self ??= rest.get(Routes.user()).then((user) => requireId(user, 'user'));
    self.catch(() => {
      self = undefined;
    });
    return self;
  };
  return async (channel) => {
    const query = new URLSearchParams({ limit: String(MOST) });
    const messages = requireList(
      await rest.get(Routes.channelMessages(channel), { query }),
      'messages',
    ) as readonly APIMessage[];
    if (messages.length === 0) return [];
    const own = await ownId();
    return messages
      .filter(({ author }: Partial<APIMessage>) => author?.id === own)
      .map((found) => ({
        id: found.id,
        make: messageFormat(found.flags),
        is: (message) =>
          isComponentsMessage(message) === (messageFormat(found.flags) === 'layout') &&
          visibleText(found) === visibleText(message) &&
          (message.embeds ?? []).every((embed) =>
            (found.embeds ?? []).some((shown) => embedText(shown) === embedText(embed)),
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
function visibleText({ content, url, components }: Part): string {
  const here = `${content ?? ''} ${url ?? ''}`.replace(/[\s\u200b]/gu, '');
  return [here, ...(components ?? []).map(visibleText)].filter(Boolean).join('\n');
}

function embedText({ title, description }: APIEmbed): string {
  return visibleText({ content: `${title ?? ''}${description ?? ''}` });
}

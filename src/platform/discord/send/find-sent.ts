import { type APIEmbed, type APIMessage, type REST, Routes } from 'discord.js';
import { requireId, requireList } from '../api/responses.ts';
import { isComponentsMessage, type Message } from '../render/message-forms.ts';
import { type MessageFormat, messageFormat } from './receipts.ts';

/** Discord's maximum for one request (Get Channel Messages). */
const MAX_MESSAGES = 100;

/** A message of the bot that is in the channel. */
export interface FoundMessage {
  readonly id: string;
  readonly format: MessageFormat;
  matches(message: Message): boolean;
}

/**
 * The bot's newest messages in a channel, to check whether an uncertain message has arrived. A nonce would identify
 * it, but Discord keeps nonces only for minutes and doesn't return them, so messages are compared by their text and
 * the targets of their buttons. Empty without Read Message History. Rejects with what discord.js throws.
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
    const query = new URLSearchParams({ limit: String(MAX_MESSAGES) });
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
        format: messageFormat(found.flags),
        matches: (message) =>
          isComponentsMessage(message) === (messageFormat(found.flags) === 'layout') &&
          visibleText(found) === visibleText(message) &&
          (message.embeds ?? []).every((embed) =>
            (found.embeds ?? []).some((other) => embedText(other) === embedText(embed)),
          ),
      }));
  };
}

/** A message, or any part of one that has text, a link or further parts. */
interface MessagePart {
  readonly content?: string | undefined;
  readonly url?: string | undefined;
  readonly components?: readonly object[] | undefined;
}

/** Without spaces, since Discord trims texts. */
function visibleText({ content, url, components }: MessagePart): string {
  const own = `${content ?? ''} ${url ?? ''}`.replace(/[\s\u200b]/gu, '');
  return [own, ...(components ?? []).map(visibleText)].filter(Boolean).join('\n');
}

function embedText({ title, description }: APIEmbed): string {
  return visibleText({ content: `${title ?? ''}${description ?? ''}` });
}

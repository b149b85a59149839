import type { UserFromGetMe } from 'grammy/types';
import type { Chat } from '../../../command/chat.ts';
import type { Texts } from '../../../i18n/texts.ts';
import { LONG_TEXT_MODES } from '../../style-spec.ts';
import { type ChatCalls, missingRight } from '../api/posting-rights.ts';
import { destinationOf } from '../chat-target.ts';
import { inviteLinks } from '../deep-links.ts';
import { TELEGRAM_STYLES } from '../styles.ts';
import type { UpdateContext } from '../updates/parse-update.ts';

/**
 * The chat a command came from. A channel's direct messages are a user's conversation with its owners, so they can't
 * subscribe.
 */
export function chatOf(
  { chat, kind, topic }: UpdateContext,
  calls: ChatCalls,
  { id: selfId, username, supports_inline_queries: inline }: UserFromGetMe,
  { telegram: { missing: obstacles } }: Texts,
): Chat {
  return {
    destination: destinationOf(chat.id, topic),
    home: destinationOf(chat.id),
    kind,
    subscribable: !chat.is_direct_messages,
    styleOptions: { styles: TELEGRAM_STYLES, longTextModes: LONG_TEXT_MODES },
    ...(kind === 'private' && { inviteLinks: inviteLinks(username) }),
    ...(inline && { inlineName: `@${username}` }),
    async missingPermissions() {
      if (kind === 'private') return [];
      const missing = await missingRight({ chat, topic, selfId }, calls);
      return missing === undefined ? [] : [obstacles[missing]];
    },
  };
}

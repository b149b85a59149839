import type { ChatFullInfo, UserFromGetMe } from 'grammy/types';
import { textsFor } from '../../i18n/texts.ts';
import { type Finding, failed, ok, warning } from '../../lib/finding.ts';
import type { PlatformInspection } from '../platform.ts';
import { classifyError } from './api/classify-error.ts';
import { createClient } from './api/client.ts';
import { verifyNotFound } from './api/not-found.ts';
import { missingRight } from './api/posting-rights.ts';
import { parseDestination } from './chat-target.ts';
import { subscribeLink } from './deep-links.ts';

const { telegram: texts } = textsFor('en');

/**
 * Asks Telegram whether the token works and what is missing. Changes and posts nothing, though people in a private chat or
 * a topic see "typing…". Doesn't ask for updates, which would take them from a running bot. Never rejects.
 */
export function inspectTelegram({
  token,
  apiUrl,
}: {
  readonly token: string;
  readonly apiUrl?: string;
}): PlatformInspection {
  const { calls } = verifyNotFound(createClient(token, apiUrl));
  let asked: Promise<UserFromGetMe> | undefined;
  const self = (): Promise<UserFromGetMe> => (asked ??= calls.getMe());

  async function account(): Promise<readonly Finding[]> {
    const { username, first_name: name, can_join_groups: joinsGroups } = await self();
    const { url } = await calls.getWebhookInfo();
    return [
      ok(`logged in as @${username} (${name}); readers start it at ${subscribeLink(username)}`),
      ...(joinsGroups
        ? []
        : [
            warning(
              "can't be added to groups",
              'Let it, if groups should get posts: @BotFather → /setjoingroups → Enable.',
            ),
          ]),
      ...(url
        ? [
            warning(
              'a webhook is set, so another program may be using this bot',
              'Stop that program: Postrider removes the webhook when it starts.',
            ),
          ]
        : []),
    ];
  }

  async function chat(written: string): Promise<readonly Finding[]> {
    const { chat_id, message_thread_id: topic } = parseDestination(`telegram:${written}`);
    const found = await calls.getChat({ chat_id });
    const where = titleOf(found);
    if (found.type === 'private') {
      // The chat is found even if that person has blocked the bot, or never started it.
      await calls.sendChatAction({ chat_id, action: 'typing' });
      return [ok(`can write to ${where}`)];
    }
    const selfId = (await self()).id;
    const missing = await missingRight({ chat: found, topic, selfId }, calls);
    if (missing !== undefined)
      return [failed(`can't post in ${where}`, `Missing: ${texts.missing[missing]}.`)];
    if (found.type !== 'channel') return [ok(`can post in ${where}`)];
    const member = await calls.getChatMember({ chat_id, user_id: selfId });
    if (member.status === 'administrator' && member.can_delete_messages) return [ok(`can post in ${where}`)];
    return [
      warning(
        `can post in ${where}, but posts that the author deletes stay there after 48 hours`,
        'Give it the “Delete Messages” right: channel → Administrators → the bot.',
      ),
    ];
  }

  return { account: () => explained(account()), destination: (written) => explained(chat(written)) };
}

function titleOf(chat: ChatFullInfo): string {
  if (chat.type === 'private') return chat.first_name;
  return `“${chat.title}”`;
}

/** A request that failed, as a finding. */
async function explained(asked: Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await asked;
  } catch (error) {
    const failure = classifyError(error);
    if (failure.kind === 'token')
      return [failed('the token was rejected', texts.operator.refused(failure.reason))];
    if ('fix' in failure) return [failed(`can't post there (${failure.reason})`, texts.fixes[failure.fix])];
    return [
      failed(
        `Telegram gave no answer (${failure.reason})`,
        'Check the network. If TELEGRAM_API_URL is set, that may be the cause.',
      ),
    ];
  }
}

import type { ChatFullInfo, UserFromGetMe } from 'grammy/types';
import { textsFor } from '../../i18n/texts.ts';
import { type Finding, failed, ok, warning } from '../../lib/finding.ts';
import type { PlatformInspection, TokenProbe } from '../platform.ts';
import { classifyError } from './api/classify-error.ts';
import { createClient } from './api/client.ts';
import { verifyNotFound } from './api/not-found.ts';
import { missingRight } from './api/posting-rights.ts';
import { parseDestination } from './chat-target.ts';
import { inviteLinks, subscribeLink } from './deep-links.ts';

const { telegram: texts } = textsFor('en');

const API_URL = 'https://api.telegram.org';

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
  let user: Promise<UserFromGetMe> | undefined;
  const self = (): Promise<UserFromGetMe> => (user ??= calls.getMe());

  async function identify(): Promise<TokenProbe> {
    try {
      const { first_name: name, username } = await self();
      const { group, channel } = inviteLinks(username);
      const links = {
        'Subscribe yourself': subscribeLink(username),
        'Add to a group': group,
        'Add to a channel': channel,
      };
      return { status: 'valid', name: `${name} (@${username})`, links };
    } catch (error) {
      const { kind, reason } = classifyError(error);
      return kind === 'token' ? { status: 'refused' } : { status: 'unanswered', reason };
    }
  }

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

  async function chat(name: string): Promise<readonly Finding[]> {
    const { chat_id, message_thread_id: topic } = parseDestination(`telegram:${name}`);
    const found = await calls.getChat({ chat_id });
    const where = titleOf(found);
    if (found.type === 'private') {
      // `getChat` works even if the user has blocked the bot, or never started it.
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

  return {
    apiUrl: apiUrl ?? API_URL,
    identify,
    account: () => explainErrors(account()),
    destination: (name) => explainErrors(chat(name)),
  };
}

function titleOf(chat: ChatFullInfo): string {
  if (chat.type === 'private') return chat.first_name;
  return `“${chat.title}”`;
}

/** Turns a failed request into a finding. */
async function explainErrors(findings: Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await findings;
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

import type { Chat, ChatMember, ChatMemberUpdated } from 'grammy/types';
import { LRUCache } from 'lru-cache';
import { en } from '../../../i18n/en/catalogue.ts';
import { type Texts, textsFor } from '../../../i18n/texts.ts';
import { buttons, type Document, paragraph, text } from '../../../note/document.ts';
import type { Host } from '../../platform.ts';
import { destinationOf } from '../chat-target.ts';
import { inviteLinks } from '../deep-links.ts';

/** Telegram reports each migration twice, in the old chat and in the new one. */
const MAX_MIGRATIONS = 1_000;

export interface MembershipParts {
  readonly host: Pick<Host, 'languageOf' | 'destinationLost' | 'destinationRestored' | 'destinationMoved'>;
  readonly username: string;
  /** Writes to a user in private, which works only if they have started the bot. */
  messageUser(userId: number, document: Document): Promise<unknown>;
}

/** Tells the host when the bot is added to, removed from or restricted in a chat, and when a chat migrates. */
export interface Membership {
  /** Also tells whoever added the bot which permission is missing, or what to do next. */
  changed(change: ChatMemberUpdated): Promise<void>;
  migrated(from: number, to: number): Promise<void>;
}

export function createMembership({ host, username, messageUser }: MembershipParts): Membership {
  const reported = new LRUCache<string, true>({ max: MAX_MIGRATIONS });

  async function textsOf({ id, language_code = 'en' }: ChatMemberUpdated['from']): Promise<Texts> {
    return textsFor(await host.languageOf(destinationOf(id), language_code));
  }

  async function hint(chat: Chat, from: ChatMemberUpdated['from']): Promise<void> {
    const { id, is_bot: isBot } = from;
    if (isBot || chat.type === 'private') return;
    const kind = chat.type === 'channel' ? 'channel' : 'group';
    const { grant, joined: _, ...sentences } = (await textsOf(from)).telegram.hint;
    await messageUser(id, [
      paragraph(text(sentences[kind](chat.title))),
      buttons([{ label: grant, url: inviteLinks(username)[kind] }]),
    ]);
  }

  return {
    async changed({ chat, from, old_chat_member: before, new_chat_member: member }) {
      const { blocked, kicked } = en.telegram.fixes;
      if (hasLeft(member)) {
        const reason = chat.type === 'private' ? blocked : kicked;
        for (const destination of destinationsOf(chat)) await host.destinationLost(destination, reason);
      } else if (canPost(member, chat)) {
        for (const destination of destinationsOf(chat)) await host.destinationRestored(destination);
        if (hasLeft(before) && chat.type !== 'private' && !from.is_bot)
          await messageUser(from.id, [
            paragraph(text((await textsOf(from)).telegram.hint.joined(chat.title)), {
              type: 'code',
              text: '/subscribe',
            }),
          ]);
      } else if (hasLeft(before) || canPost(before, chat)) await hint(chat, from);
    },

    async migrated(from, to) {
      const key = `${from} ${to}`;
      if (reported.has(key)) return;
      reported.set(key, true);
      await host.destinationMoved(destinationOf(from), destinationOf(to));
    },
  };
}

/** The operator may have configured a public chat by its username. */
function destinationsOf({ id, username }: Chat): readonly string[] {
  return [destinationOf(id), ...(username ? [destinationOf(`@${username.toLowerCase()}`)] : [])];
}

function hasLeft(member: ChatMember): boolean {
  const { status } = member;
  return status === 'left' || status === 'kicked' || (status === 'restricted' && !member.is_member);
}

function canPost(member: ChatMember, { type }: Chat): boolean {
  switch (member.status) {
    case 'creator':
      return true;
    case 'administrator':
      return type !== 'channel' || member.can_post_messages === true;
    case 'restricted':
      return member.is_member && member.can_send_messages;
    case 'member':
      return type !== 'channel';
    case 'left':
    case 'kicked':
      return false;
  }
}

import type { ChatMember, ChatMemberUpdated } from 'grammy/types';
import { en } from '../../text/en.ts';
import type { Host } from '../platform.ts';
import { destinationOf } from './chat.ts';

/** Moves told already: Telegram tells each twice, once in the old chat and once in the new. */
const MAX_TOLD = 1_000;

/** Passes on what Telegram says about the bot's own place in chats. */
export interface Membership {
  changed(change: ChatMemberUpdated): Promise<void>;
  migrated(from: number, to: number): Promise<void>;
}

export function createMembership(host: Pick<Host, 'left' | 'returned' | 'moved'>): Membership {
  const told = new Set<string>();
  return {
    async changed({ chat, new_chat_member: member }) {
      const destination = destinationOf(chat.id);
      if (isOut(member)) {
        const { blocked, kicked } = en.telegram.remedy;
        await host.left(destination, chat.type === 'private' ? blocked : kicked);
      } else if (mayPost(member, chat.type === 'channel')) await host.returned(destination);
    },

    async migrated(from, to) {
      const move = `${from} ${to}`;
      if (told.has(move)) return;
      told.add(move);
      const [oldest] = told;
      if (told.size > MAX_TOLD && oldest !== undefined) told.delete(oldest);
      await host.moved(destinationOf(from), destinationOf(to));
    },
  };
}

function isOut(member: ChatMember): boolean {
  const { status } = member;
  return status === 'left' || status === 'kicked' || (status === 'restricted' && !member.is_member);
}

function mayPost(member: ChatMember, isChannel: boolean): boolean {
  switch (member.status) {
    case 'creator':
      return true;
    case 'administrator':
      return !isChannel || member.can_post_messages === true;
    case 'restricted':
      return member.can_send_messages;
    case 'member':
      return !isChannel;
    case 'left':
    case 'kicked':
      return false;
  }
}

import type { Chat, ChatMember, ChatMemberUpdated } from 'grammy/types';
import { en } from '../../../i18n/en/catalogue.ts';
import { type Texts, textsFor } from '../../../i18n/texts.ts';
import { buttons, type Document, paragraph, text } from '../../../note/document.ts';
import type { Host } from '../../platform.ts';
import { destinationOf } from '../chat-target.ts';
import { inviteLinks } from '../deep-links.ts';

/** Moves told already: Telegram tells each twice, once in the old chat and once in the new. */
const MAX_TOLD = 1_000;

export interface MembershipParts {
  readonly host: Pick<Host, 'languageOf' | 'left' | 'returned' | 'moved'>;
  /** The bot's own. */
  readonly username: string;
  /** Says something to somebody alone, who may not hear it: only who has started the bot can be written to. */
  tell(userId: number, document: Document): Promise<unknown>;
}

/** Passes on what Telegram says about the bot's own place in chats. */
export interface Membership {
  /** Who lets the bot in is told what is missing, or what to do next. */
  changed(change: ChatMemberUpdated): Promise<void>;
  migrated(from: number, to: number): Promise<void>;
}

export function createMembership({ host, username, tell }: MembershipParts): Membership {
  const told = new Set<string>();

  async function spokenTo({ id, language_code = 'en' }: ChatMemberUpdated['from']): Promise<Texts> {
    return textsFor(await host.languageOf(destinationOf(id), language_code));
  }

  async function hint(chat: Chat, from: ChatMemberUpdated['from']): Promise<void> {
    const { id, is_bot: isBot } = from;
    if (isBot || chat.type === 'private') return;
    const kind = chat.type === 'channel' ? 'channel' : 'group';
    const { grant, joined: _, ...sentences } = (await spokenTo(from)).telegram.hint;
    await tell(id, [
      paragraph(text(sentences[kind](chat.title))),
      buttons([{ label: grant, url: inviteLinks(username)[kind] }]),
    ]);
  }

  return {
    async changed({ chat, from, old_chat_member: before, new_chat_member: member }) {
      const { blocked, kicked } = en.telegram.remedy;
      if (hasLeft(member)) {
        const reason = chat.type === 'private' ? blocked : kicked;
        for (const destination of destinationsOf(chat)) await host.left(destination, reason);
      } else if (canPost(member, chat)) {
        for (const destination of destinationsOf(chat)) await host.returned(destination);
        if (hasLeft(before) && chat.type !== 'private' && !from.is_bot)
          await tell(from.id, [
            paragraph(text((await spokenTo(from)).telegram.hint.joined(chat.title)), {
              type: 'code',
              text: '/subscribe',
            }),
          ]);
      } else if (hasLeft(before) || canPost(before, chat)) await hint(chat, from);
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

/** The operator may have named a public chat by its name. */
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

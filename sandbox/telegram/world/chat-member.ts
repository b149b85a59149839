import type { ChatType } from './api-types.ts';
import type { Member, Rights } from './world.ts';

const ADMIN_RIGHTS = [
  'can_manage_chat',
  'can_change_info',
  'can_delete_messages',
  'can_invite_users',
  'can_restrict_members',
  'can_promote_members',
  'can_manage_video_chats',
  'can_post_stories',
  'can_edit_stories',
  'can_delete_stories',
] as const;

/** Rights that exist in some types of chat only. */
const RIGHTS_OF: Readonly<Record<ChatType, readonly string[]>> = {
  private: [],
  group: ['can_pin_messages'],
  supergroup: ['can_pin_messages', 'can_manage_topics'],
  channel: ['can_post_messages', 'can_edit_messages', 'can_manage_direct_messages'],
};

const PERMISSIONS = [
  'can_send_messages',
  'can_send_audios',
  'can_send_documents',
  'can_send_photos',
  'can_send_videos',
  'can_send_video_notes',
  'can_send_voice_notes',
  'can_send_polls',
  'can_send_other_messages',
  'can_add_web_page_previews',
  'can_change_info',
  'can_invite_users',
  'can_pin_messages',
  'can_manage_topics',
] as const;

/** The rights of a bot that is made an administrator with the app's defaults. */
export function allRights(type: ChatType): Rights {
  return Object.fromEntries([...ADMIN_RIGHTS, ...RIGHTS_OF[type]].map((name) => [name, true]));
}

/** `ChatMember` of the Bot API. */
export function toChatMember({ user, status, rights, isAnonymous }: Member, type: ChatType): object {
  switch (status) {
    case 'creator':
      return { user, status, is_anonymous: isAnonymous };
    case 'administrator':
      return {
        user,
        status,
        can_be_edited: false,
        is_anonymous: isAnonymous,
        ...pick([...ADMIN_RIGHTS, ...RIGHTS_OF[type]], rights),
      };
    case 'restricted':
      return { user, status, is_member: true, until_date: 0, ...pick(PERMISSIONS, rights) };
    case 'kicked':
      return { user, status, until_date: 0 };
    case 'member':
    case 'left':
      return { user, status };
  }
}

function pick(names: readonly string[], rights: Rights): Rights {
  return Object.fromEntries(names.map((name) => [name, rights[name] === true]));
}

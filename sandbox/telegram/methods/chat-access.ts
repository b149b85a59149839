import { badRequest, forbidden, type Refusal } from '../http/refusal.ts';
import { type ChatState, memberIn, type World } from '../world/world.ts';

/** The purpose of entering a chat. `members` means reading the member list. */
export type Purpose = 'read' | 'members' | 'edit' | 'write';

/** The chat that `chat_id` names, by number or `@username`, if the bot may enter it for that purpose. */
export function enterChat(world: World, chatId: string, purpose: Purpose): ChatState {
  if (chatId === '') throw badRequest('chat_id is empty');
  const state = findChat(world, chatId);
  const refusal = accessRefusal(world, state, purpose);
  if (refusal) throw refusal;
  return state;
}

function findChat(world: World, chatId: string): ChatState {
  const known = chatId.startsWith('@')
    ? [...world.chats.values()].find(
        ({ chat }) =>
          chat.type !== 'private' && chat.username?.toLowerCase() === chatId.slice(1).toLowerCase(),
      )
    : world.chats.get(Number(chatId));
  if (!known) throw badRequest('chat not found');
  return known;
}

function accessRefusal(world: World, state: ChatState, purpose: Purpose): Refusal | undefined {
  const { chat } = state;
  const writes = purpose === 'write' || (chat.type === 'group' && purpose === 'members');
  const edits = writes || purpose === 'edit';
  const { status } = memberIn(state, world.bot);
  if (chat.type === 'private') {
    return world.people.get(chat.id)?.deactivated && edits ? forbidden('user is deactivated') : undefined;
  }
  if (chat.type === 'group' && state.migratedTo !== undefined && writes) {
    return badRequest('group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: state.migratedTo,
    });
  }
  if (chat.type === 'group' && state.migratedTo !== undefined) return undefined;
  if (state.deleted) {
    if (chat.type === 'group') return writes ? forbidden('the group chat was deleted') : undefined;
    return badRequest('chat not found');
  }
  const looks = chat.type !== 'group' && chat.username === undefined;
  if (status === 'kicked' && (edits || chat.type !== 'group')) {
    return forbidden(`bot was kicked from the ${chat.type} chat`);
  }
  if (status === 'left' && (edits || looks)) return forbidden(`bot is not a member of the ${chat.type} chat`);
  return undefined;
}

/** Kinds of message content, with the right that each requires and its name in the server's errors. */
const SENDINGS = {
  text: { right: 'can_send_messages', name: 'text messages' },
  photo: { right: 'can_send_photos', name: 'photos' },
  video: { right: 'can_send_videos', name: 'videos' },
  animation: { right: 'can_send_other_messages', name: 'animations' },
  audio: { right: 'can_send_audios', name: 'music' },
  document: { right: 'can_send_documents', name: 'documents' },
} as const;

export type Sending = keyof typeof SENDINGS;

/** Throws unless the bot may send that kind of message to the chat it has entered. */
export function checkSending(world: World, state: ChatState, sending: Sending): void {
  const { chat } = state;
  if (chat.type === 'private') checkPrivate(world, chat.id);
  if (state.writeForbidden) throw badRequest('CHAT_WRITE_FORBIDDEN');
  const member = memberIn(state, world.bot);
  const isAdmin = member.status === 'administrator' || member.status === 'creator';
  if (chat.type === 'channel' && !(isAdmin && member.rights['can_post_messages'])) {
    throw badRequest('need administrator rights in the channel chat');
  }
  if (chat.type === 'private' || isAdmin) return;
  const { right, name } = SENDINGS[sending];
  const own = member.status === 'restricted' ? member.rights[right] === true : true;
  if (!own || state.permissions[right] === false) {
    throw badRequest(`not enough rights to send ${name} to the chat`);
  }
}

function checkPrivate(world: World, userId: number): void {
  const person = world.people.get(userId);
  if (person?.user.is_bot) throw forbidden("bots can't send messages to bots");
  if (person?.blocked) throw forbidden('bot was blocked by the user');
  if (!person?.started) throw forbidden("bot can't initiate conversation with a user");
}

/** The bot's right in the chat, which only administrators have. */
export function botHasRight(world: World, state: ChatState, right: string): boolean {
  const { status, rights } = memberIn(state, world.bot);
  return status === 'creator' || (status === 'administrator' && rights[right] === true);
}

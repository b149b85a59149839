import type { Chat, ChatType, Content, Message, User } from './api-types.ts';
import { allRights, toChatMember } from './chat-member.ts';
import { postMessage } from './messages.ts';
import {
  type ChatState,
  type Member,
  type MemberStatus,
  memberIn,
  newChat,
  nowS,
  personOf,
  type Rights,
  stateOf,
  type World,
} from './world.ts';

type Change = Partial<Omit<Member, 'user'>> & Pick<Member, 'status'>;

/** Changes a member's status and notifies the bot as the server would: `my_chat_member` or `chat_member`. */
export function setMember(world: World, state: ChatState, by: User, user: User, change: Change): void {
  const before = memberIn(state, user);
  const after: Member = { user, rights: {}, isAnonymous: false, ...change };
  state.members.set(user.id, after);
  const type = state.chat.type;
  const isBot = user.id === world.bot.id;
  const told = isBot || ['administrator', 'creator'].includes(memberIn(state, world.bot).status);
  if (told) {
    world.updates.add(isBot ? 'my_chat_member' : 'chat_member', {
      chat: state.chat,
      from: by,
      date: nowS(world),
      old_chat_member: toChatMember(before, type),
      new_chat_member: toChatMember(after, type),
    });
  }
  announce(world, state, by, before, after);
}

/** Groups show who joined and left. A bot that was removed gets no such message. */
function announce(world: World, state: ChatState, by: User, before: Member, after: Member): void {
  const { type } = state.chat;
  if (type !== 'group' && type !== 'supergroup') return;
  const inside = (member: Member): boolean => member.status !== 'left' && member.status !== 'kicked';
  if (inside(before) === inside(after)) return;
  const content = inside(after) ? { new_chat_members: [after.user] } : { left_chat_member: after.user };
  const message = postMessage(world, state, { from: by }, content);
  if (inside(memberIn(state, world.bot))) world.updates.add('message', message);
}

export function defaultRights(type: ChatType, status: MemberStatus): Rights {
  return status === 'administrator' || status === 'creator' ? allRights(type) : {};
}

/** Adds a member without any update. */
export function addMember(state: ChatState, user: User, status: MemberStatus, rights: Rights): void {
  state.members.set(user.id, { user, status, rights, isAnonymous: false });
}

/** Posts a service message, which the bot gets if it is a member. */
export function postServiceMessage(world: World, state: ChatState, content: Content): Message {
  const owner = [...state.members.values()].find(({ status }) => status === 'creator')?.user ?? world.bot;
  const message = postMessage(world, state, { from: owner }, content);
  const { status } = memberIn(state, world.bot);
  if (status !== 'left' && status !== 'kicked') world.updates.add('message', message);
  return message;
}

/** Blocking the bot looks like removing it from the private chat (Bot API, `my_chat_member`). */
export function setBlocked(world: World, userId: number, blocked: boolean): void {
  const person = personOf(world, userId);
  if (person.blocked === blocked) return;
  person.blocked = blocked;
  const member = (status: MemberStatus): Member => ({
    user: world.bot,
    status,
    rights: {},
    isAnonymous: false,
  });
  const [before, after] = blocked ? (['member', 'kicked'] as const) : (['kicked', 'member'] as const);
  world.updates.add('my_chat_member', {
    chat: stateOf(world, userId).chat,
    from: person.user,
    date: nowS(world),
    old_chat_member: toChatMember(member(before), 'private'),
    new_chat_member: toChatMember(member(after), 'private'),
  });
}

/** Turns a basic group into a supergroup. Members move along, messages keep the old chat id. */
export function migrate(world: World, old: ChatState): Chat {
  if (old.chat.type !== 'group') throw new RangeError(`Cannot migrate chat ${old.chat.id}: no basic group`);
  const id = -1_000_000_000_000 - world.nextId();
  const fresh = newChat(world, { ...old.chat, id, type: 'supergroup' });
  for (const { user, status, rights } of old.members.values()) addMember(fresh, user, status, rights);
  postServiceMessage(world, old, { migrate_to_chat_id: id });
  postServiceMessage(world, fresh, { migrate_from_chat_id: old.chat.id });
  old.migratedTo = id;
  return fresh.chat;
}

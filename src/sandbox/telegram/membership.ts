import { toChatMember } from './member-shape.ts';
import { postMessage } from './posting.ts';
import type { User } from './shapes.ts';
import { type ChatState, type Member, memberIn, nowS, type World } from './world.ts';

type Change = Partial<Omit<Member, 'user'>> & Pick<Member, 'status'>;

/** Changes what somebody is in a chat, and tells the bot as the server would: `my_chat_member` or `chat_member`. */
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

/** Groups show who came and who went; a bot that was thrown out is not told by a message. */
function announce(world: World, state: ChatState, by: User, before: Member, after: Member): void {
  const { type } = state.chat;
  if (type !== 'group' && type !== 'supergroup') return;
  const inside = (member: Member): boolean => member.status !== 'left' && member.status !== 'kicked';
  if (inside(before) === inside(after)) return;
  const content = inside(after) ? { new_chat_members: [after.user] } : { left_chat_member: after.user };
  const message = postMessage(world, state, { from: by }, content);
  if (inside(memberIn(state, world.bot))) world.updates.add('message', message);
}

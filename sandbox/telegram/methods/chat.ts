import { integerParam, type Params, stringParam } from '../http/params.ts';
import { badRequest } from '../http/refusal.ts';
import { setMember } from '../world/chat-changes.ts';
import { toChatMember } from '../world/chat-member.ts';
import { type ChatState, type Member, memberIn, type World } from '../world/world.ts';
import { enterChat } from './chat-access.ts';
import type { Methods } from './method.ts';

const isAdmin = ({ status }: Member): boolean => status === 'administrator' || status === 'creator';
const isInside = ({ status }: Member): boolean => status !== 'left' && status !== 'kicked';

export const chatMethods: Methods = {
  getChat(world, params) {
    const state = enterChat(world, stringParam(params, 'chat_id'), 'read');
    return {
      ...state.chat,
      accent_color_id: 0,
      max_reaction_count: 11,
      accepted_gift_types: {
        unlimited_gifts: false,
        limited_gifts: false,
        unique_gifts: false,
        premium_subscription: false,
        gifts_from_channels: false,
      },
      ...(state.chat.type !== 'private' &&
        state.chat.type !== 'channel' && {
          permissions: { can_send_messages: true, ...state.permissions },
        }),
    };
  },

  getChatMember(world, params) {
    const state = enterMembers(world, params);
    const userId = integerParam(params, 'user_id');
    if (userId <= 0) throw badRequest('invalid user_id specified');
    const user = userId === world.bot.id ? world.bot : world.people.get(userId)?.user;
    if (!user) throw badRequest('member not found');
    return toChatMember(memberIn(state, user), state.chat.type);
  },

  getChatAdministrators(world, params) {
    const state = enterMembers(world, params);
    if (state.chat.type === 'private') throw badRequest('there are no administrators in the private chat');
    return members(state)
      .filter((member) => isAdmin(member) && (!member.user.is_bot || member.user.id === world.bot.id))
      .map((member) => toChatMember(member, state.chat.type));
  },

  getChatMemberCount(world, params) {
    const state = enterChat(world, stringParam(params, 'chat_id'), 'members');
    return state.chat.type === 'private' ? 2 : members(state).filter(isInside).length;
  },

  leaveChat(world, params) {
    const state = enterChat(world, stringParam(params, 'chat_id'), 'read');
    if (state.chat.type === 'private')
      throw badRequest("chat member status can't be changed in private chats");
    if (isInside(memberIn(state, world.bot)))
      setMember(world, state, world.bot, world.bot, { status: 'left' });
    return true;
  },
};

/** Only members can see who is in a public chat. */
function enterMembers(world: World, params: Params): ChatState {
  const state = enterChat(world, stringParam(params, 'chat_id'), 'members');
  if (!isInside(memberIn(state, world.bot))) throw badRequest('member list is inaccessible');
  return state;
}

function members(state: ChatState): readonly Member[] {
  return [...state.members.values()];
}

import { postPayload } from '../../command/deep-links.ts';

/** Rights that the app offers to grant (deep links, `admin`). In a group, any right lets the bot post. */
const GRANTS = {
  channel: 'startchannel&admin=post_messages+delete_messages',
  group: 'startgroup&admin=delete_messages',
} as const;

const linkTo = (username: string, query: string): string => `https://t.me/${username}?${query}`;

/** Links that add the bot to a group or channel of the user's choice, with just the rights it needs. */
export const inviteLinks = (username: string): Readonly<Record<keyof typeof GRANTS, string>> => ({
  channel: linkTo(username, GRANTS.channel),
  group: linkTo(username, GRANTS.group),
});

/** Link that subscribes a user in their private chat with the bot. */
export const subscribeLink = (username: string): string => linkTo(username, 'start=subscribe');

/** Link that opens one post in the chat with the bot, by its event id. */
export const postLink = (username: string, id: string): string =>
  linkTo(username, `start=${postPayload(id)}`);

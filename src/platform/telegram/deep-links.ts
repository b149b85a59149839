import { postPayload } from '../../command/deep-links.ts';

/** Rights that the app offers to grant (deep links, `admin`); in a group any of them lets the bot write. */
const GRANTS = {
  channel: 'startchannel&admin=post_messages+delete_messages',
  group: 'startgroup&admin=delete_messages',
} as const;

const linkTo = (username: string, query: string): string => `https://t.me/${username}?${query}`;

/** Addresses that let the bot into a group or a channel of one's choice, with just the rights that it needs. */
export const inviteLinks = (username: string): Readonly<Record<keyof typeof GRANTS, string>> => ({
  channel: linkTo(username, GRANTS.channel),
  group: linkTo(username, GRANTS.group),
});

/** The address by which somebody gets new posts in a chat of their own. */
export const subscribeLink = (username: string): string => linkTo(username, 'start=subscribe');

/** The address of one post in the bot's chat, by its event's id. */
export const postLink = (username: string, id: string): string =>
  linkTo(username, `start=${postPayload(id)}`);

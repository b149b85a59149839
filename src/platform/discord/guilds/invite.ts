import { OAuth2Scopes, PermissionFlagsBits } from 'discord.js';

const { ViewChannel, SendMessages, SendMessagesInThreads, EmbedLinks, AttachFiles, ReadMessageHistory } =
  PermissionFlagsBits;
/** For deliveries to any type of channel; README.md lists the same. Servers may grant more, for roles and forums. */
const PERMISSIONS = [
  ViewChannel,
  SendMessages,
  SendMessagesInThreads,
  EmbedLinks,
  AttachFiles,
  ReadMessageHistory,
];

/** OAuth2, "Shared Resources". */
const AUTHORIZE_URL = 'https://discord.com/oauth2/authorize';

/** Lets the user add the bot to a server (OAuth2, "Bot Authorization Flow"). */
export function inviteUrl(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(' '),
    permissions: String(PERMISSIONS.reduce((all, one) => all | one, 0n)),
  });
  return `${AUTHORIZE_URL}?${query.toString()}`;
}

import { OAuth2Scopes, PermissionFlagsBits } from 'discord.js';

const { ViewChannel, SendMessages, SendMessagesInThreads, EmbedLinks, AttachFiles, ReadMessageHistory } =
  PermissionFlagsBits;
/** What deliveries need in any kind of channel; README.md names the same. What is for roles and forums is left to each server. */
const PERMISSIONS = [
  ViewChannel,
  SendMessages,
  SendMessagesInThreads,
  EmbedLinks,
  AttachFiles,
  ReadMessageHistory,
];

/** Discord's OAuth2 page, "Shared Resources": the base authorization URL. */
const AUTHORIZE_URL = 'https://discord.com/oauth2/authorize';

/** The address by which somebody adds the bot to a server (Discord's OAuth2, "Bot Authorization Flow"). */
export function inviteUrl(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(' '),
    permissions: String(PERMISSIONS.reduce((all, one) => all | one, 0n)),
  });
  return `${AUTHORIZE_URL}?${query.toString()}`;
}

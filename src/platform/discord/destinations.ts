/** `discord:<channel id>`, for channels, threads and direct messages. */
export function destinationOf(channel: string): string {
  return `discord:${channel}`;
}

/** `undefined` if the destination names no channel; ids consist of digits (Reference, Snowflakes). */
export function channelIdOf(destination: string): string | undefined {
  return /^discord:(\d+)$/u.exec(destination)?.[1];
}

/** `discord:@<user id>`, for direct messages with a user, even if their channel hasn't been opened yet. */
export function inboxOf(user: string): string {
  return `discord:@${user}`;
}

/** The user, if the destination was made by `inboxOf`. */
export function recipientOf(destination: string): string | undefined {
  return /^discord:@(\d+)$/u.exec(destination)?.[1];
}

/** The destination that a channel, a thread or a private chat is: `discord:<channel id>`. */
export function destinationOf(channel: string): string {
  return `discord:${channel}`;
}

/** The channel of a destination, or nothing where it names none: ids are numbers (Reference, Snowflakes). */
export function channelIdOf(destination: string): string | undefined {
  return /^discord:(\d+)$/u.exec(destination)?.[1];
}

/** The private chat with a person, whether it has been opened or not: `discord:@<user id>`. */
export function inboxOf(person: string): string {
  return `discord:@${person}`;
}

/** The person whose private chat the destination is. */
export function recipientOf(destination: string): string | undefined {
  return /^discord:@(\d+)$/u.exec(destination)?.[1];
}

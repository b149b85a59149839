/** The destination that a channel, a thread or a private chat is: `discord:<channel id>`. */
export function destinationOf(channel: string): string {
  return `discord:${channel}`;
}

/** The channel of a destination, or nothing where it names none: ids are numbers (Reference, Snowflakes). */
export function channelOf(destination: string): string | undefined {
  return /^discord:(\d+)$/u.exec(destination)?.[1];
}

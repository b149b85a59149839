/** What commands were called once, and what they are called now: people remember them, and buttons in chats carry them. */
export const COMMAND_ALIASES: ReadonlyMap<string, string> = new Map([
  ['tellme', 'notify'],
  ['test', 'preview'],
]);

/** What a command is called now, by that name or one that it had. */
export const canonicalName = (name: string): string => COMMAND_ALIASES.get(name) ?? name;

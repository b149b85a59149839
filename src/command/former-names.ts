/** What commands were called once, and what they are called now: people remember them, and buttons in chats carry them. */
export const FORMER_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    tellme: 'notify',
  }),
);

/** What a command is called now, by that name or one that it had. */
export const currentName = (name: string): string => FORMER_NAMES.get(name) ?? name;

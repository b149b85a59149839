/** Former names of commands and their present ones: people remember them, cached menus show them, and old buttons carry them. */
export const COMMAND_ALIASES: ReadonlyMap<string, string> = new Map([
  ['tellme', 'notify'],
  ['test', 'preview'],
]);

/** The present name of a command. */
export const canonicalName = (name: string): string => COMMAND_ALIASES.get(name) ?? name;

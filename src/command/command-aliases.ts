/** Former command names, which people remember, cached menus show and old buttons carry, with their current names. */
export const COMMAND_ALIASES: ReadonlyMap<string, string> = new Map([
  ['tellme', 'notify'],
  ['test', 'preview'],
]);

/** The current name of a command. */
export const canonicalName = (name: string): string => COMMAND_ALIASES.get(name) ?? name;

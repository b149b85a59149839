/** What commands were called before. Typed lines and buttons in old messages go on working; menus show the new names. */
export const FORMER_NAMES: ReadonlyMap<string, string> = new Map([['test', 'preview']]);

/** What a command is called now. */
export const currentName = (name: string): string => FORMER_NAMES.get(name) ?? name;

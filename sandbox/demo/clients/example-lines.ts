interface Named {
  readonly name: string;
}

/** Lines to try, by the commands themselves: a chip can't name one that is called otherwise by now. */
export const exampleLines = (
  ...commands: readonly (Named | readonly [command: Named, words: string])[]
): readonly string[] => commands.map((one) => ('name' in one ? `/${one.name}` : `/${one[0].name} ${one[1]}`));

interface Named {
  readonly name: string;
}

/** Example lines made from the commands themselves, so that they can't name a command that was renamed. */
export const exampleLines = (
  ...commands: readonly (Named | readonly [command: Named, words: string])[]
): readonly string[] => commands.map((one) => ('name' in one ? `/${one.name}` : `/${one[0].name} ${one[1]}`));

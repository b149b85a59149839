/** What every engine says instead of opening an unfinished copy; completes "can't open …:". `source` has no password. */
export const unfinishedCopyText = (source: string): string =>
  `it's an unfinished copy of "${source}"; run the same \`postrider copy\` again to finish it`;

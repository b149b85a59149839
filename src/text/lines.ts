/** Keeps what it stands between on one row. */
export const NO_BREAK_SPACE = '\u00a0';

/** A line that can be typed, as it stands in a sentence of ours: a command and what is behind it are found as one (`command/sentence`). */
export const typedLine = (typed: string): string => typed.replaceAll(' ', NO_BREAK_SPACE);

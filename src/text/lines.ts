/** Holds a command and what is typed behind it together: they are one line, and are found as one (`command/sentence`). */
const HOLD = '\u00a0';

/** A line that can be typed, as it stands in a sentence of ours. */
export const line = (typed: string): string => typed.replaceAll(' ', HOLD);

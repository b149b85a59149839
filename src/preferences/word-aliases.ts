/**
 * Words that people once typed, exported or saw, by those that stand in their place now. Stored choices, buttons in
 * chats and texts that people keep still have them, so they go on meaning the same. The only table of them.
 */
const ALIASES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    schedule: ['rhythm'],
    style: ['look'],
    export: ['text'],
    default: ['standard', 'as usual'],
    'right away': ['at once', '随发随到'],
    daily: ['每天'],
    weekly: ['每周'],
    hold: ['posts wait', '先留着'],
    silence: ['no sound'],
    normal: ['取消'],
    all: ['全选'],
    on: ['是'],
    off: ['否'],
  }),
);

/** What else is read as a word of ours. */
export const aliasesOf = (word: string): readonly string[] => ALIASES.get(word) ?? [];

const CANONICAL = new Map([...ALIASES].flatMap(([now, then]) => then.map((word) => [word, now])));

/** The word of ours that somebody means, whether it is one of today's or not. */
export const canonicalWord = (word: string): string => CANONICAL.get(word) ?? word;

/**
 * Former keywords by today's. Stored settings, buttons in chats and exported texts still contain them, so they keep
 * working. The only table of them.
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

/** Former spellings of a keyword. */
export const aliasesOf = (word: string): readonly string[] => ALIASES.get(word) ?? [];

const CANONICAL = new Map([...ALIASES].flatMap(([now, then]) => then.map((word) => [word, now])));

/** Today's keyword for a current or former one; other words are returned as they are. */
export const canonicalWord = (word: string): string => CANONICAL.get(word) ?? word;

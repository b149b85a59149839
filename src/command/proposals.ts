/** So many characters at most, and so many proposals within 24 hours: of one asker, from one server or chat, in all. */
export const MAX_SUGGESTION_LENGTH = 1_000;
export const SUGGESTION_QUOTAS = { asker: 3, home: 20, all: 100 } as const;

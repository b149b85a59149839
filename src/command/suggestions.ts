/** In characters. */
export const MAX_SUGGESTION_LENGTH = 1_000;

/** Suggestions within 24 hours: per user, per server or chat, and in total. */
export const SUGGESTION_QUOTAS = { user: 3, home: 20, all: 100 } as const;

/** Passed on to the author, or refused: the user is blocked, or has used up one of the quotas. */
export type SuggestionResult = 'taken' | 'blocked' | keyof typeof SUGGESTION_QUOTAS;

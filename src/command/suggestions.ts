/** In characters. */
export const MAX_SUGGESTION_LENGTH = 1_000;

/** Suggestions within 24 hours: per user, per server or chat, and in total. */
export const SUGGESTION_QUOTAS = { user: 3, home: 20, all: 100 } as const;

/**
 * Passed on to the author, or refused: the user is blocked, has used up one of the quotas, or nobody can take it at the
 * moment.
 */
export type SuggestionResult = 'taken' | 'blocked' | 'unavailable' | keyof typeof SUGGESTION_QUOTAS;

/** So many characters at most, and so many proposals within 24 hours: of one asker, from one server or chat, in all. */
export const MAX_PROPOSAL = 1_000;
export const MOST_PROPOSALS = { asker: 3, home: 20, all: 100 } as const;

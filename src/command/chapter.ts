/** What commands are good for, in the order in which /help tells it. */
export const CHAPTERS = ['reading', 'finding', 'knowing', 'managing'] as const;
export type Chapter = (typeof CHAPTERS)[number];

/** What commands are good for, in the order in which /help tells it. */
export const CATEGORIES = ['reading', 'finding', 'knowing', 'managing'] as const;
export type Category = (typeof CATEGORIES)[number];

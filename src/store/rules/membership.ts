/** How long a gone destination keeps its preferences and position: bots are often removed by mistake. */
export const GONE_KEPT_MS = 30 * 86_400_000;

/** The platform in a destination's id. */
export const platformOf = (id: string): string => id.slice(0, id.indexOf(':'));

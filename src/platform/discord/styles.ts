/** The looks that Discord's messages can have; the first is the default. */
export const DISCORD_STYLES = ['auto', 'card', 'embed', 'plain'] as const;
export type DiscordStyle = (typeof DISCORD_STYLES)[number];

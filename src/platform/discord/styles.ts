/** What notes can look like; the first is the default. What each one sends is in render/style-forms.ts. */
export const DISCORD_STYLES = ['auto', 'card', 'embed', 'plain'] as const;
export type DiscordStyle = (typeof DISCORD_STYLES)[number];

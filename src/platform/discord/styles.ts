/** The styles that notes can have; the first is the default. render/style-forms.ts says what each one sends. */
export const DISCORD_STYLES = ['auto', 'card', 'embed', 'plain'] as const;
export type DiscordStyle = (typeof DISCORD_STYLES)[number];

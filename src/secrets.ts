import { secretForms } from './nostr/bot-key.ts';

/** The variables that hold a token: no others are read as such. */
const TOKENS = ['DISCORD_TOKEN', 'TELEGRAM_TOKEN'] as const;
export type TokenName = (typeof TOKENS)[number];

/** What must never be written, wherever it turns up: the values of secret variables, in every form they may take. */
export function secretsIn(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const valueOf = (name: string) => env[name]?.trim() || [];
  const tokens = TOKENS.flatMap(valueOf);
  return [...tokens, ...['BOT_KEY'].flatMap(valueOf).flatMap(secretForms)];
}

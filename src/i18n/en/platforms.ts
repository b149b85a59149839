import type { PlatformName } from '../../platform/platforms.ts';
import { plural } from './plural.ts';

/** What one platform's users call things, and what is said to them alone. */
export interface PlatformTexts {
  /** On the button that adds the bot. */
  readonly install: string;
  /** Above the commands for managers in /help. */
  readonly managing: string;
  readonly managersOnly: string;
  /** Where the operator gets a new token, and where it goes. */
  readonly newToken: string;
  /** So many of the places that receive posts. */
  readonly destinations: (count: number) => string;
}

export const platformTexts: Readonly<Record<PlatformName, PlatformTexts>> = {
  discord: {
    install: 'Add to Discord',
    managing: 'For server managers',
    managersOnly: 'Only server managers can do that.',
    newToken:
      'Developer Portal → your app → Bot → Reset Token; put the new one in DISCORD_TOKEN and restart Postrider.',
    destinations: (count) => plural(count, 'channel', 'channels'),
  },
  telegram: {
    install: 'Get it on Telegram',
    managing: 'For admins',
    managersOnly: 'Only admins can do that.',
    newToken: '@BotFather → /mybots → your bot → API Token; put it in TELEGRAM_TOKEN and restart Postrider.',
    destinations: (count) => plural(count, 'chat', 'chats'),
  },
};

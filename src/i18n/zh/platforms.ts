import type { platformTexts as english } from '../en/platforms.ts';
import { han } from './chinese-spacing.ts';

export const platformTexts: typeof english = {
  discord: {
    install: '添加到 Discord',
    managing: '服务器管理',
    managersOnly: '只有服务器管理员可以这样做。',
    newToken:
      'Developer Portal → 你的应用 → Bot → Reset Token；将新令牌填入 DISCORD_TOKEN，然后重启 Postrider。',
    destinations: (count) => han`${count}个频道`,
  },
  telegram: {
    install: 'Telegram 订阅',
    managing: '管理',
    managersOnly: '只有管理员可以这样做。',
    newToken: '@BotFather → /mybots → 你的机器人 → API Token；填入 TELEGRAM_TOKEN，然后重启 Postrider。',
    destinations: (count) => han`${count}个聊天`,
  },
};

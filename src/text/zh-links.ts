import type { linkTexts as english } from './en-links.ts';

export const linkTexts: typeof english = {
  get: { discord: '添加到 Discord', telegram: 'Telegram 订阅' },
  getPosts: '订阅新帖',
  readInTelegram: '在 Telegram 中阅读',
  gone: '抱歉，这篇帖子已经不在了：可能已被删除，也可能链接不完整。',
  latest: '最新帖子',
};

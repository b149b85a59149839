import { PLATFORMS } from '../../platform/platforms.ts';
import { bidiIsolate } from '../bidi-isolate.ts';
import type { statsTexts as english } from '../en/stats.ts';
import { han } from './chinese-spacing.ts';

export const statsTexts: typeof english = {
  heading: '统计',
  none: '还没有帖子。',
  total: (count, since) => han`自${since}以来共 ${count} 篇帖子`,
  thisMonth: (count, before) => `本月 ${count} 篇${before === undefined ? '' : `，上月 ${before} 篇`}`,
  busiest: (hour) => `发帖最多的时段：${hour}:00–${hour}:59（你的时区）`,
  longestSeries: (title, count) => `最长的系列：《${bidiIsolate(title)}》，${count} 篇`,
  hashtags: (used) =>
    `最常用的话题：${used.map(([tag, count]) => `${bidiIsolate(tag)}（${count}）`).join('、')}`,
  audience: (places) => `订阅情况：${places.join('，')}`,
  onPlatform: (places, platform) => `${PLATFORMS[platform].displayName} 上有 ${places}`,
  recently: (joined, left) => `最近 30 天：新增 ${joined}，减少 ${left}`,
  charts: { months: '按月', hours: '按小时' },
  alt: { months: '每月发帖数', hours: '最近 24 个月各时段的发帖数' },
};

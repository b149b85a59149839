import { dateWords as english } from '../en/dates.ts';

/** How readers may write dates in Chinese; English words are understood, too. */
export const dateWords: typeof english = {
  daysAgo: [['今天', '今日'], ['昨天', '昨日'], ['前天']].map((words, ago) => [
    ...words,
    ...(english.daysAgo[ago] ?? []),
  ]),
  weekdays: ['一', '二', '三', '四', '五', '六', '日'].map((day, index) => [
    `星期${day}`,
    `周${day}`,
    `礼拜${day}`,
    ...(day === '日' ? ['星期天', '周天', '礼拜天'] : []),
    ...(english.weekdays[index] ?? []),
  ]),
  months: ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'].map((month, index) => [
    `${month}月`,
    ...(english.months[index] ?? []),
  ]),
};

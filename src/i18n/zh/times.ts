import { clockTime, type timeTexts as english, isUniversal } from '../en/times.ts';

const date: typeof english.date = ({ year, month, day }) => `${year}年${month}月${day}日`;

export const timeTexts: typeof english = {
  date,
  day: ({ year, month, day }, now) => `${year === now?.year ? '' : `${year}年`}${month}月${day}日`,
  weekday: ({ dayOfWeek, year, month, day }, now) =>
    `${year === now.year ? '' : `${year}年`}${month}月${day}日 星期${'一二三四五六日'.charAt(dayOfWeek - 1)}`,
  justNow: '刚刚',
  minutesAgo: (minutes) => `${minutes} 分钟前`,
  hoursAgo: (hours) => `${hours} 小时前`,
  yesterday: (at) => `昨天 ${clockTime(at)}`,
  month: ({ year, month }) => `${year}年${month}月`,
  year: ({ year }) => `${year}年`,
  moment: (at) => `${date(at)} ${clockTime(at)}${isUniversal(at) ? '（UTC）' : ''}`,
};

import { clockTime, type timeTexts as english, isUniversal } from './en-times.ts';

const date: typeof english.date = ({ year, month, day }) => `${year}年${month}月${day}日`;

export const timeTexts: typeof english = {
  date,
  month: ({ year, month }) => `${year}年${month}月`,
  year: ({ year }) => `${year}年`,
  moment: (at) => `${date(at)} ${clockTime(at)}${isUniversal(at) ? '（UTC）' : ''}`,
};

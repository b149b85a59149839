import { clockTime, type timeTexts as english, isUniversal } from './en-times.ts';

const date = ({ year, month, day }: Temporal.ZonedDateTime): string => `${year}年${month}月${day}日`;

export const timeTexts: typeof english = {
  date,
  moment: (at) => `${date(at)} ${clockTime(at)}${isUniversal(at) ? '（UTC）' : ''}`,
};

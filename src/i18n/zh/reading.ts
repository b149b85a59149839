import { bidiIsolate } from '../bidi-isolate.ts';
import type { readingTexts as english } from '../en/reading.ts';
import { han } from './chinese-spacing.ts';

const BROKEN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'wrong id': '内容与签名时的原文不一致。',
    'bad signature': '签名不是用作者的密钥生成的。',
    'other author': '签名用的是别人的密钥。',
  }),
);

export const readingTexts: typeof english = {
  series: {
    heading: (author) => han`${bidiIsolate(author)}的系列`,
    which: (typed) => `有多个系列与“${bidiIsolate(typed)}”匹配，要看哪一个？`,
    count: (count) => han`${count}篇`,
    noneYet: '还没有系列。两篇标题同名的帖子就会组成系列。',
    unknown: (typed) => `没有名为“${bidiIsolate(typed)}”的系列。发送 /series 查看全部系列。`,
    earlier: '‹ 上一篇',
    later: '下一篇 ›',
    all: '整个系列',
    index: '全部系列',
  },
  on: {
    count: (total, most) => (most ? han`超过${total}篇，最新在前` : han`共${total}篇，最新在前`),
    none: {
      day: (date) => han`${date}没有帖子。`,
      month: (month) => han`${month}没有帖子。`,
      year: (year) => han`${year}没有帖子。`,
    },
    wrongDate: (given) =>
      `无法识别日期“${bidiIsolate(given)}”。可以输入 2025-03-01、2025-03、昨天、星期一或 3月1日。`,
    missingDay: (date) => han`没有${date}这一天。`,
    anniversary: '往年今日',
    noAnniversary: '往年今日没有帖子。',
    allOf: (date, total) => han`${date}（共${total}篇）`,
  },
  random: {
    another: '再来一篇',
    surprise: '随便看看',
  },
  verify: {
    button: '验证',
    genuine: '已验证：确为作者本人所发',
    why: (author) => han`由${bidiIsolate(author)}的密钥签名，之后内容未被改动。刚刚核对过，签名有效。`,
    broken: '未通过验证，请勿相信这份副本',
    whyNot: (reason) =>
      `验证未通过。${BROKEN.get(reason) ?? '它不是一篇有效的签名帖子。'}我的副本可能已损坏，也可能被人改动过。`,
    signed: '签名时间',
    key: (author) => han`${bidiIsolate(author)}的公钥`,
    code: '短 ID',
    id: '完整 ID',
    seenAt: '中继',
    how: '每篇帖子都用只有作者本人持有的密钥签名，改动一个字，签名就会失效。你也可以自行核对：同一篇帖子在任何地方的 ID 都相同。',
    elsewhere: '到别处核对',
    read: '阅读帖子',
  },
};

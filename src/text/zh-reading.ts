import type { readingTexts as english } from './en-reading.ts';
import { han } from './han.ts';
import { isolated } from './isolated.ts';

const BROKEN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'wrong id': '我存的文字，和当初签名的文字对不上。',
    'bad signature': '这个签名不是用作者的密钥签的。',
    'other author': '它是用别人的密钥签的。',
  }),
);

export const readingTexts: typeof english = {
  series: {
    heading: (author) => han`${isolated(author)}的系列`,
    which: (typed) => `是哪一个呢？和“${isolated(typed)}”相近的系列：`,
    count: (count) => han`${count}篇`,
    noneYet: '还没有系列。同名的文章有了第二篇，就会成为一个系列。',
    unknown: (typed) => `没有找到“${isolated(typed)}”这个系列。/series 可以列出全部系列。`,
    earlier: '‹ 上一篇',
    later: '下一篇 ›',
    all: '整个系列',
    index: '全部系列',
  },
  on: {
    heading: (date) => `发布于：${date}`,
    count: (total, most) => (most ? han`超过${total}篇，最新的在前` : han`共${total}篇，最新的在前`),
    none: (date) => `那时没有发布任何内容（${date}）。`,
    wrongDate: (given) =>
      `看不懂“${isolated(given)}”是哪一天。可以写成 2025-03-01、2025-03、昨天、星期一或 3月1日。`,
    anniversary: '往年今日',
    noAnniversary: '往年的今天没有发布过内容。',
    allOf: (date, total) => han`${date}（共${total}篇）`,
  },
  random: {
    another: '再来一篇',
    surprise: '随便看看',
  },
  verify: {
    button: '验证',
    genuine: '这篇帖子是真的',
    why: (author) =>
      han`它是用${isolated(author)}的密钥签名的，之后一个字都没有改过。我刚刚核对过，签名有效。`,
    broken: '请不要相信这份副本',
    whyNot: (reason) =>
      `我刚刚核对过，没有通过。${BROKEN.get(reason) ?? '它不是一篇签过名的帖子该有的样子。'}可能是我的副本坏了，也可能有人改动过。`,
    signed: '签名时间',
    key: (author) => han`${isolated(author)}的公钥`,
    code: '这里的编号',
    id: '完整 ID',
    seenAt: '见于中继',
    how: '这里的每篇帖子都用密钥签过名，而密钥只有作者本人才有。一个签名只对应一段文字，改动一个字就会失效。你不必只听我的：在别处，同一篇帖子的 ID 也一样。',
    elsewhere: '到别处看看',
    read: '阅读',
  },
};

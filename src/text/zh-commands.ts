import type { commands as english, optionNames as englishNames } from './en-commands.ts';
import { han } from './han.ts';
import { suggestCommand } from './zh-suggest.ts';

export const optionNames: typeof englishNames = {
  count: '数量',
  type: '类型',
  query: '关键词',
  hashtag: '话题',
  after: '起始',
  before: '截止',
  note: '帖子',
  name: '名称',
  date: '日期',
  since: '起点',
  change: '更改',
  topic: '内容',
};

export const commands: typeof english = {
  latest: {
    description: '看看最新的帖子',
    options: { count: '几篇（1 到 10）', type: '只看某一类' },
  },
  search: {
    description: '查找帖子：关键词、"完整短语"、-排除、#话题、before:2025-07-01、after:2025',
    options: {
      query: '想找什么',
      type: '只找某一类',
      hashtag: '只找带这个话题标签的',
      after: '只找这一天、这个月或这一年以来的，例如 2025-03-01',
      before: '只找这一天、这个月或这一年之前的',
    },
    example: '/search 锂电池 after:2025-03-01',
  },
  read: {
    description: '读一篇帖子的全文',
    options: { note: '编号、链接，或文中的几个字' },
    example: '/read 1a2b3c4d',
    form: {
      title: '阅读帖子',
      label: '哪一篇？',
      hint: '编号、链接或其中的文字',
      question: (_author: string, example?: string) =>
        han`想读哪一篇？请发来它的编号、链接或其中的文字${example ? `，例如 ${example}` : ''}。`,
    },
  },
  random: { description: '随便看一篇', options: { type: '只看某一类' } },
  series: {
    description: '连载系列：列出所有系列，或某个系列的各篇',
    options: { name: '系列名称，或其中几个字' },
  },
  on: {
    description: '某一天发布了什么；不填日期，就看往年今日',
    options: { date: '2025-03-01、2025-03、昨天、星期一、3月1日' },
  },
  verify: {
    description: '验证一篇帖子是否出自作者本人',
    options: { note: '编号、链接，或文中的几个字' },
    example: '/verify 1a2b3c4d',
    form: {
      title: '验证帖子',
      label: '哪一篇？',
      hint: '编号、链接或其中的文字',
      question: (_author: string, example?: string) =>
        han`要验证哪一篇？请发来它的编号、链接或其中的文字${example ? `，例如 ${example}` : ''}。`,
    },
  },
  catchup: {
    description: '看看你错过了什么，按天排列',
    options: { since: '从哪天算起：3（几天前）、昨天、星期一、2025-03-01' },
  },
  settings: {
    description: '这里收什么、什么时候收、怎么收',
    options: { change: '想改什么，例如：rhythm daily 8:30、quiet 22-7、zone 北京' },
  },
  suggest: suggestCommand,
  roles: { description: '放上按钮，让成员自己选要收到哪些提醒' },
  preview: { description: '看看帖子在这里是什么样子：每种发一篇样帖' },
  notify: {
    description: '开启或关闭某类新帖的提醒',
    options: { type: '帖子类型' },
    example: '/notify 长文',
  },
  subscribe: { description: '在这里接收新帖子' },
  unsubscribe: { description: '不再在这里接收新帖子' },
  about: { description: '作者是谁，在哪里能找到' },
  status: { description: '运行状况：最近一篇、连接情况、待发内容' },
  privacy: { description: '我知道你的哪些信息，哪些不知道' },
  forgetme: { description: '删除我所知道的关于你的一切' },
  help: { description: '我能做什么' },
};

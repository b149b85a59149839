import type { commands as english, optionNames as englishNames } from '../en/commands.ts';
import { han } from './chinese-spacing.ts';
import { suggestCommand } from './suggest.ts';

export const optionNames: typeof englishNames = {
  chart: '图表',
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
    description: '查看最新帖子',
    options: { count: '显示几篇（1–10）', type: '只看某一类帖子' },
  },
  search: {
    description: '查找帖子：关键词、"短语"、-排除、话题标签、日期（before: / after:）',
    options: {
      query: '搜索关键词',
      type: '只搜某一类帖子',
      hashtag: '只搜带有这个话题标签的帖子',
      after: '此日期起（含当天）：2025-03-01、2025-03 或 2025',
      before: '此日期之前：2025-03-01、2025-03 或 2025',
    },
    example: '/search 锂电池 after:2025-03-01',
  },
  read: {
    description: '阅读一篇帖子的全文',
    options: { note: '标题、文中的几个字、链接或 ID' },
    example: '/read 1a2b3c4d',
    form: {
      title: '阅读帖子',
      label: '哪一篇？',
      hint: '标题、文中的几个字、链接或 ID',
      question: (_author: string, example?: string) =>
        han`想读哪一篇？请发送标题、文中的几个字、链接或 ID${example ? `，例如“${example}”` : ''}。`,
    },
  },
  random: { description: '随机看一篇帖子', options: { type: '只看某一类帖子' } },
  stats: { description: '作者发帖统计，附图表', options: { chart: '按月，或按一天中的时段' } },
  series: {
    description: '浏览系列，或某个系列里的帖子',
    options: { name: '系列名称，或其中几个字' },
  },
  on: {
    description: '查看某一天的帖子；不填日期则看往年今日',
    options: { date: '例如 2025-03-01、2025-03、昨天、星期一、3月1日' },
  },
  verify: {
    description: '验证帖子是否出自作者本人',
    options: { note: '标题、文中的几个字、链接或 ID' },
    example: '/verify 1a2b3c4d',
    form: {
      title: '验证帖子',
      label: '哪一篇？',
      hint: '标题、文中的几个字、链接或 ID',
      question: (_author: string, example?: string) =>
        han`要验证哪一篇？请发送标题、文中的几个字、链接或 ID${example ? `，例如“${example}”` : ''}。`,
    },
  },
  catchup: {
    description: '查看你错过的帖子',
    options: { since: '从何时起：3（即 3 天前）、昨天、星期一、2025-03-01' },
  },
  settings: {
    description: '设置这里接收哪些帖子、何时接收',
    options: { change: '直接修改，例如：schedule daily 8:30、quiet 22-7、zone 北京' },
  },
  suggest: suggestCommand,
  roles: { description: '发布按钮，让成员自选提醒' },
  preview: { description: '发几篇样帖，预览显示效果' },
  notify: {
    description: '开启或关闭某类新帖的提醒',
    options: { type: '帖子类型' },
    example: '/notify 长文',
  },
  subscribe: { description: '在此订阅新帖' },
  unsubscribe: { description: '取消此处的订阅' },
  about: { description: '关于作者' },
  status: { description: '运行状况：最新帖子、连接、待发队列' },
  privacy: { description: '我保存了你的哪些信息' },
  forgetme: { description: '删除我保存的你的所有信息' },
  help: { description: '使用帮助' },
};

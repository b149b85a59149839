import { bidiIsolate } from '../bidi-isolate.ts';
import type { linkTexts as english, Texts } from '../en/catalogue.ts';
import { typedLine } from '../symbols.ts';
import { alertTexts } from './alerts.ts';
import { han } from './chinese-spacing.ts';
import { commands, optionNames } from './commands.ts';
import { dateWords } from './dates.ts';
import { discordTexts } from './discord.ts';
import { noteTexts } from './note.ts';
import { platformTexts } from './platforms.ts';
import { postTypes } from './post-types.ts';
import { privacyTexts } from './privacy.ts';
import { readingTexts } from './reading.ts';
import { serverTexts } from './servers.ts';
import { settingsTexts } from './settings.ts';
import { siteTexts } from './site.ts';
import { statsTexts } from './stats.ts';
import { statusTexts } from './status.ts';
import { statusPageTexts } from './status-page.ts';
import { inboxTexts, suggestTexts } from './suggest.ts';
import { telegramTexts } from './telegram.ts';
import { timeTexts } from './times.ts';

const linkTexts: typeof english = {
  getPosts: '订阅新帖',
  readInTelegram: '在 Telegram 中阅读',
  notFound: '抱歉，这篇帖子已经不在了：可能已被删除，也可能链接不完整。',
  latest: '最新帖子',
};

/** Every sentence that people read, in simplified Chinese. */
export const zh: Texts = {
  note: noteTexts,
  dates: dateWords,
  times: timeTexts,
  marks: { colon: '：', comma: '、', gap: '' },
  digest: {
    heading: {
      'at-once': (count) => han`离线期间有${count}篇新帖`,
      daily: (count) => han`每日汇总 · ${count}篇`,
      weekly: (count) => han`每周汇总 · ${count}篇`,
    },
    more: (count) => han`另有${count}篇较早的帖子：`,
  },

  postTypes,

  commands,
  optionNames,

  latest: {
    heading: (author, posts) => han`${bidiIsolate(author)}的最新${posts ?? '帖子'}`,
    none: (posts) => han`还没有${posts ?? '帖子'}。`,
    noMore: '已经是最早的一篇了。',
    newer: '‹ 上一页',
    older: '下一页 ›',
    newest: '返回最新',
  },
  search: {
    count: (total, most) =>
      most ? han`超过${total}条结果，按相关度排序` : han`共${total}条结果，按相关度排序`,
    none: (query) => `没有找到“${bidiIsolate(query)}”的相关帖子。`,
    hint: '试试减少关键词，或只搜一个话题标签。',
    noMore: '没有更多结果了。',
    reach: (day) => han`匹配的帖子很多，只搜索到${day}为止。`,
    further: '搜索更早的帖子 ›',
    emptyQuery: '想搜索什么？例如：/search\u00a0锂电池\u00a0after:2025-03-01',
    wrongDate: (given) => `无法识别日期“${bidiIsolate(given)}”。可以输入 2025-03-01、2025-03 或 2025。`,
    previous: '‹ 上一页',
    next: '下一页 ›',
  },
  ...readingTexts,
  ...settingsTexts,
  privacy: privacyTexts,
  read: {
    notFound: (code) =>
      `没有找到“${bidiIsolate(code)}”对应的帖子。可以换几个词用 /search 搜索，或从 /latest 中选一篇。`,
    readThat: '查看它回复的帖子',
  },
  suggest: suggestTexts,
  inbox: inboxTexts,
  subscribe: {
    added: {
      private: (author) => han`👋 欢迎！${bidiIsolate(author)}的新帖会发到这里。`,
      group: (author) => han`✅ 已订阅，${bidiIsolate(author)}的新帖会发到这里。`,
      channel: (author) => han`✅ 已订阅，${bidiIsolate(author)}的新帖会发到这里。`,
    },
    already: {
      private: (author) => han`👋 欢迎回来！你已订阅${bidiIsolate(author)}。`,
      group: (author) => han`这里已订阅${bidiIsolate(author)}的新帖。`,
      channel: (author) => han`这里已订阅${bidiIsolate(author)}的新帖。`,
    },
    missing: (permissions) => `我还不能在这里发帖，还需要：${permissions.join('、')}。设置好后请重试。`,
    full: (perServer, perPerson) =>
      han`订阅数已达上限：每个服务器或聊天最多${perServer}个，每人最多${perPerson}个。请在不再需要的频道使用 /unsubscribe。`,
    impossible: '无法在这里接收新帖。请在与我的私聊中，或在已添加我的服务器、群组里使用 /subscribe。',
    stopWith: (command) => `随时可用 /${command} 退订`,
    latestOne: '最新一篇：',
  },
  unsubscribe: {
    removed: '已退订，新帖不会再发到这里。/latest 和 /search 仍可使用。',
    none: '这里没有订阅。',
  },
  about: {
    written: (notes, since) => han`自${since}以来共${notes}篇帖子`,
    nothingYet: '还没有帖子。',
    website: '网站',
    profile: 'Nostr 主页',
    nostr: '内容发布在开放网络 Nostr 上，阅读无需账号。',
  },
  stats: statsTexts,
  status: statusTexts,
  statusPage: statusPageTexts,
  help: {
    intro: (author) => han`我会推送${bidiIsolate(author)}发布的内容，也能帮你查找往期帖子。`,
    categories: {
      reading: '阅读',
      finding: '查找',
      knowing: '更多',
    },
    ownChat: '当前聊天',
    allCommands: '全部命令',
    back: '‹ 返回帮助',
    missive: '“长文”指有标题或篇幅较长的帖子。',
    first: { search: '查找帖子', series: '浏览系列' },
    tryLatest: '最新帖子',
    anniversary: '往年今日',
    plainWords: '无需命令，直接输入想找的内容即可。',
    inline: (name) => `在任意聊天中输入 ${bidiIsolate(name)} 和关键词，即可分享帖子。`,
  },

  problem: {
    anyOf: (names) =>
      names.length > 1 ? han`${names.slice(0, -1).join('、')}或${names.at(-1) ?? ''}` : names.join(''),
    missing: {
      note: '要看哪一篇？',
      query: '想搜索什么？',
      topic: '想给作者提什么建议？',
      type: '哪一类帖子？',
    },
    withExample: (question, example) => han`${question}例如：${typedLine(example)}`,
    unknownValue: (option, given, names) => han`无法识别${option}“${bidiIsolate(given)}”，可选：${names}。`,
    notNumber: (option, min, max) => han`${option}须为${min}–${max}的数字。`,
    leftover: (word) => `无法识别“${bidiIsolate(word)}”，请去掉后重试。`,
    tooLong: (max) => han`内容过长，最多${max}个字。`,
    secret: '这看起来像私钥或 Cashu 代币。请勿发给任何人，包括我。',
    unknownCommand: (command) => `没有 /${command} 这个命令，请查看 /help。`,
    expired: '按钮已失效，请重新输入命令。',
  },

  platform: {
    oldButton: '按钮已停用，请重新输入命令。',
    failed: '出错了，请一分钟后重试。',
    tooOften: (seconds) => han`操作太频繁，请${seconds}秒后再试。`,
    removed: '作者已删除这篇帖子。',
    hiddenMedia: '已隐藏的图片或视频',
    image: '图片',
    video: '视频',
    audio: '音频',
  },
  links: linkTexts,
  servers: serverTexts,
  site: siteTexts,
  byPlatform: platformTexts,
  telegram: telegramTexts,

  discord: discordTexts,
  alerts: alertTexts,
};

import type { Texts } from './en.ts';
import { han } from './han.ts';
import { isolated } from './isolated.ts';
import { line } from './lines.ts';
import { commands, optionNames } from './zh-commands.ts';
import { dateWords } from './zh-dates.ts';
import { discordTexts } from './zh-discord.ts';
import { noteTexts } from './zh-note.ts';
import { privacyTexts } from './zh-privacy.ts';
import { readingTexts } from './zh-reading.ts';
import { serverTexts } from './zh-servers.ts';
import { settingsTexts } from './zh-settings.ts';
import { statusTexts } from './zh-status.ts';
import { letterTexts, suggestTexts } from './zh-suggest.ts';
import { telegramTexts } from './zh-telegram.ts';
import { timeTexts } from './zh-times.ts';

/** Every sentence that people read, in simplified Chinese. */
export const zh: Texts = {
  note: noteTexts,
  dates: dateWords,
  times: timeTexts,
  marks: { colon: '：', comma: '、', gap: '' },
  digest: {
    heading: {
      'at-once': (count) => han`这段时间有${count}篇新帖子`,
      daily: (count) => han`今日${count}篇`,
      weekly: (count) => han`本周${count}篇`,
    },
    more: (count) => han`另外还有${count}篇更早的：`,
  },

  postTypes: {
    missive: '长文',
    note: '短文',
    link: '链接',
    photo: '照片',
    video: '视频',
    reply: '回复',
    repost: '转发',
  },
  postTypeIcons: {
    missive: '📜',
    note: '💬',
    link: '🔗',
    photo: '📷',
    video: '🎬',
    reply: '↩️',
    repost: '🔁',
  },

  commands,
  optionNames,

  latest: {
    heading: (author, type) => han`${isolated(author)}最近发布${type ? `：${type}` : ''}`,
    none: (type) => (type ? `还没有这一类内容（${type}）。` : '还没有发布过内容。'),
    noMore: '已经是最早的一篇了。',
    newer: '‹ 更新的',
    older: '更早的 ›',
    newest: '最新帖子',
  },
  search: {
    heading: (query) => `搜索结果：${isolated(query)}`,
    count: (total, most) =>
      most ? han`超过${total}篇，最相关、最新的在前` : han`共${total}篇，最相关、最新的在前`,
    none: (query) => `没有找到：${isolated(query)}`,
    hint: '可以试试少写几个词、写短一点，或者只写一个 #话题。还可以限定日期：after:2025-03-01 before:2025-04-01',
    noMore: '没有更多结果了。',
    reach: (day) => han`含有这些词的帖子太多，我只查了${day}以来的。`,
    further: '再往前找 ›',
    emptyQuery: '告诉我想找什么吧，例如：/search\u00a0锂电池\u00a0after:2025-03-01',
    wrongDate: (given) => `看不懂“${isolated(given)}”是哪一天。可以写成 2025-03-01、2025-03 或 2025。`,
    previous: '‹ 更相关的',
    next: '更多 ›',
  },
  ...readingTexts,
  ...settingsTexts,
  privacy: privacyTexts,
  read: {
    notFound: (code) =>
      `没有找到编号或文字为“${isolated(code)}”的帖子。用 /latest 和 /search 可以看到可用的编号。`,
    readThat: '看看它回复的帖子',
  },
  suggest: suggestTexts,
  letters: letterTexts,
  subscribe: {
    added: {
      private: (author) => han`欢迎！从现在起，${isolated(author)}的新帖子会送到这里。`,
      group: (author) => han`好了！从现在起，${isolated(author)}的新帖子会送到这里。`,
      channel: (author) => han`好了！从现在起，${isolated(author)}的新帖子会送到这里。`,
    },
    already: '新帖子本来就会送到这里，不用再做什么。',
    missing: (permissions) => `我还不能在这里发帖，还差：${permissions.join('、')}。给我之后再试一次就好。`,
    full: '这个服务器或聊天里，接收新帖子的地方已到上限，或者你一个人添加的已到上限。在不再需要的地方用 /unsubscribe 就能腾出位置。',
    impossible: '新帖子没法送到这个地方。请在和我的私聊里订阅，或者到已添加我的服务器，在频道里订阅。',
    stopWith: { discord: '不想再收时，用 /unsubscribe', telegram: '不想再收时，用 /stop' },
    latestOne: '这是最新的一篇：',
  },
  unsubscribe: {
    removed: '好的，新帖子不会再送到这里。你仍然可以随时问我：/latest 和 /search 照常可用。',
    none: '这里本来就没有订阅，不用取消。',
  },
  about: {
    written: (notes, since) => han`我存有${notes}篇帖子，最早的是${since}`,
    nothingYet: '我还没有存下任何帖子。',
    website: '网站',
    profile: 'Nostr 个人主页',
    nostr: '内容发布在开放网络 Nostr 上。在这里阅读，不需要任何账号。',
  },
  status: statusTexts,
  help: {
    intro: (author) => han`我会把${isolated(author)}发布的内容带给你，也能帮你再找出来。`,
    chapters: {
      reading: '阅读',
      finding: '查找',
      knowing: '了解更多',
      managing: '给管理员',
    },
    ownChat: '这个聊天',
    tryLatest: '最新帖子',
    series: '全部系列',
    anniversary: '往年今日',
    about: '关于作者',
    plainWords: '在这里不用写指令：想找什么，直接发给我就行。',
    inline: (name) => `在任何聊天里，输入 ${isolated(name)} 再加几个字，就能选一篇帖子分享。`,
  },

  problem: {
    or: '或',
    words: '文字',
    number: (min, max) => han`${min}到${max}之间的数字`,
    missing: (option, example) =>
      `还差一项：${option}。${example ? `例如：${line(example)}` : '/help 会告诉你怎么写。'}`,
    unknownWord: (word, expected) => `不明白这里的“${isolated(word)}”。可以写：${expected}。`,
    needless: (word) => `不明白这里的“${isolated(word)}”。这个命令后面不用写什么。`,
    wrongValue: (option, given, expected) => `${option} 不能是“${isolated(given)}”。可以写：${expected}。`,
    tooLong: (option, max) => han`${option}太长了，最多${max}个字。`,
    secret: '这看起来像私钥，或者像钱。别给任何人看，也别给我看。',
    unknownCommand: (command) => `没有 /${command} 这个指令。/help 可以看到我能做什么。`,
    expired: '这个按钮已经过期了，请重新发送指令。',
  },

  platform: {
    oldButton: '这个按钮来自旧版本的我，请重新发送指令。',
    failed: '我这边出了点问题，请过一分钟再试。',
    tooOften: (seconds) => han`一下子问得太多啦，请过${seconds}秒再试。`,
    notYours: '只有这里的管理员才能这样做。',
    removed: '作者已撤回这篇帖子。',
    hiddenMedia: '隐藏的图片或视频',
    image: '图片',
    video: '视频',
    audio: '音频',
  },
  servers: serverTexts,
  telegram: telegramTexts,

  discord: discordTexts,
};

import type {
  suggestCommand as englishCommand,
  letterTexts as englishLetters,
  suggestTexts as englishTexts,
} from './en-suggest.ts';
import { han } from './han.ts';
import { isolated } from './isolated.ts';

export const suggestCommand: typeof englishCommand = {
  description: '向作者提议一个话题',
  options: { topic: '话题或问题' },
  example: '/suggest 潮汐是怎么预测的',
  form: {
    title: '提议话题',
    label: '你想读些什么？',
    hint: '一个话题、一个问题、一个地方……',
    question: (author) => han`希望${isolated(author)}写些什么？直接发给我，我来转告。`,
  },
};

const anonymous = (author: string): string => han`${isolated(author)}不会知道你是谁。`;

export const suggestTexts: typeof englishTexts = {
  thanks: (author) => han`谢谢！已转告${isolated(author)}。`,
  answersCome: {
    private: (author) => han`${isolated(author)}如有回复，会发到这里。${anonymous(author)}`,
    elsewhere: (author) =>
      han`${isolated(author)}如有回复，我会私信你；发不了私信，就发在这里。想确保收到，请先私信我一次。${anonymous(author)}`,
  },
  empty: '内容是空的。你想读些什么？',
  nobody: '在这里看不出你是谁（是匿名管理员吗？）。请在我们的私聊里使用 /suggest。',
  refused: {
    blocked: '作者不接收你的建议。',
    asker: (most) => han`今天已经提了${most}条建议，到上限了，明天再来吧。`,
    home: '这个服务器或聊天今天的建议已到上限，明天再来吧。',
    all: '作者今天的收件箱已满，明天再来吧。',
  },
  cancel: '（发送 /cancel 取消）',
  cancelled: '已取消，什么都没有发出去。',
  answer: {
    heading: (author) => han`${isolated(author)}回复了你的建议`,
    inCompany: (author) => han`${isolated(author)}回复了这里提出的一条建议`,
    yours: (words) => `你写的是：“${isolated(words)}”`,
  },
};

const PLATFORMS = { discord: 'Discord', telegram: 'Telegram' } as const;
const PLACES = { discord: '频道', telegram: '聊天' } as const;

export const letterTexts: typeof englishLetters = {
  platforms: PLATFORMS,
  suggestion: (number, platform, code, quoted) =>
    `建议 #${number} · ${platform} 读者 ${code}\n\n${quoted}\n\n` +
    `↩︎ 回复这条消息即可答复（也可以用“${number}:”开头另发一条）。回复“block”可屏蔽这位读者。`,
  help:
    '我看不出这是在回复哪条建议，所以没有发出。\n\n' +
    '• 要答复，请回复那条建议，或以编号开头：“12: 谢谢，快了。”\n' +
    '• 回复“block”屏蔽那位读者，回复“unblock”撤销。\n' +
    '• 手边没有那条建议时：“unblock k3f9-2qxm”。',
  file: '我只能转发文字，这次没有发出。',
  empty: '这条消息是空的，没有发出。',
  tooLong: (most) => han`超过了${most}个字符，这是一条回复的上限。没有发出。`,
  blocked: (code) => `已屏蔽 ${code}。要撤销，请发送：unblock ${code}`,
  unblocked: (code) => `已取消屏蔽 ${code}。`,
  notBlocked: (code) => `${code} 没有被屏蔽。`,
  inCompany: (number) => `建议 #${number} 的读者不接收私信，你的回复已公开发在提出建议的地方。`,
  undelivered: (number, reason) => `你对建议 #${number} 的回复没能送达：${reason}`,
  forgotten: (number) => `你对建议 #${number} 的回复没能送达：那位读者删除了自己的数据。`,
  week: {
    heading: (from, to) => `你这一周在 Discord 和 Telegram 上 · ${from} 至 ${to}`,
    posts: (count) => (count === 0 ? '这周没有新帖。' : han`你发布了${count}篇帖子。`),
    platform: (name, active, delivered) =>
      delivered === 0
        ? han`${PLATFORMS[name]}：没有要投递的内容，${active}个${PLACES[name]}已订阅。`
        : han`${PLATFORMS[name]}：向${active}个${PLACES[name]}投递了${delivered}次。`,
    joined: (joined, left) => `  ${han`新增${joined}个，离开${left}个。`}`,
    failed: (count) => `  ${han`${count}篇帖子因内容被拒收。`}`,
    waiting: (count) => `  ${han`还有${count}次投递在排队。`}`,
    suspended: (name, count, reason) => `  ${han`${count}个${PLACES[name]}无法送达`}：${reason}`,
    suggestions: (count, answered) => han`收到${count}条建议，答复了${answered}条。`,
  },
};

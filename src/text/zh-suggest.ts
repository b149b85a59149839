import type {
  suggestCommand as englishCommand,
  letterTexts as englishLetters,
  suggestTexts as englishTexts,
} from './en-suggest.ts';
import { han } from './han.ts';
import { isolated } from './isolated.ts';

export const suggestCommand: typeof englishCommand = {
  description: '告诉作者你想读些什么',
  options: { topic: '想读的话题' },
  example: '/suggest 潮汐是怎么推算的',
  form: {
    title: '提个建议',
    label: '你想读些什么？',
    hint: '一个话题、一个问题、一个地方……',
    question: (author) => han`希望${isolated(author)}写些什么？直接发给我，我来转告。`,
  },
};

export const suggestTexts: typeof englishTexts = {
  thanks: (author) => han`谢谢！已经转告${isolated(author)}了。`,
  answersCome: {
    private: '如果有回复，会发到这里。',
    elsewhere: '如果有回复，会发到我们的私聊；发不了，就发在这里。想私下收到，就先在私聊里跟我打声招呼。',
  },
  anonymous: '作者不会知道你是谁。',
  empty: '里面没有文字。告诉我你想读些什么吧。',
  nobody: '我看不出这里是谁在说话。请到我们的私聊里提建议。',
  refused: {
    blocked: '作者不再接收你的建议了。',
    asker: (most) => han`你一天之内已经提了${most}条建议，明天再来吧。`,
    home: '今天这里提的建议已经很多了，明天再来吧。',
    all: '作者的信箱今天满了，明天再来吧。',
  },
  cancel: '不想提了，就发 /cancel。',
  cancelled: '好的，什么都没有转告。',
  answer: {
    heading: (author) => han`${isolated(author)}回复了你的建议`,
    inCompany: (author) => han`${isolated(author)}回复了这里提出的一条建议`,
    yours: (words) => `你写的是：“${isolated(words)}”`,
  },
};

export const letterTexts: typeof englishLetters = {
  platforms: { discord: 'Discord', telegram: 'Telegram' },
  suggestion: (number, platform, code, quoted) =>
    `${han`建议${number}，来自${platform}上的一位读者（${code}）：`}\n\n${quoted}\n\n` +
    `回复这条消息，读者就会收到你的答复。你的应用不能回复的话，就以“${number}:”开头。` +
    '只回一句“block”，就不再接收这位读者的建议。',
  help:
    '我看不出这是回复哪条建议的，所以没有转达。\n\n' +
    '• 要答复，就回复那条建议，或以编号开头：“12: 谢谢，快了。”\n' +
    '• 回复“block”：不再接收那位读者的建议；“unblock”可以撤销。\n' +
    '• 也可以直接发“unblock”加读者代号，例如“unblock k3f9-2qxm”。',
  file: '我只能转达文字，这次没有送出。',
  empty: '里面没有文字，这次没有送出。',
  tooLong: (most) => han`一次最多能转达${most}个字符，这次没有送出。`,
  blocked: (code) => `${han`不再接收${code}的建议。`}要撤销，请发：unblock ${code}`,
  unblocked: (code) => han`又会收到${code}的建议了。`,
  notBlocked: (code) => han`${code}本来就没有被屏蔽。`,
  inCompany: (number) => han`你对建议${number}的答复公开发在了提建议的地方：那位读者不接收我的私信。`,
  undelivered: (number, reason) => `${han`你对建议${number}的答复没能送到`}：${reason}`,
  forgotten: (number) => han`你对建议${number}的答复没有人能收到：提建议的读者要我忘记他们。`,
  week: {
    heading: (from, to) => `你这一周在 Discord 和 Telegram 上：${from} 至 ${to}`,
    posts: (count) => (count === 0 ? '这周没有要投递的新帖子。' : han`你发布了${count}篇帖子。`),
    platform: (name, active, delivered) => `${name}：${han`投递${delivered}次；有${active}个地方在接收。`}`,
    joined: (joined, left) => `  ${han`新增${joined}个，离开${left}个。`}`,
    failed: (count) => `  ${han`有${count}篇因为内容被拒收。`}`,
    waiting: (count) => `  ${han`还有${count}次投递在等待。`}`,
    suspended: (count, reason) => `  ${han`有${count}个地方发不进去`}：${reason}`,
    suggestions: (count, answered) => han`收到${count}条建议，你答复了${answered}条。`,
  },
};

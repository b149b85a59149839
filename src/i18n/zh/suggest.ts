import { PLATFORMS } from '../../platform/platforms.ts';
import { bidiIsolate } from '../bidi-isolate.ts';
import type {
  suggestCommand as englishCommand,
  inboxTexts as englishLetters,
  suggestTexts as englishTexts,
} from '../en/suggest.ts';
import { han } from './chinese-spacing.ts';
import { platformTexts } from './platforms.ts';

export const suggestCommand: typeof englishCommand = {
  description: '向作者提选题建议',
  options: { topic: '主题或问题' },
  example: '/suggest 潮汐是怎么预测的',
  form: {
    title: '选题建议',
    label: '你想读些什么？',
    hint: '一个主题、一个问题、一个地方…',
    question: (author) => han`希望${bidiIsolate(author)}写些什么？请直接发给我，我会转达。`,
  },
};

const anonymous = (author: string): string => han`${bidiIsolate(author)}不会知道你是谁。`;

export const suggestTexts: typeof englishTexts = {
  thanks: (author) => han`谢谢！已转达给${bidiIsolate(author)}。`,
  howAnswered: {
    private: (author) => han`${bidiIsolate(author)}如有回复，会发到这里。${anonymous(author)}`,
    elsewhere: (author) =>
      han`${bidiIsolate(author)}如有回复，我会私信你；无法私信时会发在这里。想确保收到，请先给我发一条私信。${anonymous(author)}`,
  },
  empty: '内容为空。你想读些什么？',
  anonymous: '无法识别你的身份（是匿名管理员吗？）。请在与我的私聊中使用 /suggest。',
  refused: {
    blocked: '作者不接收你的建议。',
    user: (most) => han`你今天已提${most}条建议，达到上限，请明天再来。`,
    home: '这个服务器或聊天今天的建议已达上限，请明天再来。',
    all: '作者今天的收件箱已满，请明天再来。',
    unavailable: '现在无法转达建议，请过几分钟再试。',
  },
  cancel: '（发送 /cancel 取消）',
  cancelled: '已取消，没有发送任何内容。',
  answer: {
    heading: (author) => han`${bidiIsolate(author)}回复了你的建议`,
    inPublic: (author) => han`${bidiIsolate(author)}回复了这里的一条建议`,
    youWrote: (words) => `你的建议：“${bidiIsolate(words)}”`,
  },
};

export const inboxTexts: typeof englishLetters = {
  suggestion: (number, platform, code, quoted) =>
    `建议 #${number} · ${PLATFORMS[platform].displayName} 读者 ${code}\n\n${quoted}\n\n` +
    `↩︎ 回复这条消息即可答复（也可另发一条以“${number}：”开头的消息）。回复“屏蔽”可屏蔽这位读者。`,
  help:
    '无法判断这是在答复哪条建议，所以没有发送。\n\n' +
    '• 要答复，请回复那条建议，或以编号开头：“12：谢谢，快了。”\n' +
    '• 回复“屏蔽”可屏蔽那位读者，回复“取消屏蔽”可撤销。\n' +
    '• 找不到那条建议时，请发送：“取消屏蔽 k3f9-2qxm”。',
  file: '我只能转达文字，没有发送。',
  empty: '消息为空，没有发送。',
  tooLong: (most) => han`回复最多${most}个字符，这条超出了，没有发送。`,
  blocked: (code) => `已屏蔽 ${code}。要撤销，请发送：取消屏蔽 ${code}`,
  unblocked: (code) => `已取消屏蔽 ${code}。`,
  notBlocked: (code) => `${code} 没有被屏蔽。`,
  inPublic: (number) => `建议 #${number} 的读者不接收私信，你的回复已公开发在对方提建议的地方。`,
  undelivered: (number, reason) => `你对建议 #${number} 的回复未能送达：${reason}`,
  forgotten: (number) => `你对建议 #${number} 的回复未能送达：那位读者已删除自己的数据。`,
  week: {
    heading: (from, to) => han`你在 Discord 和 Telegram 上的一周 · ${from}至${to}`,
    posts: (count) => (count === 0 ? '本周没有新帖。' : han`本周发布了${count}篇帖子。`),
    platform: (name, active, delivered) =>
      delivered === 0
        ? han`${PLATFORMS[name].displayName}：没有需要发送的帖子，${platformTexts[name].destinations(active)}已订阅。`
        : han`${PLATFORMS[name].displayName}：向${platformTexts[name].destinations(active)}发送了${delivered}次。`,
    joined: (joined, left) => `  ${han`新增订阅${joined}个，退订${left}个。`}`,
    failed: (count) => `  ${han`${count}篇帖子因内容被平台拒绝。`}`,
    waiting: (count) => `  ${han`还有${count}条待发。`}`,
    suspended: (name, count, reason) =>
      `  ${han`${platformTexts[name].destinations(count)}无法送达`}：${reason}`,
    suggestions: (count, answered) => han`收到${count}条建议，已答复${answered}条。`,
  },
};

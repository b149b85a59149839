import type { noteTexts as english } from './en-note.ts';
import { han } from './han.ts';
import { isolated } from './isolated.ts';

export const noteTexts: typeof english = {
  someNote: '一篇帖子',
  someArticle: '一篇文章',
  secret: '［私密内容，已隐去］',
  open: '在网页上打开',
  readOn: '阅读全文',
  noteBy: (name) => han`${isolated(name)}的帖子`,
  articleBy: (name) => han`${isolated(name)}的文章`,
  repostOf: '转发了',
  repostNamed: '转发了：',
  inReplyTo: '回复',
  warning: (reason) => (reason ? `内容提示：${isolated(reason)}` : '内容提示'),
  untitled: '没有文字的帖子',
  commentOn: '评论',
  from: '摘自',
  voice: '语音消息',
  vote: '到 Nostr 投票',
  pollOfOne: '投票，单选',
  pollOfSeveral: '投票，可多选',
  pollUntil: '截止时间',
  liveNow: '🔴 正在直播',
  liveOver: '直播已结束。',
  liveWatch: '观看：',
  liveRecording: '回放：',
  liveBegan: '开始时间',
  liveEnded: '结束时间',
  invoice: (sat) => (sat === undefined ? '⚡ 闪电网络账单' : han`⚡ 闪电网络账单，${sat}聪`),
  testInvoice: '⚡ 测试网络的账单',
  paymentLink: '⚡ 付款链接',
};

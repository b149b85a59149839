import { isPlatformName, PLATFORMS } from '../../platform/platforms.ts';
import type { statusTexts as english } from '../en/status.ts';
import { han } from './chinese-spacing.ts';

export const statusTexts: typeof english = {
  heading: '运行状况',
  allWell: '一切正常。',
  problem: (part, reason) =>
    ({
      store: '存档无法访问。',
      relays: '没有连上任何中继，新帖会晚到。',
      'few-relays': '只连上了一个中继，帖子可能会晚到。',
      'withholding-relays': '有的中继不向我显示帖子，详见下方。',
    })[part] ??
    (isPlatformName(part) ? `${PLATFORMS[part].displayName} 异常：${reason}。` : `出现问题：${part}。`),
  lost: (count) => han`最近七天有${count}篇帖子未能送达，位置和原因见日志。`,
  lastPost: '最新帖子',
  never: '暂无',
  relays: (live, all) => han`已连接${live}/${all}个中继`,
  relayProblem: (kind) =>
    ({
      unreachable: '无法连接',
      lost: '连接已断开',
      silent: '没有正常响应',
      'rate-limited': '要求放慢速度',
      'needs-key': '需要已登记的密钥',
      'refuses-key': '不接受我的密钥',
      'refuses-us': '拒绝连接',
      'refuses-filter': '不接受我的查询',
      withholds: '不显示作者的帖子，而其他中继可以看到',
      misbehaves: '发来了无效数据，暂停一段时间',
    })[kind] ?? '出了点问题',
  relaySince: '始于 ',
  relayFetching: (received) => (received === 0 ? '正在连接' : han`正在同步，已收到${received}条`),
  relaysMore: (count) => han`另有${count}个中继`,
  runningSince: { moment: '上次启动：', ago: '上次启动：' },
  archive: (notes) => han`存档中有${notes}篇帖子`,
  waiting: (count, destinations) => {
    const subscribed = destinations === 0 ? '暂无频道或聊天订阅' : han`已有${destinations}个频道或聊天订阅`;
    return `${subscribed} · ${count === 0 ? '队列为空' : han`${count}条待发`}`;
  },
};

import type { statusTexts as english } from './en-status.ts';
import { han } from './han.ts';

export const statusTexts: typeof english = {
  heading: '运行状况',
  allWell: '一切正常。',
  trouble: (part, reason) =>
    ({
      store: '存档无法读写。',
      relays: '没有连上任何中继，新帖子会来得晚一些。',
      'few-relays': '只连上了一个中继，帖子可能会来得晚一些。',
      'withholding-relays': '不是每个中继都把帖子给我看，见下文。',
      discord: `Discord 出了问题：${reason}。`,
      telegram: `Telegram 出了问题：${reason}。`,
    })[part] ?? `出了问题：${part}。`,
  lastPost: '最近一篇',
  never: '还没有',
  relays: (live, all) => han`已连接${live}个中继，共${all}个`,
  relayTrouble: (kind) =>
    ({
      unreachable: '连接不上',
      lost: '连接断开了',
      silent: '没有正常应答',
      'rate-limited': '要求我慢一点',
      'needs-key': '只把帖子给它认识的密钥看',
      'refuses-key': '不接受我的密钥',
      'refuses-us': '拒绝了我',
      'refuses-filter': '听不懂我的请求',
      withholds: '没有显示作者的任何内容，而其他中继有',
      misbehaves: '发来的内容没有意义，我先不理它一会儿',
    })[kind] ?? '出了点问题',
  relaySince: '，开始于 ',
  relayFetching: (received) => (received === 0 ? '正在连接' : han`正在传来内容，已收到${received}条`),
  relaysMore: (count) => han`还有${count}个中继`,
  runningSince: '启动于',
  archive: (notes) => han`存有${notes}篇帖子`,
  waiting: (count, destinations) =>
    count === 0
      ? han`没有待发内容；有${destinations}个地方在接收新帖子`
      : han`还有${count}条待发；有${destinations}个地方在接收新帖子`,
};

import { bidiIsolate } from '../bidi-isolate.ts';
import type { alertTexts as english } from '../en/alerts.ts';
import { han } from './chinese-spacing.ts';

export const alertTexts: typeof english = {
  since: '始于 ',
  lasted: (minutes) => han`持续了${duration(minutes)}。`,
  reason: (count, reason) => (count === 1 ? reason : `${count} × ${reason}`),
  reasonsMore: (count) => han`另有${count}种原因`,
  fixed: (count) => han`之前报告的问题中有${count}处已恢复。`,
  kinds: {
    refused: {
      happened: ({ platform }) => han`${platform}不再接受这个机器人。`,
      means: ({ platform }) => han`解决之前，${platform}上不会发帖，也不会应答。新帖会保留，之后补发。`,
      todo: ({ newToken }) => han`令牌可能已被重置。请到这里获取新令牌：${newToken}`,
      over: ({ platform }) => han`${platform}重新接受了这个机器人。`,
    },
    unreachable: {
      happened: ({ platform, reason }) => han`无法连接${platform}：${bidiIsolate(reason)}。`,
      means: ({ platform }) => han`发往${platform}的新帖会排队等候，恢复后按顺序补发。`,
      todo: ({ platform }) =>
        han`如果你自己能用${platform}，请检查这台机器的网络、DNS 和防火墙；否则等待即可，我会一直重试。`,
      over: ({ platform }) => han`${platform}已恢复连接。`,
    },
    shared: {
      happened: ({ platform }) => han`另一个程序也在使用机器人的${platform}令牌。`,
      means: () => '两者都在收取机器人的消息，命令可能没有应答，或被应答两次。',
      todo: ({ newToken }) => han`请停掉另一个程序。如果不知道是谁，请换新令牌：${newToken}`,
      over: ({ platform }) => han`${platform}令牌不再被其他程序使用。`,
    },
    standby: {
      happened: ({ platform }) => han`另一个程序先用了机器人的${platform}令牌。`,
      means: ({ platform }) => han`这个 Postrider 处于待命状态，不在${platform}发帖，也不应答。`,
      todo: ({ newToken }) =>
        han`请停掉其中一个。如果停的是另一个，我会在几分钟内接手。如果不知道是谁，请换新令牌：${newToken}`,
      over: ({ platform }) => han`${platform}令牌现在由我独用，已恢复发帖。`,
    },
    unpaid: {
      happened: ({ platform }) => han`${platform}不允许按 TELEGRAM_RATE 设定的速度发帖。`,
      means: () => '帖子改按免费速度发送，排在后面的读者会晚些收到。不会丢失内容。',
      todo: () =>
        '请检查机器人的 Stars 余额，以及 @BotFather 中的 Paid Broadcasts。我每小时会重试一次。也可以把 TELEGRAM_RATE 设为 30 以下。',
      over: ({ platform }) => han`${platform}已有几小时没有拒绝付费速度。`,
    },
    relays: {
      happened: () => '没有连上任何中继。',
      means: () => '新帖暂时到不了读者那里，中继恢复后会补发。',
      todo: () =>
        '请检查这台机器的网络。如果网络正常，请在 RELAYS 中添加其他中继并重启。/status 会说明每个中继的问题。',
      over: () => '已重新连上中继。',
    },
    destinations: {
      happened: ({ count }) => han`有${count}个频道或聊天无法发帖。`,
      means: () => '那里的读者收不到新帖，解决后会补发。已尽可能通知设置该频道的人。',
      todo: () =>
        '如果频道是你的，请按原因处理；我每小时会重试一次。每个频道的名称见日志：destination.suspended。',
      over: () => '所有频道和聊天都恢复正常了。',
    },
    disk: {
      happened: ({ megabytes }) => han`磁盘快满了，还剩${megabytes} MB。`,
      means: () => '目前一切正常。磁盘满了之后，腾出空间之前无法存档和发帖。',
      todo: () => '请清理数据库所在的磁盘，或把数据库移到更大的磁盘（DATABASE_URL）。',
      over: ({ megabytes }) => han`磁盘又有空间了，还剩${megabytes} MB。`,
    },
    store: {
      happened: ({ reason }) => han`数据库无法读写：${bidiIsolate(reason)}。`,
      means: () => '新帖既无法存档，也无法发送，命令会失败。不会丢失内容，解决后自动继续。',
      todo: () => '请检查磁盘空间、数据库文件的所有者和权限，以及是否有其他程序占用。',
      over: () => '数据库恢复正常。',
    },
    clock: {
      happened: ({ minutes }) =>
        minutes < 0
          ? han`这台机器的时钟慢了${duration(-minutes)}。`
          : han`这台机器的时钟快了${duration(minutes)}。`,
      means: () => '汇总、免打扰时段和过期会不准时，中继也可能拒绝连接。',
      todo: () => '请打开时间同步（Linux：timedatectl set-ntp true）。',
      over: () => '这台机器的时钟恢复准确。',
    },
    crashes: {
      happened: ({ count }) => han`Postrider 一小时内意外退出${count}次。`,
      means: () => '帖子可能晚到，其间命令会失败。不会丢失内容。',
      todo: () =>
        '请查看每次重启前的日志结尾：如有调用栈，说明是程序错误，请反馈；如果没有，可能是系统内存不足（Linux：journalctl -k）。',
      over: () => 'Postrider 已连续运行一小时，没有再崩溃。',
    },
  },
};

function duration(minutes: number): string {
  if (minutes < 90) return han`${Math.max(1, Math.round(minutes))}分钟`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? han`${hours}小时` : han`${Math.round(minutes / 1_440)}天`;
}

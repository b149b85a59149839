import type { discordTexts as english } from '../en/discord.ts';
import { han } from './chinese-spacing.ts';

export const discordTexts: typeof english = {
  permissions: {
    view: '查看频道',
    write: '发送消息',
    writeInThreads: '在子区内发送消息',
    history: '阅读消息历史记录',
    posts: '创建帖子',
    writeInPosts: '在帖子内发送消息',
    managePosts: '管理帖子',
  },
  fixes: {
    forbidden:
      'Discord 不允许我在这个频道发帖，但没有说明原因。通常是频道设置的“权限”中缺少“查看频道”或“发送消息”（子区则为“在子区内发送消息”），也可能是服务器以其他方式限制了机器人。',
    missing:
      'Discord 找不到这个频道或消息。频道可能已被删除，也可能是我看不到它了：请在频道设置的“权限”中给我“查看频道”权限。',
    view: '我看不到这个频道了。请重新把我添加到服务器，或在频道设置的“权限”中给我“查看频道”权限。',
    write:
      '我没有权限在这个频道发帖。请在频道设置的“权限”中给我“查看频道”和“发送消息”（子区则为“在子区内发送消息”）权限。',
    locked: '这个子区已锁定。请解锁，或在其他频道使用 /subscribe。',
    archived: '这个子区已关闭。请重新打开，或在其他频道使用 /subscribe。',
    threads: '本服务器的活跃子区数已达上限。请关闭几个，或在频道中使用 /subscribe。',
    kind: '我无法在这类频道发帖。请选择文字频道、公告频道、子区或论坛。',
    tags: '这个论坛要求帖子带标签，但现有标签仅限版主使用。请添加一个所有人都能用的标签。',
    private: '无法给对方发私信：对方的隐私设置不允许，或屏蔽了我。',
    noUser: 'Discord 上没有这个用户。请打开开发者模式，右键点击自己 → 复制用户 ID。',
    unknown: '这不是 Discord 频道 ID。请右键点击频道，选择“复制频道 ID”。',
  },
  obstacles: {
    voice: '我无法在语音频道或讲堂频道的聊天中发帖。请选择文字频道、公告频道、子区或论坛。',
    hidden:
      '我看不到这个频道，无法在这里发帖。请在频道设置的“权限”中给我“查看频道”权限；如果是私密子区，在其中 @我即可把我加进去。',
  },
  missingPermissions: (permissions) =>
    `我还不能在这个频道发帖，缺少权限：${permissions.join('、')}。请在“编辑频道 → 权限”中为我添加。`,
  untitledPost: '无标题',
  filtered: {
    link: '［链接］',
    note: '链接已移除：被本服务器的自动管理（AutoMod）拦截。',
  },
  errors: {
    waiting: '尚未登录',
    unreached: (reason) => `无法登录：${reason}`,
    lost: '连接已断开，正在重连',
    exhausted: (needed, remaining) =>
      han`Discord 今天只允许再登录${remaining}次，而需要${needed}次；正在等待`,
    shards: (ids, count, trouble) => han`分片${ids.join('、')}（编号 0–${count - 1}）：${trouble}`,
    refusals: 'Discord 拒绝了大部分请求。为避免 IP 被封，已暂停发送十分钟',
    stopped: '已停止',
  },
  tooLongHere: '内容太长，这里放不下。请到网页上阅读，或给我发私信查看。',
  refused: {
    token:
      'DISCORD_TOKEN：Discord 拒绝了这个令牌（401）。请重新复制：Developer Portal → 你的应用 → Bot → Reset Token。',
    gateway: (code) =>
      han`DISCORD_TOKEN：Discord 关闭了连接（代码${code}）。请在 Developer Portal 中检查你的应用。`,
    tooFewShards: (total) =>
      han`ROLES：机器人所在的服务器太多，${total}个分片无法承载（关闭代码 4011，需要更多分片）。请停掉所有进程，用更大的总数重新启动。`,
    closings: {
      4010: 'Discord 不接受程序的分片编号（关闭代码 4010，分片无效）。这是程序的缺陷：请更新程序；如果仍然出现，请反馈。',
      4011: '机器人所在的服务器太多，现有连接无法承载（关闭代码 4011，需要更多分片）。程序会自动增加分片并重新登录。',
      4012: 'Discord 不再支持程序使用的网关版本（关闭代码 4012）。请更新程序。',
      4013: 'Discord 不认识程序请求的 Intents（关闭代码 4013，Intents 无效）。这是程序的缺陷：请更新程序；如果仍然出现，请反馈。',
      4014: 'Discord 未授予程序请求的 Intents（关闭代码 4014，Intents 未获准）。原版程序不需要特权 Intents：如果你改过程序，请在 Developer Portal → 你的应用 → Bot 中打开；否则请更新程序。',
    },
  },
};

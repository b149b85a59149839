import type { discordTexts as english } from './en-discord.ts';
import { han } from './han.ts';

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
  remedies: {
    forbidden:
      'Discord 不让我在这个频道发言，也没说为什么。多半是我缺少“查看频道”或“发送消息”（子区则是“在子区内发送消息”）权限，请看频道设置的“权限”；也可能是服务器用别的办法不让机器人进来。',
    missing:
      'Discord 说没有这样的频道或消息。频道可能已被删除；也可能是我看不到它了：请在频道设置的“权限”里给我“查看频道”。',
    view: '我看不到这个频道了。请重新把我添加到服务器，或在频道设置的“权限”里给我“查看频道”。',
    write:
      '我不能在这个频道发言了。请在频道设置的“权限”里给我“查看频道”和“发送消息”（子区则是“在子区内发送消息”）。',
    locked: '这个子区已被锁定。请解锁，或换一个频道订阅。',
    archived: '这个子区已归档。请重新打开它，或换一个频道订阅。',
    threads: '服务器里活跃的子区太多了。请关闭一些，或改在频道里订阅。',
    kind: '帖子发不到这种频道。请选文字频道、公告频道、子区或论坛。',
    tags: '这个论坛要求每个帖子都带标签，但没有我能用的标签。请在论坛设置里加一个非版主也能用的标签。',
    private: '我没法给这个人发私信：对方的设置不允许，或者屏蔽了我。',
    unknown: '这不是 Discord 的频道。频道 ID 是用“复制频道 ID”得到的那串数字。',
  },
  obstacles: {
    voice: '帖子不会发到语音频道或舞台频道的聊天里。请选文字频道、公告频道、子区或论坛。',
    hidden:
      '我看不到这个频道，所以帖子发不到这里。请在频道设置的“权限”里给我“查看频道”；如果是私密子区，在里面提及我就能加我进去。',
  },
  lacking: (permissions) =>
    `我不能在这个频道发言，缺少这些权限：${permissions.join('、')}。请在频道设置的“权限”里给我。`,
  untitledPost: '没有文字',
  filtered: {
    link: '［链接］',
    note: '这个服务器的过滤规则拦下了帖子里的这类链接，所以没有显示。',
  },
  troubles: {
    waiting: '还没有登录',
    unreached: (reason) => `还没有登录：${reason}`,
    lost: '连接断开了，正在重新连接',
    shards: (ids, count, trouble) => han`分片${ids.join('、')}（编号 0 到${count - 1}）：${trouble}`,
    refusals: 'Discord 拒绝了我的大部分请求。投递暂停十分钟，以免这个地址被封。',
    stopped: '已停止',
  },
  tooLongHere: '内容太长，这里放不下。全文可以到网页上看，或者私信我看。',
  refused: {
    token:
      'Discord 不接受 DISCORD_TOKEN。请到 Discord 开发者后台（Developer Portal）的 Bot 页面，重新复制机器人的令牌。',
    gateway: (code) =>
      han`Discord 永久关闭了连接（关闭代码${code}），程序不知道原因。Discord 的网关关闭代码表里有说明。`,
    closings: {
      4010: 'Discord 不接受程序给连接编的号（关闭代码 4010，分片无效）。这是程序的错误：请更新；如果还是这样，请报告。',
      4011: '机器人所在的服务器太多，现有的连接带不动（关闭代码 4011，分片太少）。程序会自动用更多分片重新登录。',
      4012: 'Discord 不再支持程序使用的网关版本（关闭代码 4012）。请更新程序。',
      4013: 'Discord 不认识程序要求的事件（关闭代码 4013，Intents 无效）。这是程序的错误：请更新；如果还是这样，请报告。',
      4014: 'Discord 不给这个机器人程序要求的事件（关闭代码 4014，Intents 未获准）。原版程序不需要特权 Intents：如果你改过程序，请到开发者后台的 Bot 页面打开它们；否则请更新程序。',
    },
  },
};

import type { telegramTexts as english } from './en-telegram.ts';
import { isolated } from './isolated.ts';

export const telegramTexts: typeof english = {
  notInChannels: '在频道里，只有管理员才能这样做。请到我们的私聊里问我。',

  cleanUp: {
    button: '🧹 完成并清理',
    over: '✅ 设置已完成。',
    done: '✅ 设置消息已删除。',
    commandsStay: '✅ 我的设置消息已删除。如需一并删除命令，请将我设为管理员，并授予“删除消息”权限。',
    tooOld: '部分消息无法删除：Telegram 不允许删除超过 48 小时的消息。',
  },

  missing: {
    member: '把我加入这个聊天',
    administrator: '把我设为管理员，并打开“发布消息”（频道 → 管理员 → 添加管理员）',
    postMessages: '“发布消息”权限（频道 → 管理员 → 选择我）',
    sendMessages: '“发送消息”权限（群组 → 权限，或者把我设为管理员）',
    topicOpen: '话题要处于打开状态（话题 → 重新打开话题）',
    topic: '这个话题：Telegram 说它已经不存在了',
  },

  remedy: {
    blocked: '我在这里被拉黑了。到我们的聊天里点“开始”，就能重新收到帖子。',
    deactivated: '这个账号已经不存在了。',
    deleted: '这个聊天已被删除。',
    kicked: '我被移出了这个聊天。重新把我加进来，就能收到帖子。',
    notStarted: 'Telegram 只让我给先写过消息给我的人发消息。请在我们的聊天里点“开始”，就能收到帖子。',
    bot: 'Telegram 不让机器人给机器人发消息，所以帖子发不到那里。',
    notFound: '我找不到这个聊天。私聊请先点“开始”；群组或频道请先把我加进去；也请核对一下它的 ID。',
    rights: '我不能在这里发帖。频道请把我设为管理员并打开“发布消息”；群组请允许我“发送消息”。',
    restricted: 'Telegram 限制了这个聊天，或者限制了我。限制解除之前没法发帖。',
    topicClosed: '这个话题已关闭。请重新打开它，或者把我设为管理员并打开“管理话题”。',
    topicGone: '这个话题已经不存在了。请换一个话题重新订阅。',
    slowMode: '慢速模式让我没法发帖。请把我设为这个群组的管理员。',
  },

  hint: {
    channel: (title) =>
      `我已在频道“${isolated(title)}”里，但还不能发帖。请点下面的按钮，选择这个频道，并保持“发布消息”打开。`,
    group: (title) =>
      `我已在群组“${isolated(title)}”里，但还不能发言。请点下面的按钮，选择这个群组：成为管理员就能发言了。`,
    grant: '允许我在那里发帖',
    joined: (title) => `我已经进了“${isolated(title)}”。想在那里收新帖，请管理者在那里发：`,
  },

  trouble: {
    outside: '还没有登录',
    unreached: '连接不上',
    silent: '收不到更新，指令都在排队',
    refused: '令牌被拒绝了',
    shared: '另一个程序也在用这个机器人的令牌；只该有一个在用',
    aside:
      '已经有另一个程序在用这个机器人的令牌。这个程序先让到一边：在对方退出之前，不会在 Telegram 上发帖或回答',
  },

  operator: {
    refused: (description) =>
      `TELEGRAM_TOKEN：Telegram 不认得这个令牌（${description}）。请到 @BotFather 重新复制；如果设了 TELEGRAM_API_URL，也可能是它不对。`,
  },
};

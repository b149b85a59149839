import { bidiIsolate } from '../bidi-isolate.ts';
import type { telegramTexts as english } from '../en/telegram.ts';

export const telegramTexts: typeof english = {
  notInChannels: '在频道里只有管理员可以这样做。请私聊我。',

  richWarning: (style) =>
    `“${style}”会把整篇文章放进一条消息。旧版 Telegram 应用会显示为空白消息，选好后请用 /preview 看看效果。`,

  cleanUp: {
    button: '🧹 完成并清理',
    over: '✅ 设置已完成。',
    done: '✅ 设置消息已删除。',
    commandsStay: '✅ 我的设置消息已删除。如需一并删除你的命令，请把我设为管理员并打开“删除消息”。',
    tooOld: '部分消息无法删除：Telegram 不允许删除超过 48 小时的消息。',
  },

  missing: {
    member: '把我加入这个聊天',
    administrator: '把我设为管理员并打开“发布消息”（频道 → 管理员 → 添加管理员）',
    postMessages: '打开“发布消息”权限（频道 → 管理员 → 选择我）',
    sendMessages: '允许发送消息（群组 → 权限，或把我设为管理员）',
    topicOpen: '重新打开这个话题（话题 → 重新打开话题）',
    topic: '另选一个话题（这个话题已被删除）',
  },

  fixes: {
    blocked: '你屏蔽了我。解除屏蔽并点击“开始”，即可重新接收新帖。',
    deactivated: '这个账号已注销。',
    deleted: '这个聊天已被删除。',
    kicked: '我被移出了这个聊天。重新添加我，即可接收新帖。',
    notStarted: '在 Telegram 上，我只能给先联系过我的人发消息。请在与我的聊天中点击“开始”，即可接收新帖。',
    bot: 'Telegram 不允许机器人互发消息，所以我无法在那里发帖。',
    notFound: '找不到这个聊天。请核对 ID；群组或频道请先添加我，私聊请先点击“开始”。',
    rights:
      '我没有权限在这里发帖。频道：把我设为管理员并打开“发布消息”。群组：允许成员发消息，或把我设为管理员。',
    restricted: 'Telegram 限制了我或这个聊天，限制解除前无法发帖。',
    topicClosed: '这个话题已关闭。请重新打开，或把我设为管理员并打开“管理话题”。',
    topicGone: '这个话题已被删除。请在其他话题中发送 /subscribe。',
    slowMode: '本群已开启慢速模式。请把我设为群管理员，我才能发帖。',
  },

  hint: {
    channel: (title) =>
      `我已加入“${bidiIsolate(title)}”，但还不能在那里发帖。请点击下方按钮，选择该频道，并保持“发布消息”打开。`,
    group: (title) =>
      `我已加入“${bidiIsolate(title)}”，但还不能在那里发帖。请点击下方按钮，把我设为群管理员。`,
    grant: '设为管理员',
    joined: (title) => `我已加入“${bidiIsolate(title)}”。想在那里接收新帖，请管理员发送：`,
  },

  errors: {
    outside: '尚未登录',
    unreached: '无法连接',
    silent: '收不到更新，命令会延迟',
    refused: '令牌被拒绝',
    shared: '另一个程序正在使用同一个机器人令牌',
    standby: '另一个程序已在使用这个机器人令牌；正在待命，等它停止后接替',
  },

  operator: {
    refused: (description) =>
      `TELEGRAM_TOKEN：Telegram 拒绝了这个令牌（${description}）。请重新复制：@BotFather → /mybots → 你的机器人 → API Token。如果设置了 TELEGRAM_API_URL，也可能是它有误。`,
  },
};

import type { privacyTexts as english } from '../en/privacy.ts';

export const privacyTexts: typeof english = {
  heading: '隐私说明',
  kept: '我保存的信息',
  keeps: {
    chat: '如果你在私聊中订阅：聊天 ID、你的设置，以及我所发消息的 ID，以便编辑或删除这些消息。',
    reader: '你设置的语言和时区。',
    places: '由你开通订阅的频道和群组，用于限制数量，并在无法发帖时通知你。',
    suggestions: '你的建议和用户 ID，以便转达回复。作者只能看到建议内容和一个代号，看不到你的身份。',
  },
  notKept: '我不保存的信息',
  keepsNot: [
    '你的命令和搜索。如果按钮还要用到搜索词，则最多保存 90 天，并以代号代替用户 ID。',
    '你的名字、头像，以及你写给别人的任何内容。',
  ],
  others: '本机器人运营者的日志会在订阅开始或结束时记录聊天 ID。Discord 和 Telegram 各有自己的隐私政策。',
  forget: '删除我的数据',
  forgetme: {
    question: '确定删除你的数据？',
    goes: '私聊中将不再收到新帖，你的设置、建议和开通记录也会一并删除。尚未送达作者的建议不再发送，作者的回复也不再转达。由你开通订阅的频道和群组照常接收新帖。',
    sure: '确认删除',
    keep: '查看保存的信息',
    cancel: '取消',
    cancelled: '已取消，没有删除任何数据。',
    done: '你的数据已删除。如果作者屏蔽了你，屏蔽记录会以代号保留。已发送的消息会留在聊天中，直到你将其删除。',
    again: '重新订阅：/subscribe',
  },
};

import type { serverTexts as english } from './en-servers.ts';
import { han } from './han.ts';
import { isolated } from './isolated.ts';

export const serverTexts: typeof english = {
  checkAgain: '再检查一次',
  whereToGrant: '编辑频道 → 权限 → 添加我。',
  gone: '这个频道已不存在，请另选一个。',
  notice: {
    lost: (place) => han`新帖无法再发到${isolated(place)}。`,
    aChannel: '你的一个频道',
    aChat: '你的一个聊天',
    after: '问题解决后我会自动恢复，并补发错过的帖子。此事不再另行提醒。',
  },
  welcome: {
    heading: (author) => han`👋 大家好！我会发布${isolated(author)}的新内容。`,
    explained: '每篇新帖都可以自动发到你们选定的频道。所有人都可以使用 /latest、/search 和 /help。',
    latest: '最新帖子：',
    forManagers: '服务器管理者：请选择新帖发到哪里。',
    here: '发到本频道',
    choose: '选择频道…',
  },
  trial: {
    title: '样帖',
    notReal: '这是样帖，用来展示帖子在这里的样子。',
    words: '渡船中午开，海鸥都已经通知到了，码头上还有人忘了一把伞。',
    items: ['第一项', '第二项'],
    code: '潮水 = 月亮 + 耐心',
    reason: '样帖',
    names: {
      missive: '长文，带“阅读全文”',
      link: '带标题的链接',
      marks: '引用、列表和代码',
      hidden: '内容警告',
      photo: '图片',
      video: '视频',
    },
    allWell: '全部正常',
    onlyYou: '样帖只有你能看到。正式帖子所有人都能看到，并会提及你选择的身份组。',
    notAll: '部分不正常',
    explained: '按当前设置，帖子就是这个样子。⚠️ 表示以更简单的形式显示。',
    takeAway: '删除样帖',
    away: '样帖已删除。',
    stays: '有些样帖没能删除，请手动删除剩下的。',
  },
  where: {
    label: '发到哪里',
    heading: '发到哪里',
    here: '新帖会发到这里。',
    also: '这个服务器里还有这些地方收得到：',
    explained: '每个地方都有自己的设置，到那里去问我就好。',
    choose: '再加一个频道',
    addToGroup: '把我加进群组',
    addToChannel: '把我加进频道',
    notHere: '这里不再收新帖',
    added: (name) => `好了，以后新帖也会发到 ${isolated(name)}。它的设置请在那边问我。`,
    already: (name) => `${isolated(name)} 已经收得到新帖了。`,
    withoutPings: '你在那里不能选的提醒身份组没有带过去：/settings\u00a0pings',
  },
  pings: {
    label: (count) => `提醒：${count || '无'}`,
    heading: '提醒',
    explained: '每种新帖都可以提醒一个身份组。只提醒一次，帖子修改时不再提醒。',
    one: (type, role) => han`${type}会提醒 @${isolated(role)}`,
    deleted: (type) => `${type}：身份组已被删除，现在谁也不会收到提醒。`,
    silent: (role) =>
      `@${isolated(role)} 现在还收不到提醒：请允许任何人提及它（服务器设置 → 身份组），或给我“提及 @everyone、@here 和所有身份组”权限。`,
    choose: (type) => `提醒谁：${type}`,
    nobody: (type) => `不提醒：${type}`,
    make: (type) => `新建身份组：${type}`,
    name: (type) => han`${type}提醒`,
    mayNotMake:
      '我不能在这里新建身份组。请给我“管理身份组”权限（服务器设置 → 身份组 → 我的身份组），再试一次。',
    unchosen: {
      everyone: (_role) => '我从不提醒所有人。请另选一个身份组，或让我新建一个。',
      absent: (role) => han`这个服务器没有身份组${isolated(role)}，请另选一个。`,
      chooser: (_role) => '要选择或新建提醒用的身份组，除了“管理服务器”，你还需要“管理身份组”权限。',
      rank: (role) => `@${isolated(role)} 不低于你最高的身份组，所以你不能选它。请另选一个。`,
      mention: (role) =>
        `你在这个频道不能提及 @${isolated(role)}，所以我也不替你提及。请允许任何人提及它（服务器设置 → 身份组），或者你需要“提及 @everyone、@here 和所有身份组”权限。`,
      unknown: (_role) => 'Discord 现在没告诉我这个服务器里谁有什么权限，所以什么都没有改。请过一分钟再试。',
    },
    offer: '给成员放上按钮',
  },
  roles: {
    heading: '想收到哪些提醒？',
    explained: '按一下就会收到这类新帖的提醒，再按一下取消。回复只有你自己看得见。',
    button: (type) => `提醒我：${type}`,
    none: '这里还没有哪个身份组会收到提醒。请先选一个：/settings\u00a0pings',
    given: (type, role) => han`好了，你有了 @${isolated(role)}，以后每篇${type}都会提醒你。`,
    taken: (type, role) => han`好了，你不再有 @${isolated(role)}，${type}不会再提醒你。`,
    deleted: '这个身份组已被删除，所以不再有提醒。服务器管理者可以另选一个：/settings\u00a0pings',
    another: '服务器管理者可以另选一个身份组：/settings\u00a0pings',
  },
  unfit: {
    everyone: (_role) => '这里每个人本来就有这个身份组，所以我既不发放也不收回。',
    managed: (role) => `我不能发放或收回 @${isolated(role)}：它只由应用、订阅、服务器助力或关联账号来管理。`,
    powers: (role) => `我不会发放或收回 @${isolated(role)}：它在这个服务器里有普通成员没有的权限。`,
    channels: (role) =>
      `我不会发放或收回 @${isolated(role)}：某个频道或类别的权限设置里给它单独允许或禁止了什么。`,
    rank: (role) =>
      `我不能发放或收回 @${isolated(role)}：我需要“管理身份组”权限，而且我的身份组要排在它上面（服务器设置 → 身份组，往上拖）。`,
    unknown: (role) => `Discord 现在没告诉我 @${isolated(role)} 有什么权限，所以我先不动它。请过一分钟再试。`,
  },
  publish: {
    label: (chosen) => `发布：${chosen}`,
    heading: '发布',
    explained:
      '我在这里发的内容可以同步到所有关注这个频道的频道。Discord 每小时大约只让发布十条，所以长文优先，其他的可能会晚一点。',
    missing: '这不是公告频道，没有人能关注它。服务器所有者可以在频道设置的“概况”里改成公告频道。',
  },
  topics: {
    label: (count) => `话题：${count || '无'}`,
    heading: '话题',
    explained: '每种帖子都可以发到单独的话题里。复制话题的链接，写在类型后面发给我，例如：',
    one: (type, topic) => `${type}：话题 ${topic}`,
    back: (type) => `${type}：改回这里`,
  },
};

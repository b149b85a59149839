import { PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import {
  assignmentRefusal,
  type GuildRoles,
  mentionRefusal,
  type Overwrite,
  type RoleInfo,
} from '../../../../src/platform/discord/guilds/role-rules.ts';

const { Administrator, ManageRoles, SendMessages, ViewChannel, MentionEveryone } = PermissionFlagsBits;
const [GUILD, OWN, NEWS, MUTED, CHOOSER] = ['1', '2', '3', '4', '5'];

const role = (id: string, more: Partial<RoleInfo> = {}): RoleInfo => ({
  id,
  permissions: 0n,
  position: 1,
  mentionable: true,
  isManagedElsewhere: false,
  ...more,
});

interface Given {
  readonly news?: Partial<RoleInfo>;
  readonly own?: bigint;
  readonly chooser?: bigint;
  readonly channels?: GuildRoles['channels'];
}

/** A server where everybody may read and write, with a harmless role. */
function server({
  news = {},
  own = ManageRoles,
  chooser = ManageRoles,
  channels = [],
}: Given = {}): GuildRoles {
  const roles = [
    role(GUILD, { position: 0, permissions: ViewChannel | SendMessages }),
    role(OWN, { position: 5, permissions: own }),
    role(NEWS, news),
    role(MUTED),
    role(CHOOSER, { position: 4, permissions: chooser }),
  ];
  return {
    guild: GUILD,
    owner: '99',
    own: [OWN],
    roles: new Map(roles.map((one) => [one.id, one])),
    channels,
  };
}

const over = (role: string, allow: bigint, deny = 0n): Overwrite => ({ role, allow, deny });

test.each<[string, GuildRoles, string | undefined, string?]>([
  ['one that changes nothing', server(), undefined],
  ['one with the permissions of everybody', server({ news: { permissions: SendMessages } }), undefined],
  [
    'one allowed what everybody may do in the channel',
    server({ channels: [[over(NEWS, ViewChannel)]] }),
    undefined,
  ],
  [
    'one allowed what only the channel allows everybody',
    server({ channels: [[over(GUILD, MentionEveryone), over(NEWS, MentionEveryone)]] }),
    undefined,
  ],
  ['@everyone', server(), 'everyone', GUILD],
  ['one that does not exist', server(), 'unknown', '77'],
  ['one that an app assigns', server({ news: { isManagedElsewhere: true } }), 'managed'],
  ['one with a permission', server({ news: { permissions: MentionEveryone } }), 'powers'],
  ['an administrator’s', server({ news: { permissions: Administrator } }), 'powers'],
  [
    'one with access to a channel that is closed to everybody',
    server({ channels: [[], [over(GUILD, 0n, ViewChannel), over(NEWS, ViewChannel)]] }),
    'channels',
  ],
  ['one allowed more in a channel', server({ channels: [[over(NEWS, MentionEveryone)]] }), 'channels'],
  [
    'one that is allowed what another role is denied',
    server({ channels: [[over(MUTED, 0n, SendMessages), over(NEWS, SendMessages)]] }),
    'channels',
  ],
  [
    'one that is denied something, which members could escape by giving it up',
    server({ channels: [[over(NEWS, 0n, SendMessages)]] }),
    'channels',
  ],
  ['one in a server with unknown channels', { ...server(), channels: undefined }, 'unknown'],
  ['one above the bot’s', server({ news: { position: 9 } }), 'rank'],
  ['one as high as the bot’s, and younger', server({ news: { position: 5 } }), undefined],
  ['one in a server where the bot may not manage roles', server({ own: 0n }), 'rank'],
])('assigning: %s', (_name, facts, refusal, id = NEWS) => {
  expect(assignmentRefusal(facts, id)).toBe(refusal);
});

const OWNER = '99';
const chooser = { user: '50', roles: [CHOOSER], mentionsAll: false };

test.each<[string, GuildRoles, Partial<typeof chooser>, string | undefined, string?]>([
  ['a user who may manage roles', server(), {}, undefined],
  ['an administrator', server({ chooser: Administrator }), {}, undefined],
  [
    'the owner, who needs no role',
    server({ news: { mentionable: false, position: 9 } }),
    { user: OWNER, roles: [] },
    undefined,
  ],
  ['a user who may mention all', server({ news: { mentionable: false } }), { mentionsAll: true }, undefined],
  ['a user who may not manage roles', server({ chooser: 0n }), {}, 'chooser'],
  ['a user who may not mention it', server({ news: { mentionable: false } }), {}, 'mention'],
  ['a user who ranks as high', server({ news: { position: 4, id: NEWS } }), {}, 'rank'],
  ['the owner, if it is @everyone', server(), { user: OWNER }, 'everyone', GUILD],
  ['the owner, if it does not exist', server(), { user: OWNER }, 'absent', '77'],
])('chosen for mentions by %s', (_name, facts, who, refusal, id = NEWS) => {
  expect(mentionRefusal(facts, id, { ...chooser, ...who })).toBe(refusal);
});

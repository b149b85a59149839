import type { Call, Context, Reply, Route } from '../context.ts';
import { refusal } from '../http/api-errors.ts';
import {
  checkForm,
  integer,
  isObject,
  list,
  object,
  oneOf,
  required,
  snowflake,
  string,
} from '../rules/rules.ts';
import { messagePayload } from '../world/message-store.ts';
import { type Channel, isForum, isThread } from '../world/model.ts';
import { channelPayload } from '../world/payloads.ts';
import { may, permissionsIn } from '../world/permissions.ts';
import { requireViewable } from './channel-access.ts';
import { postStarterMessage } from './new-message.ts';

/** Start Thread in Forum or Media Channel. The message in it is validated like any other. */
const shape = object({
  name: required(string({ min: 1, max: 100 })),
  auto_archive_duration: oneOf(60, 1440, 4320, 10080),
  rate_limit_per_user: integer({ min: 0, max: 21_600 }),
  applied_tags: list(snowflake, { max: 5 }),
  message: required(object({})),
});

/** Takes Send Messages; Create Public Threads doesn't matter. */
function open({ params, body, uploads }: Call, context: Context): Reply {
  const access = requireViewable(context, params['channel']);
  const { channel: forum, bits } = access;
  if (!forum.guild || !isForum(forum)) throw refusal(50024);
  if (!may(bits, 'SendMessages')) throw refusal(50013);
  const raw = isObject(body) ? body : {};
  checkForm((report) => shape(raw, report));
  const appliedTags = (raw['applied_tags'] ?? []) as readonly string[];
  const tags = appliedTags.map((id) => forum.tags.find((tag) => tag.id === id));
  if (tags.includes(undefined)) throw refusal(10087);
  if (tags.some((tag) => tag?.moderated) && !may(bits, 'ManageThreads')) throw refusal(50013);
  if (forum.needsTag && tags.length === 0) throw refusal(40067);
  const { guild } = forum;
  const message = postStarterMessage({ body: raw['message'], uploads }, access, context, (id) =>
    context.world.addChannel(guild, {
      id,
      name: String(raw['name']).trim(),
      kind: 'thread',
      parent: forum,
      owner: context.world.bot,
      appliedTags,
    }),
  );
  return { status: 201, body: { ...channelPayload(message.channel), message: messagePayload(message) } };
}

const newestFirst = (threads: readonly Channel[]) =>
  threads.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1)).map(channelPayload);

function active({ params }: Call, context: Context): Reply {
  const guild = context.world.guilds.get(params['guild'] ?? '');
  if (!guild?.installed) throw refusal(guild ? 50001 : 10004);
  const sees = (channel: Channel) =>
    may(permissionsIn(channel, context.world.bot, context.clock.now()), 'ViewChannel');
  const threads = [...guild.channels.values()].filter((one) => isThread(one) && !one.archived && sees(one));
  return { body: { threads: newestFirst(threads), members: [] } };
}

function archived({ params, query }: Call, context: Context): Reply {
  const { channel, bits } = requireViewable(context, params['channel']);
  if (!may(bits, 'ReadMessageHistory')) throw refusal(50013);
  const limit = Number(query.get('limit') ?? 50);
  checkForm((report) => integer({ min: 2, max: 100 })(limit, report.at('limit')));
  const threads = [...(channel.guild?.channels.values() ?? [])].filter(
    (one) => one.parent === channel && isThread(one) && one.archived,
  );
  const shown = newestFirst(threads).slice(0, limit);
  return { body: { threads: shown, members: [], has_more: shown.length < threads.length } };
}

/** Posts of forums and media channels. */
export const forumRoutes: readonly Route[] = [
  { pattern: 'POST /channels/:channel/threads', handle: open },
  { pattern: 'GET /guilds/:guild/threads/active', handle: active },
  { pattern: 'GET /channels/:channel/threads/archived/public', handle: archived },
];

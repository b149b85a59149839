import type { Call, Context, Reply, Route } from '../context.ts';
import { refusal } from '../http/api-errors.ts';
import { boolean, checkForm, isObject, object, string } from '../rules/rules.ts';
import { isThread } from '../world/model.ts';
import { channelPayload } from '../world/payloads.ts';
import { may } from '../world/permissions.ts';
import { requireSendable, requireViewable } from './channel-access.ts';

const change = object({ name: string({ min: 1, max: 100 }), archived: boolean });

/**
 * Implements only a thread's name and archived state (Modify Channel). Its creator may change both; everybody who may write in it
 * may take it out of the archive.
 */
function modify({ params, body }: Call, context: Context): Reply {
  const { channel, bits } = requireViewable(context, params['channel']);
  if (!isThread(channel) || !isObject(body)) throw refusal(50024);
  checkForm((report) => change(body, report));
  const { name, archived } = body as { readonly name?: string; readonly archived?: boolean };
  if (channel.archived && archived !== false) throw refusal(50083);
  if (channel.locked && !may(bits, 'ManageThreads')) throw refusal(50013);
  const isMine = channel.owner === context.world.bot || may(bits, 'ManageThreads');
  if (!isMine && (name !== undefined || archived !== false)) throw refusal(50013);
  if (archived === false && !may(bits, 'SendMessages')) throw refusal(50013);
  context.world.changeChannel(channel, {
    ...(name !== undefined && { name: name.trim() }),
    ...(archived !== undefined && { archived }),
  });
  return { body: channelPayload(channel) };
}

function remove({ params }: Call, context: Context): Reply {
  const { channel, bits } = requireViewable(context, params['channel']);
  if (!may(bits, isThread(channel) ? 'ManageThreads' : 'ManageChannels')) throw refusal(50013);
  context.world.deleteChannel(channel);
  return { body: channelPayload(channel) };
}

/** Channels themselves. */
export const channelRoutes: readonly Route[] = [
  {
    pattern: 'GET /channels/:channel',
    handle: ({ params }, context) => ({
      body: channelPayload(requireViewable(context, params['channel']).channel),
    }),
  },
  { pattern: 'PATCH /channels/:channel', handle: modify },
  { pattern: 'DELETE /channels/:channel', handle: remove },
  {
    pattern: 'POST /channels/:channel/typing',
    handle({ params }, context) {
      requireSendable(context, params['channel']);
      return {};
    },
  },
];

import { sendable, viewable } from './access.ts';
import { refusal } from './api-error.ts';
import type { Call, Context, Reply, Route } from './context.ts';
import { isObject } from './form.ts';
import { isThread } from './model.ts';
import { channelPayload } from './payload.ts';
import { may } from './permissions.ts';

/** Of all that can be changed about a channel, only this: a thread comes out of the archive (Modify Channel). */
function reopen({ params, body }: Call, context: Context): Reply {
  const { channel, bits } = viewable(context, params['channel']);
  if (!isThread(channel) || !isObject(body) || body['archived'] !== false) throw refusal(50024);
  if (!may(bits, channel.locked ? 'ManageThreads' : 'SendMessages')) throw refusal(50013);
  context.world.changeChannel(channel, { archived: false });
  return { body: channelPayload(channel) };
}

/** Channels themselves. */
export const channelRoutes: readonly Route[] = [
  {
    pattern: 'GET /channels/:channel',
    handle: ({ params }, context) => ({ body: channelPayload(viewable(context, params['channel']).channel) }),
  },
  { pattern: 'PATCH /channels/:channel', handle: reopen },
  {
    pattern: 'POST /channels/:channel/typing',
    handle({ params }, context) {
      sendable(context, params['channel']);
      return {};
    },
  },
];

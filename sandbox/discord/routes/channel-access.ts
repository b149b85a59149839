import type { Context } from '../context.ts';
import { refusal } from '../http/api-errors.ts';
import { type Channel, isForum, isThread } from '../world/model.ts';
import { may, permissionsIn } from '../world/permissions.ts';

export interface Access {
  readonly channel: Channel;
  /** The bot's permissions there. */
  readonly bits: bigint;
}

/** Throws 10003 if there is no such channel, 50001 if the bot can't view it. */
export function requireViewable(context: Context, id: string | undefined): Access {
  const { world, clock } = context;
  const channel = world.channel(id ?? '');
  if (!channel) throw refusal(10003);
  const bits = permissionsIn(channel, world.bot, clock.now());
  if (!may(bits, 'ViewChannel')) throw refusal(50001);
  return { channel, bits };
}

/** Throws 50083 in an archived thread. */
export function checkNotArchived({ channel }: Access): void {
  if (isThread(channel) && channel.archived) throw refusal(50083);
}

function checkDm(channel: Channel, { world }: Context): void {
  const { recipient } = channel;
  if (!recipient) return;
  if (recipient.closed) throw refusal(50007);
  const mutual = [...world.guilds.values()].some(
    ({ installed, members }) => installed && members.has(recipient.id),
  );
  if (!mutual && !recipient.installed) throw refusal(50278);
}

/** Throws unless the bot may write there. Writing takes a thread out of the archive, unless it is locked. */
export function requireSendable(context: Context, id: string | undefined): Access {
  const access = requireViewable(context, id);
  const { channel, bits } = access;
  checkDm(channel, context);
  if (isForum(channel)) throw refusal(40058);
  if (channel.kind === 'category') throw refusal(50008);
  if (isThread(channel)) {
    if (channel.locked && !may(bits, 'ManageThreads')) throw refusal(160005);
    if (!may(bits, 'SendMessagesInThreads')) throw refusal(50013);
    if (channel.archived) context.world.changeChannel(channel, { archived: false });
    return access;
  }
  if (!may(bits, 'SendMessages')) throw refusal(50013);
  if (channel.kind === 'voice' && !may(bits, 'Connect')) throw refusal(50013);
  return access;
}

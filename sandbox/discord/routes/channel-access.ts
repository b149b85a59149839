import type { Context } from '../context.ts';
import { refusal } from '../http/api-errors.ts';
import { type Channel, isForum, isThread } from '../world/model.ts';
import { may, permissionsIn } from '../world/permissions.ts';

export interface Access {
  readonly channel: Channel;
  /** The bot's permissions there. */
  readonly bits: bigint;
}

/** The channel, if there is one and the bot may see it: 10003, 50001. */
export function requireViewable(context: Context, id: string | undefined): Access {
  const { world, clock } = context;
  const channel = world.channel(id ?? '');
  if (!channel) throw refusal(10003);
  const bits = permissionsIn(channel, world.bot, clock.now());
  if (!may(bits, 'ViewChannel')) throw refusal(50001);
  return { channel, bits };
}

/** Refuses what an archived thread does not let happen in it. */
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

/** The channel, if the bot may write there. A thread that is archived and not locked comes back to life by it. */
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

import type { Call, Context, Reply, Route } from '../context.ts';
import { refusal } from '../http/api-errors.ts';

function checkOwn({ params }: Call, { world }: Context): void {
  if (params['application'] !== world.applicationId) throw refusal(20012);
  const guild = params['guild'];
  if (guild !== undefined && world.guilds.get(guild)?.installed !== true) throw refusal(50001);
}

/** Localizations are included on request only. */
function get(call: Call, context: Context): Reply {
  checkOwn(call, context);
  const list = context.commands.list(call.params['guild']);
  if (call.query.get('with_localizations') === 'true') return { body: list };
  const text = JSON.stringify(list, (key, value: unknown) =>
    key === 'name_localizations' || key === 'description_localizations' ? undefined : value,
  );
  return { body: JSON.parse(text) };
}

function put(call: Call, context: Context): Reply {
  checkOwn(call, context);
  const guild = call.params['guild'];
  const list = context.commands.put(guild, call.body);
  context.events.emit('commands', { guild });
  return { body: list };
}

export const commandRoutes: readonly Route[] = [
  { pattern: 'GET /applications/:application/commands', handle: get },
  { pattern: 'PUT /applications/:application/commands', handle: put },
  { pattern: 'GET /applications/:application/guilds/:guild/commands', handle: get },
  { pattern: 'PUT /applications/:application/guilds/:guild/commands', handle: put },
];

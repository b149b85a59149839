import { channelTypes } from '../../discord/world/flags.ts';
import type { Guild } from '../../discord/world/model.ts';

type Json = Readonly<Record<string, unknown>>;

/** Select menus whose options come from the app itself (Component Reference). */
const ROLE_SELECT = 6;
const CHANNEL_SELECT = 8;

/** The message as shown by the app: with the server's roles and channels in its select menus. */
export function withSelectOptions(payload: Json, guild: Guild): Json {
  const filled = (component: Json): Json => {
    const inside = component['components'];
    return {
      ...component,
      ...(Array.isArray(inside) && { components: (inside as readonly Json[]).map(filled) }),
      ...(component['type'] === ROLE_SELECT && { options: markChosen(component, rolesOf(guild)) }),
      ...(component['type'] === CHANNEL_SELECT && {
        options: markChosen(component, channelsOf(guild, component['channel_types'])),
      }),
    };
  };
  return filled(payload);
}

interface Option {
  readonly value: string;
  readonly label: string;
}

/** Marks the options that are chosen. */
function markChosen(component: Json, options: readonly Option[]): readonly Json[] {
  const defaults = component['default_values'];
  const ids = new Set(Array.isArray(defaults) ? (defaults as readonly Json[]).map(({ id }) => id) : []);
  return options.map((option) => ({ ...option, ...(ids.has(option.value) && { default: true }) }));
}

/** Without the @everyone role, which has the server's id, and roles managed by apps. */
const rolesOf = (guild: Guild): readonly Option[] =>
  [...guild.roles.values()]
    .filter(({ id, managed }) => id !== guild.id && !managed)
    .map(({ id, name }) => ({ value: id, label: `@${name}` }));

const channelsOf = (guild: Guild, types: unknown): readonly Option[] =>
  [...guild.channels.values()]
    .filter(({ kind }) => !Array.isArray(types) || types.includes(channelTypes[kind]))
    .map(({ id, name }) => ({ value: id, label: `#${name}` }));

/** Replaces role mentions by names, as the app draws them: the page doesn't know the server's roles. */
export function withRoleNames(payload: Json, { roles }: Guild): Json {
  const named = JSON.stringify(payload).replace(/<@&(\d+)>/gu, (mention, id: string) => {
    const name = roles.get(id)?.name.replace(/[<>\n]/gu, '');
    return name ? `<@&${JSON.stringify(name).slice(1, -1)}>` : mention;
  });
  return JSON.parse(named) as Json;
}

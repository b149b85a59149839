import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type REST,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import type { MenuItem, MenuOption } from '../../../command/menu.ts';
import { menuOnPlatform } from '../../../command/menu.ts';
import type { Language } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import type { Document } from '../../../note/document.ts';
import { mapInlines } from '../../../note/visit.ts';
import type { Host } from '../../platform.ts';
import { classifyError } from '../api/classify-error.ts';

type CommandPayload = RESTPostAPIChatInputApplicationCommandsJSONBody;

type Menus = Pick<Host, 'menu' | 'menuIn'>;

/** Discord's locales (Reference, Locales) whose users see another language than English. */
const LOCALES: ReadonlyMap<string, Language> = new Map(Object.entries({ 'zh-CN': 'zh', 'zh-TW': 'zh' }));

/**
 * Where Discord offers a command, and to whom. User installs included. In direct messages Discord ignores the permissions, so
 * that readers manage their own chat with the bot.
 */
const AVAILABILITY = {
  readers: {
    contexts: [
      InteractionContextType.Guild,
      InteractionContextType.BotDM,
      InteractionContextType.PrivateChannel,
    ],
    integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
    default_member_permissions: null,
  },
  managers: {
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
  },
} as const;

const OPTION_TYPES = {
  string: ApplicationCommandOptionType.String,
  integer: ApplicationCommandOptionType.Integer,
} as const;

/** Ids of the registered commands by name. A mention of a command needs its id. */
export type CommandIds = ReadonlyMap<string, string>;

/**
 * Registers the commands globally, unless Discord has them like that already: new names count against a daily limit, and clients
 * reload the list after every change (Application Commands, Registering a Command).
 */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  host: Menus,
  log: Log,
): Promise<CommandIds> {
  const wanted = toCommandPayloads(host);
  const route = Routes.applicationCommands(applicationId);
  const registered = await readCommands();
  if (registered !== undefined && canonical(registered) === canonical(wanted)) {
    log.debug('menu.unchanged', { commands: wanted.length });
    return commandIdsIn(registered);
  }
  const updated = await rest.put(route, { body: wanted });
  log.info('menu.published', { commands: wanted.length });
  return commandIdsIn(updated);

  /** `undefined` if they can't be read. Then they are registered again, at the cost of a reload by the clients. */
  async function readCommands(): Promise<unknown> {
    try {
      return await rest.get(route, { query: new URLSearchParams({ with_localizations: 'true' }) });
    } catch (error) {
      const { kind, reason } = classifyError(error);
      if (kind === 'token') throw error;
      log.warn('menu.read_failed', { reason });
      return undefined;
    }
  }
}

/** Ignores whatever else Discord answers: commands without an id are shown as code. */
function commandIdsIn(commands: unknown): CommandIds {
  const list: readonly unknown[] = Array.isArray(commands) ? commands : [];
  return new Map(
    list.flatMap((one) => {
      const { id, name } = (one ?? {}) as { readonly id?: unknown; readonly name?: unknown };
      return typeof name === 'string' && typeof id === 'string' && /^\d+$/u.test(id) ? [[name, id]] : [];
    }),
  );
}

/** Adds their ids to the commands in the document. */
export const addCommandIds = (document: Document, ids: CommandIds): Document =>
  ids.size === 0
    ? document
    : mapInlines(document, (inline) => {
        const id = inline.type === 'command' ? ids.get(inline.name) : undefined;
        return id === undefined ? inline : { ...inline, id };
      });

/** In English, with translations. */
function toCommandPayloads({ menu, menuIn }: Menus): readonly CommandPayload[] {
  const twins = [...LOCALES].map(
    ([locale, language]) => [locale, menuOnPlatform('discord', menuIn(language))] as const,
  );
  return menuOnPlatform('discord', menu).map((item, at) =>
    toCommandPayload(
      item,
      translationsOf(twins, (twin) => twin[at]),
    ),
  );
}

/** The same item in other languages. */
type Translations<T> = readonly (readonly [locale: string, twin: T])[];

/** A part of each translation. */
const translationsOf = <T, U>(twins: Translations<T>, part: (twin: T) => U | undefined): Translations<U> =>
  twins.flatMap(([locale, twin]) => {
    const found = part(twin);
    return found === undefined ? [] : [[locale, found] as const];
  });

/** One text of each translation, by locale. */
const localize = <T>(twins: Translations<T>, text: (twin: T) => string): Readonly<Record<string, string>> =>
  Object.fromEntries(twins.map(([locale, twin]) => [locale, text(twin)]));

function toCommandPayload(item: MenuItem, twins: Translations<MenuItem>): CommandPayload {
  const { contexts, integration_types, default_member_permissions } = AVAILABILITY[item.for];
  return {
    type: ApplicationCommandType.ChatInput,
    name: item.name,
    description: item.description,
    description_localizations: localize(twins, ({ description }) => description),
    options: item.options.map((option, at) =>
      toOptionPayload(
        option,
        translationsOf(twins, (twin) => twin.options[at]),
      ),
    ),
    contexts: [...contexts],
    integration_types: [...integration_types],
    default_member_permissions,
  };
}

function toOptionPayload(
  option: MenuOption,
  twins: Translations<MenuOption>,
): NonNullable<CommandPayload['options']>[number] {
  return {
    type: OPTION_TYPES[option.type],
    name: option.name,
    name_localizations: localize(twins, ({ displayName }) => displayName),
    description: option.description,
    description_localizations: localize(twins, ({ description }) => description),
    required: option.required,
    ...(option.choices && {
      choices: option.choices.map(({ name, value }, at) => ({
        name,
        name_localizations: localize(
          translationsOf(twins, (twin) => twin.choices?.[at]),
          (choice) => choice.name,
        ),
        value,
      })),
    }),
    ...(option.min !== undefined && { min_value: option.min }),
    ...(option.max !== undefined && { max_value: option.max }),
    ...(option.maxLength !== undefined && { max_length: option.maxLength }),
    ...(option.autocomplete && { autocomplete: true }),
  } as NonNullable<CommandPayload['options']>[number];
}

/** Fields that Discord adds. */
const SERVER_FIELDS = new Set(['id', 'application_id', 'guild_id', 'version', 'dm_permission', 'handler']);

/** A text that is equal for equivalent commands: without defaults, empty values and order. */
function canonical(commands: unknown): string {
  const list = Array.isArray(commands) ? commands : [];
  return list
    .map((command: unknown) => JSON.stringify(withoutDefaults(command)))
    .sort()
    .join('\n');
}

function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value))
    return value.every((one) => typeof one === 'number')
      ? value.toSorted((a, b) => a - b)
      : value.map(withoutDefaults);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value)
    .filter(([name]) => !SERVER_FIELDS.has(name))
    .map(([name, field]: [string, unknown]) => [name, withoutDefaults(field)] as const)
    .filter(([, field]) => !isDefault(field))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields);
}

/** All defaults of commands and options are among these. `min_value: 0` is not a default. */
function isDefault(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

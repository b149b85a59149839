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
import { menuOnPlatform } from '../../../command/build-menu.ts';
import type { MenuItem, MenuOption } from '../../../command/menu.ts';
import type { Language } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import type { Document } from '../../../note/document.ts';
import { mapInlines } from '../../../note/visit.ts';
import type { Host } from '../../platform.ts';
import { classifyError } from '../api/classify-error.ts';

type CommandPayload = RESTPostAPIChatInputApplicationCommandsJSONBody;

type Menus = Pick<Host, 'menu' | 'menuIn'>;

/** What is said in Discord's languages, where that is not English (Reference, Locales). */
const LOCALES: ReadonlyMap<string, Language> = new Map(Object.entries({ 'zh-CN': 'zh', 'zh-TW': 'zh' }));

/**
 * Where commands are offered, also where only the person has installed the app. Readers manage their own chat with the
 * bot: there Discord asks for no permission.
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

/** The ids of registered commands by their names: what a mention of one needs. */
export type CommandIds = ReadonlyMap<string, string>;

/**
 * Registers the menu globally, if it is not what Discord has: names that are new count against a daily limit, and
 * clients load the list again after each change (Application Commands, Registering a Command).
 */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  host: Menus,
  log: Log,
): Promise<CommandIds> {
  const wanted = toCommandPayloads(host);
  const route = Routes.applicationCommands(applicationId);
  const standing = await readMenu();
  if (standing !== undefined && canonical(standing) === canonical(wanted)) {
    log.debug('menu.unchanged', { commands: wanted.length });
    return commandIdsIn(standing);
  }
  const registered = await rest.put(route, { body: wanted });
  log.info('menu.published', { commands: wanted.length });
  return commandIdsIn(registered);

  /** What can't be read is written all the same: the same menu again costs nothing but a look of the clients. */
  async function readMenu(): Promise<unknown> {
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

/** Whatever else Discord answers: without an id a command is shown as code. */
function commandIdsIn(commands: unknown): CommandIds {
  const list: readonly unknown[] = Array.isArray(commands) ? commands : [];
  return new Map(
    list.flatMap((one) => {
      const { id, name } = (one ?? {}) as { readonly id?: unknown; readonly name?: unknown };
      return typeof name === 'string' && typeof id === 'string' && /^\d+$/u.test(id) ? [[name, id]] : [];
    }),
  );
}

/** The document with the id of each command in it that has one. */
export const addCommandIds = (document: Document, ids: CommandIds): Document =>
  ids.size === 0
    ? document
    : mapInlines(document, (inline) => {
        const id = inline.type === 'command' ? ids.get(inline.name) : undefined;
        return id === undefined ? inline : { ...inline, id };
      });

/** The menu in English, with each other language beside it. */
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

/** The same thing in other languages. */
type Translations<T> = readonly (readonly [locale: string, twin: T])[];

/** The same part of each. */
const translationsOf = <T, U>(twins: Translations<T>, part: (twin: T) => U | undefined): Translations<U> =>
  twins.flatMap(([locale, twin]) => {
    const found = part(twin);
    return found === undefined ? [] : [[locale, found] as const];
  });

/** One of its texts, by locale. */
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

/** What Discord adds to a command of its own accord. */
const SERVER_FIELDS = new Set(['id', 'application_id', 'guild_id', 'version', 'dm_permission', 'handler']);

/** Commands as one text that is the same whenever they mean the same: defaults and empty values are left out. */
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

/** Every default of a command and of its options is one of these, but for `min_value: 0`, which is no default. */
function isDefault(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

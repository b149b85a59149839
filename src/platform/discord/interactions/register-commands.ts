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

/** Discord's locales (Reference, Locales) whose users see a language other than English. */
const LOCALES: ReadonlyMap<string, Language> = new Map(Object.entries({ 'zh-CN': 'zh', 'zh-TW': 'zh' }));

/**
 * Where and to whom Discord offers a command, including user installs. Discord ignores the permissions in direct
 * messages, so all users can manage their own chat with the bot.
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

/** Ids of the registered commands by name, required to mention a command. */
export type CommandIds = ReadonlyMap<string, string>;

/**
 * Registers the commands globally, unless Discord already has the same ones: new names count against a daily limit,
 * and clients reload the list after every change (Application Commands, Registering a Command).
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

  /** `undefined` if they can't be read; then they are registered again, and clients have to reload them. */
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

/** Ignores anything unexpected in the response: commands without an id are shown as code. */
function commandIdsIn(commands: unknown): CommandIds {
  const list: readonly unknown[] = Array.isArray(commands) ? commands : [];
  return new Map(
    list.flatMap((one) => {
      const { id, name } = (one ?? {}) as { readonly id?: unknown; readonly name?: unknown };
      return typeof name === 'string' && typeof id === 'string' && /^\d+$/u.test(id) ? [[name, id]] : [];
    }),
  );
}

/** Adds ids to the commands in the document. */
export const addCommandIds = (document: Document, ids: CommandIds): Document =>
  ids.size === 0
    ? document
    : mapInlines(document, (inline) => {
        const id = inline.type === 'command' ? ids.get(inline.name) : undefined;
        return id === undefined ? inline : { ...inline, id };
      });

/** In English, with translations. */
function toCommandPayloads({ menu, menuIn }: Menus): readonly CommandPayload[] {
  const translations = [...LOCALES].map(
    ([locale, language]) => [locale, menuOnPlatform('discord', menuIn(language))] as const,
  );
  return menuOnPlatform('discord', menu).map((item, index) =>
    toCommandPayload(
      item,
      translationsOf(translations, (translation) => translation[index]),
    ),
  );
}

/** The same item in other languages. */
type Translations<T> = readonly (readonly [locale: string, translation: T])[];

/** The same part of each translation that has it. */
const translationsOf = <T, U>(
  translations: Translations<T>,
  part: (translation: T) => U | undefined,
): Translations<U> =>
  translations.flatMap(([locale, translation]) => {
    const value = part(translation);
    return value === undefined ? [] : [[locale, value] as const];
  });

/** One text of each translation, by locale. */
const localize = <T>(
  translations: Translations<T>,
  text: (translation: T) => string,
): Readonly<Record<string, string>> =>
  Object.fromEntries(translations.map(([locale, translation]) => [locale, text(translation)]));

function toCommandPayload(item: MenuItem, translations: Translations<MenuItem>): CommandPayload {
  const { contexts, integration_types, default_member_permissions } = AVAILABILITY[item.for];
  return {
    type: ApplicationCommandType.ChatInput,
    name: item.name,
    description: item.description,
    description_localizations: localize(translations, ({ description }) => description),
    options: item.options.map((option, index) =>
      toOptionPayload(
        option,
        translationsOf(translations, (translation) => translation.options[index]),
      ),
    ),
    contexts: [...contexts],
    integration_types: [...integration_types],
    default_member_permissions,
  };
}

function toOptionPayload(
  option: MenuOption,
  translations: Translations<MenuOption>,
): NonNullable<CommandPayload['options']>[number] {
  return {
    type: OPTION_TYPES[option.type],
    name: option.name,
    name_localizations: localize(translations, ({ displayName }) => displayName),
    description: option.description,
    description_localizations: localize(translations, ({ description }) => description),
    required: option.required,
    ...(option.choices && {
      choices: option.choices.map(({ name, value }, index) => ({
        name,
        name_localizations: localize(
          translationsOf(translations, (translation) => translation.choices?.[index]),
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

/** A string that is the same for equivalent commands: ignores defaults, empty values and order. */
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

/** Covers all defaults of commands and options. `min_value: 0` is not a default. */
function isDefault(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

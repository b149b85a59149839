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
import type { MenuItem, MenuOption } from '../../command/menu.ts';
import { menuFor } from '../../command/menu-of.ts';
import type { Log } from '../../log.ts';
import type { Document } from '../../note/document.ts';
import { mapInlines } from '../../note/walk.ts';
import type { Language } from '../../text/texts.ts';
import type { Host } from '../platform.ts';
import { failureOf } from './errors.ts';

type Registered = RESTPostAPIChatInputApplicationCommandsJSONBody;

type Menus = Pick<Host, 'menu' | 'menuIn'>;

/** What is said in Discord's languages, where that is not English (Reference, Locales). */
const LOCALES: ReadonlyMap<string, Language> = new Map(Object.entries({ 'zh-CN': 'zh', 'zh-TW': 'zh' }));

/**
 * Where commands are offered, also where only the person has installed the app. Readers manage their own chat with the
 * bot: there Discord asks for no permission.
 */
const OFFERED = {
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
export async function publishMenu(
  rest: REST,
  applicationId: string,
  host: Menus,
  log: Log,
): Promise<CommandIds> {
  const wanted = registeredMenu(host);
  const route = Routes.applicationCommands(applicationId);
  const standing = await readMenu();
  if (standing !== undefined && canonical(standing) === canonical(wanted)) {
    log.debug('menu.unchanged', { commands: wanted.length });
    return idsIn(standing);
  }
  const registered = await rest.put(route, { body: wanted });
  log.info('menu.published', { commands: wanted.length });
  return idsIn(registered);

  /** What can't be read is written all the same: the same menu again costs nothing but a look of the clients. */
  async function readMenu(): Promise<unknown> {
    try {
      return await rest.get(route, { query: new URLSearchParams({ with_localizations: 'true' }) });
    } catch (error) {
      const { meaning, reason } = failureOf(error);
      if (meaning.about === 'token') throw error;
      log.warn('menu.unread', { reason });
      return undefined;
    }
  }
}

/** Whatever else Discord answers: without an id a command is shown as code. */
function idsIn(commands: unknown): CommandIds {
  const list: readonly unknown[] = Array.isArray(commands) ? commands : [];
  return new Map(
    list.flatMap((one) => {
      const { id, name } = (one ?? {}) as { readonly id?: unknown; readonly name?: unknown };
      return typeof name === 'string' && typeof id === 'string' && /^\d+$/u.test(id) ? [[name, id]] : [];
    }),
  );
}

/** The document with the id of each command in it that has one. */
export const withCommandIds = (document: Document, ids: CommandIds): Document =>
  ids.size === 0
    ? document
    : mapInlines(document, (inline) => {
        const id = inline.type === 'command' ? ids.get(inline.name) : undefined;
        return id === undefined ? inline : { ...inline, id };
      });

/** The menu in English, with each other language beside it. */
function registeredMenu({ menu, menuIn }: Menus): readonly Registered[] {
  const twins = [...LOCALES].map(
    ([locale, language]) => [locale, menuFor('discord', menuIn(language))] as const,
  );
  return menuFor('discord', menu).map((item, at) =>
    registered(
      item,
      partOf(twins, (twin) => twin[at]),
    ),
  );
}

/** The same thing in other languages. */
type Twins<T> = readonly (readonly [locale: string, twin: T])[];

/** The same part of each. */
const partOf = <T, U>(twins: Twins<T>, part: (twin: T) => U | undefined): Twins<U> =>
  twins.flatMap(([locale, twin]) => {
    const found = part(twin);
    return found === undefined ? [] : [[locale, found] as const];
  });

/** One of its texts, by locale. */
const inEach = <T>(twins: Twins<T>, text: (twin: T) => string): Readonly<Record<string, string>> =>
  Object.fromEntries(twins.map(([locale, twin]) => [locale, text(twin)]));

function registered(item: MenuItem, twins: Twins<MenuItem>): Registered {
  const { contexts, integration_types, default_member_permissions } = OFFERED[item.for];
  return {
    type: ApplicationCommandType.ChatInput,
    name: item.name,
    description: item.description,
    description_localizations: inEach(twins, ({ description }) => description),
    options: item.options.map((option, at) =>
      registeredOption(
        option,
        partOf(twins, (twin) => twin.options[at]),
      ),
    ),
    contexts: [...contexts],
    integration_types: [...integration_types],
    default_member_permissions,
  };
}

function registeredOption(
  option: MenuOption,
  twins: Twins<MenuOption>,
): NonNullable<Registered['options']>[number] {
  return {
    type: OPTION_TYPES[option.type],
    name: option.name,
    name_localizations: inEach(twins, ({ shownAs }) => shownAs),
    description: option.description,
    description_localizations: inEach(twins, ({ description }) => description),
    required: option.required,
    ...(option.choices && {
      choices: option.choices.map(({ name, value }, at) => ({
        name,
        name_localizations: inEach(
          partOf(twins, (twin) => twin.choices?.[at]),
          (choice) => choice.name,
        ),
        value,
      })),
    }),
    ...(option.min !== undefined && { min_value: option.min }),
    ...(option.max !== undefined && { max_value: option.max }),
    ...(option.maxLength !== undefined && { max_length: option.maxLength }),
    ...(option.suggests && { autocomplete: true }),
  } as NonNullable<Registered['options']>[number];
}

/** What Discord adds to a command of its own accord. */
const ADDED = new Set(['id', 'application_id', 'guild_id', 'version', 'dm_permission', 'handler']);

/** Commands as one text that is the same whenever they mean the same: defaults and empty values are left out. */
function canonical(commands: unknown): string {
  const list = Array.isArray(commands) ? commands : [];
  return list
    .map((command: unknown) => JSON.stringify(reduced(command)))
    .sort()
    .join('\n');
}

function reduced(value: unknown): unknown {
  if (Array.isArray(value))
    return value.every((one) => typeof one === 'number')
      ? value.toSorted((a, b) => a - b)
      : value.map(reduced);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value)
    .filter(([name]) => !ADDED.has(name))
    .map(([name, field]: [string, unknown]) => [name, reduced(field)] as const)
    .filter(([, field]) => !isDefault(field))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields);
}

/** Every default of a command and of its options is one of these, but for `min_value: 0`, which is no default. */
function isDefault(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

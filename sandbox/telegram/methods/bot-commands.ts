import {
  isObject,
  type JsonObject,
  jsonParam,
  type Params,
  requiredInteger,
  requiredString,
  stringParam,
} from '../http/params.ts';
import { badRequest, parsing } from '../http/refusal.ts';
import type { World } from '../world/world.ts';
import { enterChat } from './chat-access.ts';
import type { Methods } from './method.ts';

interface BotCommand {
  readonly command: string;
  readonly description: string;
  readonly [other: string]: unknown;
}

const MAX_COMMANDS = 100;
const PLAIN_SCOPES = new Set(['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators']);
const CHAT_SCOPES = new Set(['chat', 'chat_administrators', 'chat_member']);

/** The bot's command menus, one per scope and language. */
export interface CommandMenus {
  readonly methods: Methods;
  /** By scope (`default`, `chat:-100…`, `chat_member:-100…:42`) and language, empty for all. */
  menu(scope?: string, language?: string): readonly BotCommand[];
  /**
   * What somebody's app shows (Bot API, Determining list of commands): of the scopes, the narrowest first, the first that
   * has commands, each in the language of the app (an IETF tag) before those for everybody.
   */
  shown(scopes: readonly string[], language?: string): readonly BotCommand[];
  /** How often a menu was set or deleted. */
  readonly writes: number;
}

export function createCommandMenus(): CommandMenus {
  const menus = new Map<string, readonly BotCommand[]>();
  let writes = 0;
  const at = (scope: string, language: string): string => `${scope} ${language}`;

  const write = (world: World, params: Params, commands: readonly BotCommand[]): true => {
    const scope = readScope(world, params);
    const language = readLanguage(params);
    if (commands.length > 0) menus.set(at(scope, language), commands);
    else menus.delete(at(scope, language));
    writes += 1;
    world.events.emit('commands', { scope, language });
    return true;
  };

  return {
    methods: {
      setMyCommands: (world, params) => write(world, params, readCommands(params)),
      deleteMyCommands: (world, params) => write(world, params, []),
      getMyCommands: (world, params) => menus.get(at(readScope(world, params), readLanguage(params))) ?? [],
    },
    menu: (scope = 'default', language = '') => menus.get(at(scope, language)) ?? [],
    shown: (scopes, language = '') =>
      [...scopes, 'default']
        .flatMap((scope) => [at(scope, language.slice(0, 2)), at(scope, '')])
        .map((key) => menus.get(key))
        .find((menu) => menu !== undefined) ?? [],
    get writes() {
      return writes;
    },
  };
}

function readCommands(params: Params): readonly BotCommand[] {
  const given = jsonParam(params, 'commands', 'commands') ?? [];
  if (!Array.isArray(given)) throw badRequest('expected an Array of BotCommand');
  if (given.length > MAX_COMMANDS) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  return given.map(readCommand);
}

function readCommand(value: unknown): BotCommand {
  const given = parsing('BotCommand', () => {
    if (!isObject(value)) throw badRequest('expected an Object');
    return {
      ...value,
      command: requiredString(value, 'command'),
      description: requiredString(value, 'description'),
    };
  });
  const command = given.command.replace(/^\//, '');
  const description = given.description.trim();
  if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
  if (description.length < 1 || description.length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  return { ...given, command, description };
}

function readScope(world: World, params: Params): string {
  const given = jsonParam(params, 'scope', 'BotCommandScope');
  if (given === undefined) return 'default';
  const { type, chatId } = parsing('BotCommandScope', () => readScopeFields(given));
  if (PLAIN_SCOPES.has(type)) return type;
  const { chat } = enterChat(world, chatId, 'members');
  if (chat.type === 'channel') throw badRequest("can't change commands in channel chats");
  return type === 'chat_member'
    ? `${type}:${chat.id}:${parsing('BotCommandScope', () => requiredInteger(given as JsonObject, 'user_id'))}`
    : `${type}:${chat.id}`;
}

function readScopeFields(given: unknown): { readonly type: string; readonly chatId: string } {
  if (!isObject(given)) throw badRequest('BotCommandScope must be an Object');
  const type = requiredString(given, 'type');
  if (PLAIN_SCOPES.has(type)) return { type, chatId: '' };
  if (!CHAT_SCOPES.has(type)) throw badRequest('Unsupported type specified');
  return { type, chatId: requiredString(given, 'chat_id') };
}

/** Empty or two letters (ISO 639-1). */
export function readLanguage(params: Params): string {
  const language = stringParam(params, 'language_code');
  if (!/^([a-z]{2})?$/.test(language)) throw badRequest('invalid language code specified');
  return language;
}

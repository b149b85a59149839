import { stringParam } from '../http/params.ts';
import { badRequest } from '../http/refusal.ts';
import { readLanguage } from './bot-commands.ts';
import type { Method, Methods } from './method.ts';

/** The bot's profile texts: method, parameter, maximum length, and the error for longer ones. */
const TEXTS = [
  { name: 'Name', field: 'name', max: 64, problem: 'BOT_TITLE_INVALID' },
  { name: 'Description', field: 'description', max: 512, problem: 'DESCRIPTION_TOO_LONG' },
  { name: 'ShortDescription', field: 'short_description', max: 120, problem: 'ABOUT_TOO_LONG' },
] as const;

/** `getMe` and the texts on the bot's profile, per language. */
export function createProfileMethods(): Methods {
  const texts = TEXTS.flatMap(({ name, field, max, problem }): [string, Method][] => {
    const values = new Map<string, string>();
    return [
      [
        `setMy${name}`,
        (_, params) => {
          const value = stringParam(params, field);
          if (value.length > max) throw badRequest(problem);
          values.set(readLanguage(params), value);
          return true;
        },
      ],
      [
        `getMy${name}`,
        (world, params) => ({
          [field]:
            values.get(readLanguage(params)) ||
            values.get('') ||
            (name === 'Name' ? world.bot.first_name : ''),
        }),
      ],
    ];
  });
  return {
    ...Object.fromEntries(texts),
    getMe: (world) => ({
      ...world.bot,
      can_join_groups: true,
      can_read_all_group_messages: world.readsAllMessages,
      supports_inline_queries: world.inlineQueries,
      can_connect_to_business: false,
      has_main_web_app: false,
    }),
  };
}

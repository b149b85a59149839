import { isObject, type JsonObject } from '../http/params.ts';
import { readKeyboard } from '../methods/keyboard.ts';
import { textContent } from '../methods/text-params.ts';
import type { Content, Message } from './api-types.ts';
import { postMessage } from './messages.ts';
import { reachesBot } from './people.ts';
import { awaitAnswer, openQuery } from './queries.ts';
import { type IdOrObject, type InlineAnswer, idOf, personOf, stateOf, type World } from './world.ts';

interface InlineQueryInput {
  readonly user: IdOrObject;
  /** What is typed after the bot's name. */
  readonly text: string;
  readonly offset?: string;
}

interface ChosenResult {
  readonly user: IdOrObject;
  readonly chat: IdOrObject;
  /** One of the bot's results. */
  readonly result: JsonObject;
}

/** Inline mode: a user types `@bot words` in any chat and may send one of the results. */
export interface InlineMode {
  /** Resolves when the bot has answered, or at once with a cached answer to the same words. */
  inlineQuery(asking: InlineQueryInput): Promise<InlineAnswer>;
  /** Sends a result to a chat. The bot needn't be a member. */
  chooseResult(choosing: ChosenResult): Message;
}

/** Characters. The bot never gets the rest of a longer query (Bot API, `InlineQuery`). */
const MAX_QUERY = 256;

export function createInlineMode(world: World): InlineMode {
  const kept = new Map<string, { readonly answer: InlineAnswer; readonly until: number }>();

  return {
    async inlineQuery({ user, text, offset = '' }) {
      if (!world.inlineQueries)
        throw new RangeError('Cannot ask inline: BotFather has not been told /setinline');
      const { user: from } = personOf(world, idOf(user));
      const query = Array.from(text).slice(0, MAX_QUERY).join('');
      const keys = [`all ${offset} ${query}`, `${from.id} ${offset} ${query}`];
      const known = keys.map((key) => kept.get(key)).find((one) => one && world.now() < one.until);
      if (known) return known.answer;
      const queryId = openQuery(world, 'inline');
      const answered = awaitAnswer(world, 'inline-answer', queryId);
      world.updates.add('inline_query', { id: queryId, from, query, offset, chat_type: 'sender' });
      const answer = await answered;
      kept.set(keys[answer.isPersonal ? 1 : 0] ?? '', {
        answer,
        until: world.now() + answer.cacheTime * 1000,
      });
      return answer;
    },

    chooseResult({ user, chat, result }) {
      const { user: from } = personOf(world, idOf(user));
      const state = stateOf(world, idOf(chat));
      const message = postMessage(world, state, { from }, contentOf(result, world));
      if (reachesBot(world, state, message)) world.updates.add('message', message);
      return message;
    },
  };
}

/** What the chosen result says, as `readResult` has left it. */
function contentOf(result: JsonObject, world: World): Content {
  const content = result['input_message_content'];
  if (!isObject(content)) throw new RangeError('Cannot choose a result without a text in this fake world');
  const { message_text, entities, link_preview_options } = content;
  const markup = result['reply_markup'];
  const keyboard =
    markup === undefined
      ? undefined
      : readKeyboard({ fields: { reply_markup: JSON.stringify(markup) }, files: new Map() });
  return {
    ...textContent({ text: message_text, entities } as Parameters<typeof textContent>[0]),
    via_bot: world.bot,
    ...(link_preview_options !== undefined && { link_preview_options }),
    ...(keyboard && { reply_markup: keyboard }),
  };
}

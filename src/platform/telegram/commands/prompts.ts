import type { PromptForm } from '../../../command/request.ts';
import type { Texts } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import { truncateText } from '../../../lib/truncate-text.ts';
import { classifyError } from '../api/classify-error.ts';
import type { Calls } from '../api/client.ts';
import type { FloodWait } from '../api/flood-wait.ts';
import { destinationOf, type SendTarget } from '../chat-target.ts';
import { breakAutolinks } from '../render/entities/autolink-guard.ts';
import { plain } from '../render/entities/styled-text.ts';
import type { UpdateContext } from '../updates/parse-update.ts';

/** Stores prompts across restarts. */
export interface PromptStorage {
  get(key: string): Promise<Prompt | undefined>;
  set(key: string, prompt: Prompt, ttlMs: number): Promise<unknown>;
  delete(key: string): Promise<boolean>;
}

/** What the next message of a user in a chat is for. */
export interface Prompt {
  readonly command: PromptForm['command'];
  /** The message with the question. */
  readonly messageId: number;
}

/** Open prompts, at most one per user and chat. */
export interface PromptStore {
  put(context: UpdateContext, prompt: Prompt): Promise<void>;
  /** Ends the prompt that a message answers, and returns its command. In groups only a reply to the prompt counts. */
  takeAnswered(context: UpdateContext, repliesTo: number | undefined): Promise<string | undefined>;
  /** Ends the prompt. False if there was none. */
  drop(context: UpdateContext): Promise<boolean>;
}

/** After this, a message is no longer taken as the answer. */
const TTL_MS = 30 * 60_000;

export function createPromptStore(storage: PromptStorage): PromptStore {
  /** Contains the ids by which a user's data is found for deletion. */
  const keyOf = ({ chat, userId }: UpdateContext): string =>
    `${destinationOf(chat.id)} ${destinationOf(userId)}`;
  return {
    put: async (context, prompt) => void (await storage.set(keyOf(context), prompt, TTL_MS)),
    async takeAnswered(context, repliesTo) {
      const prompt = await storage.get(keyOf(context));
      if (!prompt || (context.kind !== 'private' && prompt.messageId !== repliesTo)) return undefined;
      await storage.delete(keyOf(context));
      return prompt.command;
    },
    drop: (context) => storage.delete(keyOf(context)),
  };
}

/** Maximum length of the hint in an empty field, in characters (Bot API, `ForceReply`). */
const MAX_HINT = 64;

export interface PromptsParts {
  readonly calls: Pick<Calls, 'sendMessage'>;
  readonly floodWait: FloodWait;
  readonly store: PromptStore;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Telegram has no forms: the bot asks in the chat, and the next message there is the answer. */
export interface Prompts extends Pick<PromptStore, 'drop'> {
  /** Asks with a message that the app opens a reply to. Never rejects. */
  ask(form: PromptForm, context: UpdateContext, target: SendTarget, texts: Texts): Promise<void>;
}

export function createPrompts({ calls, floodWait, store, log, signal }: PromptsParts): Prompts {
  return {
    drop: store.drop,
    async ask({ command, question, hint }, context, target, texts) {
      const isPrivate = context.kind === 'private';
      // The question contains the author's name, which may contain something that Telegram would link.
      const { text } = breakAutolinks(plain(question));
      try {
        await floodWait.waitTurn(signal);
        const { message_id: messageId } = await calls.sendMessage({
          ...target,
          text: isPrivate ? `${text}\n${texts.suggest.cancel}` : text,
          reply_markup: {
            force_reply: true,
            selective: !isPrivate,
            input_field_placeholder: truncateText(hint, MAX_HINT),
          },
        });
        await store.put(context, { command, messageId });
      } catch (error) {
        log.warn('answer.lost', { chat: target.chat_id, reason: classifyError(error).reason });
      }
    },
  };
}

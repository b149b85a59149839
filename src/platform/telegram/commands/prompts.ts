import type { PromptForm } from '../../../command/form.ts';
import { textsFor } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import { truncateText } from '../../../lib/truncate-text.ts';
import { classifyError } from '../api/api-errors.ts';
import type { Calls } from '../api/client.ts';
import type { FloodWait } from '../api/flood-wait.ts';
import { destinationOf, type SendTarget } from '../chat-target.ts';
import { breakAutolinks } from '../render/entities/autolink-guard.ts';
import { plain } from '../render/entities/styled-text.ts';
import type { CommandRequest, ParsedUpdate } from '../updates/parse-update.ts';
import type { CommandUpdate } from './access.ts';

/** Where it is remembered whom we have asked something, over restarts. */
export interface PromptStorage {
  get(key: string): Promise<Prompt | undefined>;
  set(key: string, question: Prompt, ttlMs: number): Promise<unknown>;
  delete(key: string): Promise<boolean>;
}

/** What the next words of somebody in a chat are for. */
export interface Prompt {
  readonly command: PromptForm['command'];
  /** The message that asks. */
  readonly messageId: number;
}

/** What was asked of people in chats, one thing at a time of each. */
export interface PromptStore {
  put(asked: CommandRequest, question: Prompt): Promise<void>;
  /** The command that these words are for; then the question is over. In company only a reply to the question counts. */
  answered(asked: CommandRequest, repliesTo: number | undefined): Promise<string | undefined>;
  /** Nothing is expected any more. False where nothing was. */
  drop(asked: CommandRequest): Promise<boolean>;
}

/** Whoever comes back later than this has something else in mind. */
const KEPT_MS = 30 * 60_000;

export function createPromptStore(shelf: PromptStorage): PromptStore {
  /** By the names that people have everywhere, so that they can be forgotten. */
  const keyOf = ({ chat, askerId }: CommandRequest): string =>
    `${destinationOf(chat.id)} ${destinationOf(askerId)}`;
  return {
    put: async (asked, question) => void (await shelf.set(keyOf(asked), question, KEPT_MS)),
    async answered(asked, repliesTo) {
      const question = await shelf.get(keyOf(asked));
      if (!question || (asked.kind !== 'private' && question.messageId !== repliesTo)) return undefined;
      await shelf.delete(keyOf(asked));
      return question.command;
    },
    drop: (asked) => shelf.delete(keyOf(asked)),
  };
}

/** Characters of what stands in an empty field (Bot API, `ForceReply`). */
const MAX_HINT = 64;

export interface PromptsParts {
  readonly calls: Pick<Calls, 'sendMessage'>;
  readonly flood: FloodWait;
  readonly questions: PromptStore;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** What a command still needs is asked for in the chat: the next words there are the answer. */
export interface Prompts {
  /** What words are for: what was asked for before, or in private a search. */
  resolve(words: Extract<ParsedUpdate, { readonly type: 'words' }>): Promise<CommandUpdate | undefined>;
  /** The app opens a reply to it. */
  ask(form: PromptForm, asked: CommandRequest, where: SendTarget): Promise<void>;
}

export function createPrompts({ calls, flood, questions, log, signal }: PromptsParts): Prompts {
  return {
    async resolve({ asked, repliesTo }) {
      const command = await questions.answered(asked, repliesTo);
      if (command === undefined && asked.kind !== 'private') return undefined;
      return { type: 'command', asked: { ...asked, command: command ?? asked.command } };
    },
    async ask({ command, question, hint }, asked, where) {
      const { cancel } = textsFor(asked.language).suggest;
      const isPrivate = asked.kind === 'private';
      // The author's name is in it, which may hold what calls somebody.
      const { text } = breakAutolinks(plain(question));
      try {
        await flood.waitTurn(signal);
        const { message_id: messageId } = await calls.sendMessage({
          ...where,
          text: isPrivate ? `${text}\n${cancel}` : text,
          reply_markup: {
            force_reply: true,
            selective: !isPrivate,
            input_field_placeholder: truncateText(hint, MAX_HINT),
          },
        });
        await questions.put(asked, { command, messageId });
      } catch (error) {
        log.warn('answer.lost', { chat: where.chat_id, reason: classifyError(error).reason });
      }
    },
  };
}

/** Channels and anonymous administrators can't be asked anything. */
export const isPerson = ({ kind, askerId }: CommandRequest): boolean => kind !== 'channel' && askerId > 0;

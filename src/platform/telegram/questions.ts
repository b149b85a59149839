import type { PromptForm } from '../../command/form.ts';
import { destinationOf } from './chat.ts';
import type { CommandRequest } from './incoming.ts';

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

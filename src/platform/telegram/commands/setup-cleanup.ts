import { CLEAN_UP } from '../../../command/request-handler.ts';
import { type Texts, textsFor } from '../../../i18n/texts.ts';
import { createKeyedQueue } from '../../../lib/keyed-queue.ts';
import type { Log } from '../../../lib/log.ts';
import { buttons, callback, type Document } from '../../../note/document.ts';
import { classifyError } from '../api/classify-error.ts';
import type { Calls } from '../api/client.ts';
import { isDeletionRefused } from '../api/errors.ts';
import type { FloodWait } from '../api/flood-wait.ts';
import { destinationOf, type SentMessages } from '../chat-target.ts';
import type { UpdateContext } from '../updates/parse-update.ts';

/** Older messages can't be deleted (Bot API, `deleteMessage`). */
const DELETABLE_MS = 48 * 60 * 60_000;
/** The limit of one call (Bot API, `deleteMessages`). */
const MAX_MESSAGES = 100;

/** A message about setup in a group or channel. */
export interface SetupMessage {
  readonly id: number;
  /** True for the bot's answers, false for the commands they answer. */
  readonly own: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Stores the list of these messages across restarts. */
export interface SetupMessageStorage {
  get(key: string): Promise<readonly SetupMessage[] | undefined>;
  set(key: string, messages: readonly SetupMessage[], ttlMs: number): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

export interface SetupCleanupParts {
  readonly calls: Pick<
    Calls,
    'deleteMessage' | 'deleteMessages' | 'editMessageText' | 'editMessageReplyMarkup'
  >;
  readonly store: SetupMessageStorage;
  readonly floodWait: FloodWait;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/**
 * Telegram can't hide an answer from others, so in groups and channels everybody sees the setup dialogue. One tap
 * deletes it again.
 */
export interface SetupCleanup {
  /** Adds the cleanup button to an answer. */
  withButton(document: Document, language: string): Document;
  /** Remembers an answer, and the command if it was typed. */
  record(context: UpdateContext, isTyped: boolean, answers: readonly SentMessages[]): Promise<void>;
  /** Deletes the recorded messages of a chat and returns a sentence about the result. Throws Telegram's error if none could be deleted. */
  clean(context: UpdateContext, texts: Texts): Promise<string>;
}

export function createSetupCleanup({
  calls,
  store,
  floodWait,
  log,
  now,
  signal,
}: SetupCleanupParts): SetupCleanup {
  const keyOf = ({ chat, topic }: UpdateContext): string => destinationOf(chat.id, topic);

  const queue = createKeyedQueue();

  /** Updates the list of a chat and drops old messages. Runs one update at a time, since several users may be answered at once. */
  async function updateList(
    key: string,
    change: (messages: readonly SetupMessage[]) => readonly SetupMessage[] = (same) => same,
  ): Promise<readonly SetupMessage[]> {
    return queue.run(key, async () => {
      const before = ((await store.get(key)) ?? []).filter(({ at }) => now() - at < DELETABLE_MS);
      const after = change(before);
      if (after.length > 0) await store.set(key, after.slice(-MAX_MESSAGES), DELETABLE_MS);
      else await store.delete(key);
      return after;
    });
  }

  /** Returns whether the messages are deleted now. Telegram skips any that were deleted before. */
  async function deleteAll(chat_id: number, message_ids: readonly number[]): Promise<boolean> {
    if (message_ids.length === 0) return true;
    try {
      await floodWait.waitTurn(signal);
      await calls.deleteMessages({ chat_id, message_ids: [...message_ids] });
    } catch (error) {
      const failure = classifyError(error);
      if (failure.kind === 'message-removed') return true;
      if (!isDeletionRefused(failure)) throw error;
      log.debug('setup.delete_failed', { chat: chat_id, reason: failure.reason });
      return false;
    }
    return true;
  }

  /** Removes the buttons of a message that is too old to be deleted, and replaces its text. */
  async function close(chat_id: number, message_id: number, text: string): Promise<void> {
    const noButtons = { reply_markup: { inline_keyboard: [] } };
    try {
      await calls.editMessageText({ chat_id, message_id, text, ...noButtons });
    } catch (error) {
      if (classifyError(error).kind !== 'nothing-to-edit') throw error;
      await calls.editMessageReplyMarkup({ chat_id, message_id, ...noButtons });
    }
  }

  return {
    withButton(document, language) {
      const { button } = textsFor(language).telegram.cleanUp;
      return [
        ...document,
        buttons([{ label: button, callback: callback(CLEAN_UP), responseMode: 'replace' }]),
      ];
    },

    async record(context, isTyped, sent) {
      const { chat, messageId } = context;
      const at = now();
      // Skip answers that went to the user's private chat.
      const answers = sent.filter((one) => one.chat === chat.id).flatMap(({ ids }) => ids);
      const added: readonly SetupMessage[] = [
        ...(isTyped && messageId !== undefined ? [{ id: messageId, own: false, at }] : []),
        ...answers.map((id) => ({ id, own: true, at })),
      ];
      await updateList(keyOf(context), (before) => {
        const known = new Set(before.map(({ id }) => id));
        return [...before, ...added.filter(({ id }) => !known.has(id))];
      });
    },

    async clean(context, { telegram: { cleanUp: texts } }) {
      const { chat, messageId } = context;
      const key = keyOf(context);
      const found = await updateList(key);
      const remembered = found.filter(({ id }) => id !== messageId);
      const idsOf = (own: boolean) => remembered.filter((one) => one.own === own).map(({ id }) => id);
      const commands = await deleteAll(chat.id, idsOf(false));
      const answers = await deleteAll(chat.id, idsOf(true));
      // Last, so that the button is still there if deleting the others failed.
      const pressed = messageId === undefined || (await deleteAll(chat.id, [messageId]));
      if (messageId !== undefined && !pressed) await close(chat.id, messageId, texts.over);
      const done = new Set(found.map(({ id }) => id));
      await updateList(key, (now) => now.filter(({ id }) => !done.has(id)));
      if (!pressed || !answers) return texts.tooOld;
      return commands ? texts.done : texts.commandsStay;
    },
  };
}

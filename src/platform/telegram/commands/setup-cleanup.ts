import { textsFor } from '../../../i18n/texts.ts';
import { createKeyedQueue } from '../../../lib/keyed-queue.ts';
import type { Log } from '../../../lib/log.ts';
import { buttons, callback, type Document } from '../../../note/document.ts';
import type { Host } from '../../platform.ts';
import type { ErrorKind } from '../api/api-errors.ts';
import { classifyError } from '../api/api-errors.ts';
import type { Calls } from '../api/client.ts';
import type { FloodWait } from '../api/flood-wait.ts';
import { destinationOf, type SentMessages } from '../chat-target.ts';
import { CLEAN_UP, type CommandRequest } from '../updates/parse-update.ts';

/** What is older can't be deleted, by nobody (Bot API, `deleteMessage`). */
const DELETABLE_MS = 48 * 60 * 60_000;
/** As many as one call deletes (Bot API, `deleteMessages`). */
const MAX_KEPT = 100;

/** A message about setting up, in a group or a channel. */
export interface SetupMessage {
  readonly id: number;
  /** Of the bot; else it is the command that asked. */
  readonly own: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Where such messages are remembered, over restarts. */
export interface SetupMessageStorage {
  get(key: string): Promise<readonly SetupMessage[] | undefined>;
  set(key: string, messages: readonly SetupMessage[], ttlMs: number): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

/** Reasons that hold for a message, not for the moment: it stays. */
const PERMANENT_ERRORS: ReadonlySet<ErrorKind> = new Set([
  'message-fixed',
  'suspended',
  'content',
  'unknown',
]);

export interface SetupCleanupParts {
  readonly calls: Pick<
    Calls,
    'deleteMessage' | 'deleteMessages' | 'editMessageText' | 'editMessageReplyMarkup'
  >;
  readonly shelf: SetupMessageStorage;
  readonly host: Pick<Host, 'menu'>;
  readonly flood: FloodWait;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** Where many read along, what the managers set up is none of their business: one tap takes it away again. */
export interface SetupCleanup {
  /** The answer with the button, where it is about setting up and others read it. */
  withButton(document: Document, asked: CommandRequest, language: string): Document;
  /** Remembers what was asked and answered, as far as it is about setting up and others read it. */
  record(asked: CommandRequest, typed: boolean, standings: readonly SentMessages[]): Promise<void>;
  /** Deletes what is remembered there; what there is to say about it. Throws what Telegram answers to all of it. */
  clean(asked: CommandRequest): Promise<string>;
}

export function createSetupCleanup({
  calls,
  shelf,
  host,
  flood,
  log,
  now,
  signal,
}: SetupCleanupParts): SetupCleanup {
  const isSetup = ({ kind, command }: CommandRequest): boolean =>
    kind !== 'private' && host.menu.some((item) => item.name === command && item.for === 'managers');
  const keyOf = ({ chat, topic }: CommandRequest): string => destinationOf(chat.id, topic);

  const queue = createKeyedQueue();

  /** What can still be deleted, put in order by one at a time: several people may be answered at once. */
  async function remember(
    key: string,
    change: (messages: readonly SetupMessage[]) => readonly SetupMessage[] = (same) => same,
  ): Promise<readonly SetupMessage[]> {
    return queue.run(key, async () => {
      const before = ((await shelf.get(key)) ?? []).filter(({ at }) => now() - at < DELETABLE_MS);
      const after = change(before);
      if (after.length > 0) await shelf.set(key, after.slice(-MAX_KEPT), DELETABLE_MS);
      else await shelf.delete(key);
      return after;
    });
  }

  /** Whether they are gone. Those that were gone already are passed over. */
  async function gone(chat_id: number, message_ids: readonly number[]): Promise<boolean> {
    if (message_ids.length === 0) return true;
    try {
      await flood.waitTurn(signal);
      await calls.deleteMessages({ chat_id, message_ids: [...message_ids] });
    } catch (error) {
      const { kind, reason } = classifyError(error);
      if (kind === 'message-missing') return true;
      if (!PERMANENT_ERRORS.has(kind)) throw error;
      log.debug('setup.delete_failed', { chat: chat_id, reason });
      return false;
    }
    return true;
  }

  /** What is too old to be deleted can still say that it is over, and loses its buttons. */
  async function close(chat_id: number, message_id: number, words: string): Promise<void> {
    const none = { reply_markup: { inline_keyboard: [] } };
    try {
      await calls.editMessageText({ chat_id, message_id, text: words, ...none });
    } catch (error) {
      if (classifyError(error).kind !== 'message-wordless') throw error;
      await calls.editMessageReplyMarkup({ chat_id, message_id, ...none });
    }
  }

  return {
    withButton(document, asked, language) {
      if (!isSetup(asked)) return document;
      const { button } = textsFor(language).telegram.cleanUp;
      return [
        ...document,
        buttons([{ label: button, callback: callback(CLEAN_UP), responseMode: 'replace' }]),
      ];
    },

    async record(asked, typed, standings) {
      if (!isSetup(asked)) return;
      const { chat, messageId } = asked;
      const at = now();
      // What was said to somebody alone stands in another chat.
      const answers = standings.filter((one) => one.chat === chat.id).flatMap(({ ids }) => ids);
      const said: readonly SetupMessage[] = [
        ...(typed && messageId !== undefined ? [{ id: messageId, own: false, at }] : []),
        ...answers.map((id) => ({ id, own: true, at })),
      ];
      await remember(keyOf(asked), (before) => {
        const known = new Set(before.map(({ id }) => id));
        return [...before, ...said.filter(({ id }) => !known.has(id))];
      });
    },

    async clean(asked) {
      const { chat, messageId } = asked;
      const key = keyOf(asked);
      const said = textsFor(asked.language).telegram.cleanUp;
      const found = await remember(key);
      const remembered = found.filter(({ id }) => id !== messageId);
      const idsOf = (own: boolean) => remembered.filter((one) => one.own === own).map(({ id }) => id);
      const commands = await gone(chat.id, idsOf(false));
      const answers = await gone(chat.id, idsOf(true));
      // Last, so that there is something to tap again where Telegram could not be asked for the others.
      const pressed = messageId === undefined || (await gone(chat.id, [messageId]));
      if (messageId !== undefined && !pressed) await close(chat.id, messageId, said.over);
      const done = new Set(found.map(({ id }) => id));
      await remember(key, (now) => now.filter(({ id }) => !done.has(id)));
      if (!pressed || !answers) return said.tooOld;
      return commands ? said.done : said.commandsStay;
    },
  };
}

import type { Update, UserFromGetMe } from 'grammy/types';
import { en } from '../../../i18n/en/catalogue.ts';
import type { Delay } from '../../../lib/delay.ts';
import { createKeyedQueue } from '../../../lib/keyed-queue.ts';
import type { Log } from '../../../lib/log.ts';
import type { Document } from '../../../note/document.ts';
import { type Host, LoginRefusedError, type Platform, type PlatformObstacle } from '../../platform.ts';
import { classifyError } from '../api/classify-error.ts';
import type { Client } from '../api/client.ts';
import { retryAfterMs } from '../api/errors.ts';
import type { FloodWait } from '../api/flood-wait.ts';
import { destinationOf } from '../chat-target.ts';
import { createAdminCheck } from '../commands/admin-check.ts';
import { createCommandHandler } from '../commands/commands.ts';
import { createInlineQueryHandler } from '../commands/inline-query.ts';
import type { PromptStore } from '../commands/prompts.ts';
import { registerCommands } from '../commands/register-commands.ts';
import type { SetupMessageStorage } from '../commands/setup-cleanup.ts';
import { subscribeLink } from '../deep-links.ts';
import { outgoingOf } from '../render/outgoing.ts';
import { render } from '../render/render.ts';
import type { Editor } from '../send/editor.ts';
import { newProgress, type Send } from '../send/sender.ts';
import { createMembership } from './membership.ts';
import { type ParsedUpdate, parseUpdate } from './parse-update.ts';
import { createPolling, type Polling } from './polling.ts';
import type { PollingConflict } from './polling-conflict.ts';

/** Maximum number of updates handled at a time. More wait at Telegram. */
const MAX_PENDING = 500;
const LOGIN_PAUSE_MS = 1_000;
const MAX_LOGIN_PAUSE_MS = 30_000;

const { operator, errors } = en.telegram;

export interface UpdateServiceParts {
  readonly client: Client;
  readonly sendMessage: Send;
  readonly editor: Editor;
  readonly floodWait: FloodWait;
  readonly pollingConflict: PollingConflict;
  readonly prompts: PromptStore;
  readonly setupMessages: SetupMessageStorage;
  readonly rendered: Platform['renderAsync'];
  readonly log: Log;
  readonly now: () => number;
  readonly wait: Delay;
}

/** Receives updates and handles them. */
export interface UpdateService {
  start(host: Host): Promise<void>;
  /** Writes to a user in private. False if that fails: the bot can only write to users who have started it. */
  messageUser(userId: number, document: Document): Promise<boolean>;
  stop(): Promise<void>;
  error(): string | undefined;
  obstacle(): PlatformObstacle | undefined;
  /** See `Platform.link`. */
  installLink(): string | undefined;
}

export function createUpdateService(parts: UpdateServiceParts): UpdateService {
  const { client, sendMessage, floodWait, pollingConflict, log, now, wait } = parts;
  const { calls } = client;
  const stopping = new AbortController();
  const { signal } = stopping;
  const queue = createKeyedQueue();
  let polling: Polling | undefined;
  let running: Promise<void> | undefined;
  let loginError: string | undefined = errors.outside;
  let isRefused = false;
  let link: string | undefined;

  async function start(host: Host): Promise<void> {
    const me = await logIn();
    if (!me) return;
    link = subscribeLink(me.username);
    log.info('login.accepted', { username: me.username, link });
    await prepare(host);
    const handle = createHandling(host, me);
    const onUpdate = (updates: readonly Update[]): Promise<void> => {
      for (const update of updates) {
        const incoming = parseUpdate(update, me);
        if (!incoming) continue;
        queue
          .run(queueKey(update), () => handle(incoming))
          .catch((error: unknown) => {
            log.error('update.failed', { reason: classifyError(error).reason });
          });
      }
      return queue.whenBelow(MAX_PENDING);
    };
    polling = createPolling({ calls: client.polling, pollingConflict, log, wait, now, onUpdate });
    loginError = undefined;
    running = polling.run(signal);
  }

  /** The bot's own user; `undefined` if stopped before Telegram answered. */
  async function logIn(): Promise<UserFromGetMe | undefined> {
    for (let pause = LOGIN_PAUSE_MS; !signal.aborted; pause = Math.min(pause * 2, MAX_LOGIN_PAUSE_MS)) {
      try {
        return await calls.getMe(signal as Parameters<typeof calls.getMe>[0]);
      } catch (error) {
        if (signal.aborted) break;
        const failure = classifyError(error);
        const { kind, reason } = failure;
        if (kind === 'token') {
          isRefused = true;
          throw new LoginRefusedError(operator.refused(reason));
        }
        loginError = errors.unreached;
        log.warn('login.retrying', { reason });
        await wait(retryAfterMs(failure) ?? pause, signal);
      }
    }
    return undefined;
  }

  /** Removes a webhook and publishes the menu. If either fails, the other is still done and the bot starts. */
  async function prepare(host: Host): Promise<void> {
    await attempt(
      async () => {
        const { url } = await calls.getWebhookInfo();
        if (!url) return;
        await calls.deleteWebhook({ drop_pending_updates: false });
        log.warn('webhook.removed', { reason: 'updates are fetched' });
      },
      (reason) => log.warn('webhook.failed', { reason }),
    );
    await attempt(
      () => registerCommands(calls, host, log),
      (reason) => log.warn('menu.failed', { reason }),
    );
  }

  async function attempt(task: () => Promise<void>, failed: (reason: string) => void): Promise<void> {
    try {
      await task();
    } catch (error) {
      failed(classifyError(error).reason);
    }
  }

  function createHandling(host: Host, me: UserFromGetMe): (incoming: ParsedUpdate) => Promise<void> {
    const isAdmin = createAdminCheck(calls, now);
    const promptStore = parts.prompts;
    const answer = createCommandHandler({ ...parts, calls, isAdmin, promptStore, host, self: me, signal });
    const share = createInlineQueryHandler(calls, host, me.username, log);
    const membership = createMembership({ host, username: me.username, messageUser: tell });
    return (incoming) => {
      switch (incoming.type) {
        case 'command':
        case 'text':
        case 'callback':
          return answer(incoming);
        case 'inline':
          return share(incoming);
        case 'membership':
          return membership.changed(incoming.change);
        case 'migration':
          return membership.migrated(incoming.from, incoming.to);
        case 'reopened':
          return host.destinationRestored(destinationOf(incoming.chat, incoming.topic));
      }
    };
  }

  async function tell(chat_id: number, document: Document): Promise<boolean> {
    try {
      for (const body of render(document)) {
        await floodWait.waitTurn(signal);
        await sendMessage(outgoingOf(body), { chat_id }, newProgress());
      }
      return true;
    } catch (error) {
      log.debug('dm.failed', { reason: classifyError(error).reason });
      return false;
    }
  }

  return {
    start,
    messageUser: tell,
    error: () => loginError ?? polling?.error(),
    obstacle: () => (isRefused ? 'refused' : polling?.obstacle()),
    installLink: () => link,
    async stop() {
      stopping.abort();
      await running;
      await queue.whenBelow(1);
      await polling?.confirm().catch((error: unknown) => {
        log.debug('update.unconfirmed', { reason: classifyError(error).reason });
      });
    },
  };
}

/**
 * Updates with the same key are handled in order. Each user in a chat has their own key, so nobody waits for an answer to
 * somebody else. Updates about the chat itself have another.
 */
function queueKey(update: Update): string {
  const { my_chat_member, callback_query, inline_query, message, channel_post } = update;
  const chat = (my_chat_member ?? callback_query?.message ?? message ?? channel_post)?.chat.id ?? '';
  return `${chat} ${(callback_query ?? message ?? inline_query)?.from?.id ?? ''}`;
}

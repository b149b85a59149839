import type { Update, UserFromGetMe } from 'grammy/types';
import { en } from '../../../i18n/en/catalogue.ts';
import type { Delay } from '../../../lib/delay.ts';
import { createKeyedQueue } from '../../../lib/keyed-queue.ts';
import type { Log } from '../../../lib/log.ts';
import type { Document } from '../../../note/document.ts';
import { type Host, LoginRefusedError, type Platform } from '../../platform.ts';
import { classifyError } from '../api/api-errors.ts';
import type { Client } from '../api/client.ts';
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

/** Updates in hand at once; more wait at Telegram. */
const MAX_IN_HAND = 500;
const LOGIN_PAUSE_MS = 1_000;
const MAX_LOGIN_PAUSE_MS = 30_000;

const { operator, trouble: troubles } = en.telegram;

export interface UpdateServiceParts {
  readonly client: Client;
  readonly put: Send;
  readonly editor: Editor;
  readonly flood: FloodWait;
  readonly contention: PollingConflict;
  readonly questions: PromptStore;
  readonly setup: SetupMessageStorage;
  readonly rendered: Platform['rendered'];
  readonly log: Log;
  readonly now: () => number;
  readonly wait: Delay;
}

/** The part of a platform that listens. */
export interface UpdateService {
  start(host: Host): Promise<void>;
  /** Says something to somebody alone; false where they don't hear it: only who has started the bot can be written to. */
  tell(userId: number, document: Document): Promise<boolean>;
  stop(): Promise<void>;
  trouble(): string | undefined;
  /** As `Platform.link`. */
  link(): string | undefined;
}

export function createUpdateService(parts: UpdateServiceParts): UpdateService {
  const { client, put, flood, contention, log, now, wait } = parts;
  const { calls } = client;
  const stopping = new AbortController();
  const { signal } = stopping;
  const queue = createKeyedQueue();
  let polling: Polling | undefined;
  let running: Promise<void> | undefined;
  let unreached: string | undefined = troubles.outside;
  let link: string | undefined;

  async function start(host: Host): Promise<void> {
    const me = await logIn();
    if (!me) return;
    link = subscribeLink(me.username);
    log.info('login.accepted', { username: me.username, link });
    await prepare(host);
    const handle = createHandling(host, me);
    const take = (updates: readonly Update[]): Promise<void> => {
      for (const update of updates) {
        const incoming = parseUpdate(update, me);
        if (!incoming) continue;
        queue
          .run(queueKey(update), () => handle(incoming))
          .catch((error: unknown) => {
            log.error('update.failed', { reason: classifyError(error).reason });
          });
      }
      return queue.whenBelow(MAX_IN_HAND);
    };
    polling = createPolling({ calls: client.polling, contention, log, wait, now, take });
    unreached = undefined;
    running = polling.run(signal);
  }

  /** The bot itself; `undefined` where it was stopped before Telegram answered. */
  async function logIn(): Promise<UserFromGetMe | undefined> {
    for (let pause = LOGIN_PAUSE_MS; !signal.aborted; pause = Math.min(pause * 2, MAX_LOGIN_PAUSE_MS)) {
      try {
        return await calls.getMe(signal as Parameters<typeof calls.getMe>[0]);
      } catch (error) {
        if (signal.aborted) break;
        const { kind, reason, afterMs } = classifyError(error);
        if (kind === 'token') throw new LoginRefusedError(operator.refused(reason));
        unreached = troubles.unreached;
        log.warn('login.retrying', { reason });
        await wait(afterMs ?? pause, signal);
      }
    }
    return undefined;
  }

  /** Neither is worth not answering for, and the one does not need the other. */
  async function prepare(host: Host): Promise<void> {
    await tried(
      async () => {
        const { url } = await calls.getWebhookInfo();
        if (!url) return;
        await calls.deleteWebhook({ drop_pending_updates: false });
        log.warn('webhook.removed', { reason: 'updates are fetched' });
      },
      (reason) => log.warn('webhook.failed', { reason }),
    );
    await tried(
      () => registerCommands(calls, host, log),
      (reason) => log.warn('menu.failed', { reason }),
    );
  }

  async function tried(errand: () => Promise<void>, failed: (reason: string) => void): Promise<void> {
    try {
      await errand();
    } catch (error) {
      failed(classifyError(error).reason);
    }
  }

  function createHandling(host: Host, me: UserFromGetMe): (incoming: ParsedUpdate) => Promise<void> {
    const isAdmin = createAdminCheck(calls, now);
    const promptStore = parts.questions;
    const answer = createCommandHandler({ ...parts, calls, isAdmin, promptStore, host, self: me, signal });
    const share = createInlineQueryHandler(calls, host, me.username, log);
    const membership = createMembership({ host, username: me.username, tell });
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
          return host.returned(destinationOf(incoming.chat, incoming.topic));
      }
    };
  }

  async function tell(chat_id: number, document: Document): Promise<boolean> {
    try {
      for (const body of render(document)) {
        await flood.waitTurn(signal);
        await put(outgoingOf(body), { chat_id }, newProgress());
      }
      return true;
    } catch (error) {
      log.debug('dm.failed', { reason: classifyError(error).reason });
      return false;
    }
  }

  return {
    start,
    tell,
    trouble: () => unreached ?? polling?.trouble(),
    link: () => link,
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
 * Updates with the same key are handled one after the other. Everybody in a chat has a key of their own, so that nobody
 * waits for an answer to somebody else; what is about the chat itself has another.
 */
function queueKey(update: Update): string {
  const { my_chat_member, callback_query, inline_query, message, channel_post } = update;
  const chat = (my_chat_member ?? callback_query?.message ?? message ?? channel_post)?.chat.id ?? '';
  return `${chat} ${(callback_query ?? message ?? inline_query)?.from?.id ?? ''}`;
}

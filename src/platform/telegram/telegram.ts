import { textsFor } from '../../i18n/texts.ts';
import { abortableDelay, type Delay } from '../../lib/delay.ts';
import type { Log } from '../../lib/log.ts';
import type { Rate } from '../../lib/rate-limiter.ts';
import type { ServerDateListener } from '../../lib/server-clock.ts';
import type { MediaFetch } from '../../media/media-fetch.ts';
import { withBlocks } from '../../note/present/finish.ts';
import { memoizeRender } from '../memoized-render.ts';
import type { Platform, SendResult } from '../platform.ts';
import { createSenderName, withoutOwnByline } from '../sender-name.ts';
import { createClient } from './api/client.ts';
import { createFloodWait } from './api/flood-wait.ts';
import { verifyNotFound } from './api/not-found.ts';
import { createProbe } from './api/probe.ts';
import { withResponseChecks } from './api/response-checks.ts';
import { parseDestination, parseReceipt, type SentMessages } from './chat-target.ts';
import { createInboxCheck } from './commands/inbox-check.ts';
import { createOwnerNotice } from './commands/owner-notice.ts';
import { createPromptStore, type PromptStorage } from './commands/prompts.ts';
import type { SetupMessageStorage } from './commands/setup-cleanup.ts';
import { outgoingOf } from './render/outgoing.ts';
import { render, renderInSteps } from './render/render.ts';
import { createDropChannelByline } from './send/channel-byline.ts';
import { createDeleteMessages } from './send/delete-messages.ts';
import { createEditor } from './send/editor.ts';
import { createFileIdCache, type FileIdStorage } from './send/file-id-cache.ts';
import { createMediaFallbacks } from './send/media-fallbacks.ts';
import { createPaidBroadcast, FREE_RATE } from './send/paid-broadcast.ts';
import { createRichSender } from './send/rich-sender.ts';
import { createSendAttempt } from './send/send-attempt.ts';
import { createSender } from './send/sender.ts';
import { withTopicFallback } from './send/topic-fallback.ts';
import { TELEGRAM_STYLES } from './styles.ts';
import { createPollingConflict } from './updates/polling-conflict.ts';
import { createUpdateService } from './updates/updates.ts';

export interface TelegramOptions {
  /** From @BotFather. Never appears in logs, errors or messages. */
  readonly token: string;
  /** Base URL of the Bot API; Telegram's own by default. Methods are at `/bot<token>/<method>`. */
  readonly apiUrl?: string;
  /** The default style of deliveries (style-spec.ts). */
  readonly variant?: string;
  readonly log: Log;
  /** Fetches media that Telegram can't fetch by itself; without it they become links. */
  readonly media?: MediaFetch;
  /** Stores file ids, so that a file is uploaded only once for all chats. */
  readonly files?: FileIdStorage;
  /** Stores open prompts. */
  readonly prompts?: PromptStorage;
  /** Stores which messages were about setup. */
  readonly setupMessages?: SetupMessageStorage;
  /**
   * Messages a second that are delivered at most, from 1 to 1,000; 25 by default. Above 30, Telegram charges the bot's
   * Stars. Without the balance or the right to it, the free rate is used.
   */
  readonly rate?: number;
  /** Rate limits for deliveries; Telegram's own by default. */
  readonly pace?: Platform['rateLimits'];
  /** Milliseconds since 1970. Must advance while the machine sleeps, when another instance may take over. */
  readonly now?: () => number;
  readonly wait?: Delay;
  /** From 0 to 1, as `Math.random`. */
  readonly random?: () => number;
  /** Called with the `Date` header of every response from Telegram. */
  readonly onServerDate?: ServerDateListener;
  /** Asked right before each request: if not, it isn't made. Default: always. */
  readonly mayRequest?: () => boolean;
}

/** The FAQ allows one a second, and short bursts. */
const PRIVATE_CHAT_RATE: Rate = { count: 20, perMs: 20_000 };
/** The FAQ allows 20 a minute, which also applies to channels. The extra second allows for clock differences. */
const GROUP_RATE: Rate = { count: 20, perMs: 61_000 };
const rateOf: Platform['rateLimits']['destination'] = (destination) => {
  const { chat_id } = parseDestination(destination);
  return typeof chat_id === 'number' && chat_id > 0 ? PRIVATE_CHAT_RATE : GROUP_RATE;
};

/** Telegram over its Bot API, with long polling. Makes no calls before `start` or the first send. */
export function createTelegram({
  token,
  apiUrl,
  variant: standard = '',
  log,
  media,
  files,
  prompts = inMemoryStorage(),
  setupMessages = inMemoryStorage(),
  rate = FREE_RATE,
  pace,
  now = Date.now,
  wait = abortableDelay,
  random = Math.random,
  onServerDate,
  mayRequest,
}: TelegramOptions): Platform {
  const client = withResponseChecks(
    verifyNotFound(createClient(token, apiUrl, { onServerDate, mayRequest })),
  );
  const { calls } = client;
  const rich = createRichSender(calls, log);
  // File ids are valid for one bot only. The part of the token before the colon is the bot's public id.
  const fallbacks = createMediaFallbacks({
    files: createFileIdCache(token.split(':')[0] ?? '', files, log),
    media,
    log,
  });
  const sendMessage = createSender(calls, rich, fallbacks, log);
  const paid = createPaidBroadcast({ perSecond: rate, sendMessage, log, now });
  const deleteMessages = createDeleteMessages(calls, log);
  const editor = createEditor({ calls, rich, fallbacks, sendMessage: paid.send, deleteMessages, log });
  const floodWait = createFloodWait(now, wait);
  const pollingConflict = createPollingConflict(now, random);
  const probe = createProbe(calls);
  const attempt = createSendAttempt({ calls, probe, pollingConflict, floodWait, slowDown: paid.slowDown });
  const ownName = createSenderName(async () => (await calls.getMe()).first_name);
  const dropByline = createDropChannelByline(calls, now);
  const renderCached = memoizeRender(({ blocks, fallback, language }, variant) =>
    renderInSteps(blocks, variant, fallback, standard, textsFor(language)),
  );
  const renderAsync: Platform['renderAsync'] = async (document, variant) => {
    const sender = await ownName.resolve(document.blocks);
    return renderCached(withBlocks(document, withoutOwnByline(document.blocks, sender)), variant);
  };
  const service = createUpdateService({
    rendered: renderAsync,
    client,
    sendMessage,
    editor,
    floodWait,
    pollingConflict,
    prompts: createPromptStore(prompts),
    setupMessages,
    log,
    now,
    wait,
  });
  const { start, stop, error, obstacle, installLink } = service;
  return {
    name: 'telegram',
    styles: TELEGRAM_STYLES,
    rateLimits: pace ?? {
      get global() {
        return paid.rate();
      },
      // Only messages can be paid for.
      changes: paid.freeRate,
      destination: rateOf,
    },
    render: ({ blocks, fallback, language }, variant) =>
      render(withoutOwnByline(blocks, ownName.known()), variant, fallback, standard, textsFor(language)),
    renderAsync,
    send: (destination, body, key, options) =>
      attempt(
        destination,
        `send ${key}`,
        (progress) =>
          withTopicFallback(destination, options, log, async (target) =>
            (options?.broadcast ? paid.send : sendMessage)(
              await dropByline(outgoingOf(body), target.chat_id),
              target,
              progress,
            ),
          ),
        { urgent: options?.urgent },
      ),
    edit: (destination, receipt, body, language = 'en') =>
      withReceipt(receipt, (sent) =>
        attempt(destination, `edit ${receipt}`, async (progress) => {
          const call = await dropByline(outgoingOf(body), sent.chat);
          return editor.edit(destination, sent, call, progress, textsFor(language));
        }),
      ),
    remove: (destination, receipt, language = 'en') =>
      withReceipt(receipt, (sent) =>
        attempt(destination, `remove ${receipt}`, ({ tryPlainer }) =>
          deleteMessages(sent, textsFor(language), tryPlainer),
        ),
      ),
    isReachable: async () => (await probe()) === undefined,
    notifyOwner: createOwnerNotice({ calls, tell: service.messageUser }),
    inboxObstacle: createInboxCheck(calls),
    start,
    stop,
    error,
    obstacle: () => obstacle() ?? (paid.isRefused() ? 'unpaid' : undefined),
    installLink,
  };
}

/** Lost when the process ends. */
function inMemoryStorage<Value>() {
  const values = new Map<string, Value>();
  return {
    get: async (key: string) => values.get(key),
    set: async (key: string, value: Value) => values.set(key, value),
    delete: async (key: string) => values.delete(key),
  };
}

async function withReceipt(
  receipt: string,
  change: (sent: SentMessages) => Promise<SendResult>,
): Promise<SendResult> {
  const sent = parseReceipt(receipt);
  return sent ? change(sent) : { status: 'rejected', reason: `Not a receipt: ${receipt}` };
}

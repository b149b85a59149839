import { textsFor } from '../../i18n/texts.ts';
import { type Delay, abortableDelay as realWait } from '../../lib/delay.ts';
import type { Log } from '../../lib/log.ts';
import type { Rate } from '../../lib/rate-limiter.ts';
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
import { createRichSender } from './send/rich-sender.ts';
import { createSendAttempt } from './send/send-attempt.ts';
import { createSender } from './send/sender.ts';
import { withTopicFallback } from './send/topic-fallback.ts';
import { TELEGRAM_STYLES } from './styles.ts';
import { createPollingConflict } from './updates/polling-conflict.ts';
import { createUpdateService } from './updates/updates.ts';

export interface TelegramOptions {
  /** As @BotFather gives it. It reaches no log, no error and no answer. */
  readonly token: string;
  /** Root of the Bot API, Telegram's own where it is left out. Methods are at `/bot<token>/<method>`. */
  readonly apiUrl?: string;
  /** How deliveries look where nobody chose (`platform/variant`). */
  readonly variant?: string;
  readonly log: Log;
  /** For media that Telegram can't fetch; without it they become links. */
  readonly media?: MediaFetch;
  /** Where the files that Telegram has are remembered, so that they are uploaded once for all chats. */
  readonly files?: FileIdStorage;
  /** Where it is remembered what people were asked. */
  readonly questions?: PromptStorage;
  /** Where the messages about setting up are remembered. */
  readonly setup?: SetupMessageStorage;
  /** What deliveries keep to; what Telegram allows where left out. */
  readonly pace?: Platform['rateLimits'];
  /** Milliseconds since 1970, by a clock that goes on while the machine sleeps: meanwhile another may have come. */
  readonly now?: () => number;
  readonly wait?: Delay;
  /** From 0 to 1, as `Math.random`. */
  readonly random?: () => number;
}

/** What Telegram's FAQ names: 30 messages a second (some are left for answers), one a second to a reader with short bursts, */
const BOT_RATE: Rate = { count: 25, perMs: 1_000 };
const PRIVATE_CHAT_RATE: Rate = { count: 20, perMs: 20_000 };
/** and 20 a minute in a group; channels behave alike. The second more is for clocks that differ. */
const GROUP_RATE: Rate = { count: 20, perMs: 61_000 };
const PACE: Platform['rateLimits'] = {
  whole: BOT_RATE,
  destination: (destination) => {
    const { chat_id } = parseDestination(destination);
    return typeof chat_id === 'number' && chat_id > 0 ? PRIVATE_CHAT_RATE : GROUP_RATE;
  },
};

/** Telegram through its Bot API, by long polling. Nothing happens before `start` or the first send. */
export function createTelegram({
  token,
  apiUrl,
  variant: standard = '',
  log,
  media,
  files,
  questions = inMemoryStorage(),
  setup = inMemoryStorage(),
  pace: rateLimits = PACE,
  now = Date.now,
  wait = realWait,
  random = Math.random,
}: TelegramOptions): Platform {
  const client = withResponseChecks(verifyNotFound(createClient(token, apiUrl)));
  const { calls } = client;
  const rich = createRichSender(calls, log);
  // What stands before the colon is the bot's public id: files are good for one bot.
  const ladder = createMediaFallbacks({
    files: createFileIdCache(token.split(':')[0] ?? '', files, log),
    media,
    log,
  });
  const put = createSender(calls, rich, ladder, log);
  const remove = createDeleteMessages(calls, log);
  const editor = createEditor({ calls, rich, ladder, put, remove, log });
  const flood = createFloodWait(now, wait);
  const contention = createPollingConflict(now, random);
  const harmless = createProbe(calls);
  const attempt = createSendAttempt({ calls, harmless, contention, flood });
  const ownName = createSenderName(async () => (await calls.getMe()).first_name);
  const inChat = createDropChannelByline(calls, now);
  const renderings = memoizeRender(({ blocks, fallback, language }, variant) =>
    renderInSteps(blocks, variant, fallback, standard, textsFor(language)),
  );
  const rendered: Platform['rendered'] = async (document, variant) => {
    const sender = await ownName.resolve(document.blocks);
    return renderings(withBlocks(document, withoutOwnByline(document.blocks, sender)), variant);
  };
  const service = createUpdateService({
    rendered,
    client,
    put,
    editor,
    flood,
    contention,
    questions: createPromptStore(questions),
    setup,
    log,
    now,
    wait,
  });
  const { start, stop, trouble, link } = service;
  return {
    name: 'telegram',
    styles: TELEGRAM_STYLES,
    rateLimits,
    render: ({ blocks, fallback, language }, variant) =>
      render(withoutOwnByline(blocks, ownName.known()), variant, fallback, standard, textsFor(language)),
    rendered,
    send: (destination, body, key, sending) =>
      attempt(destination, `send ${key}`, (progress) =>
        withTopicFallback(destination, sending, log, async (where) =>
          put(await inChat(outgoingOf(body), where.chat_id), where, progress),
        ),
      ),
    edit: (destination, receipt, body, language = 'en') =>
      withReceipt(receipt, (standing) =>
        attempt(destination, `edit ${receipt}`, async (progress) => {
          const call = await inChat(outgoingOf(body), standing.chat);
          return editor.edit(destination, standing, call, progress, textsFor(language));
        }),
      ),
    remove: (destination, receipt, language = 'en') =>
      withReceipt(receipt, (standing) =>
        attempt(destination, `remove ${receipt}`, ({ puzzled }) =>
          remove(standing, textsFor(language), puzzled),
        ),
      ),
    answers: async () => (await harmless()) === undefined,
    tell: createOwnerNotice({ calls, tell: service.tell }),
    start,
    stop,
    trouble,
    link,
  };
}

/** Forgotten with the program. */
function inMemoryStorage<Value>() {
  const kept = new Map<string, Value>();
  return {
    get: async (key: string) => kept.get(key),
    set: async (key: string, value: Value) => kept.set(key, value),
    delete: async (key: string) => kept.delete(key),
  };
}

async function withReceipt(
  receipt: string,
  change: (standing: SentMessages) => Promise<SendResult>,
): Promise<SendResult> {
  const standing = parseReceipt(receipt);
  return standing ? change(standing) : { status: 'rejected', reason: `Not a receipt: ${receipt}` };
}

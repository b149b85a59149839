import type { Log } from '../../log.ts';
import type { MediaFetch } from '../../media/media-fetch.ts';
import { textsFor } from '../../text/texts.ts';
import type { Platform, Rate, SendResult } from '../platform.ts';
import { createRenderings } from '../renderings.ts';
import { createOwnName, withoutName } from '../same-name.ts';
import { callOf } from './call.ts';
import { type Standing, standingOf, targetOf } from './chat.ts';
import type { SetupShelf } from './clean-up.ts';
import { createClient } from './client.ts';
import { createContention } from './contention.ts';
import { createEditor } from './edit.ts';
import { createFiles, type FileShelf } from './file-shelf.ts';
import { createFlood } from './flood.ts';
import { createHarmless } from './harmless.ts';
import { createLadder } from './ladder.ts';
import { believingGetMe } from './not-found.ts';
import { createPut } from './put.ts';
import { createQuestions, type QuestionShelf } from './questions.ts';
import { readable } from './readable.ts';
import { createRemove } from './remove.ts';
import { render, renderInSteps } from './render.ts';
import { createRichCalls } from './rich-calls.ts';
import { createService } from './serve.ts';
import { createSigning } from './signing.ts';
import { TELEGRAM_STYLES } from './styles.ts';
import { createTell } from './tell.ts';
import { createTries } from './tries.ts';
import { wait as realWait, type Wait } from './wait.ts';
import { withTopic } from './with-topic.ts';

export interface TelegramParts {
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
  readonly files?: FileShelf;
  /** Where it is remembered what people were asked. */
  readonly questions?: QuestionShelf;
  /** Where the messages about setting up are remembered. */
  readonly setup?: SetupShelf;
  /** What deliveries keep to; what Telegram allows where left out. */
  readonly pace?: Platform['pace'];
  /** Milliseconds since 1970, by a clock that goes on while the machine sleeps: meanwhile another may have come. */
  readonly now?: () => number;
  readonly wait?: Wait;
  /** From 0 to 1, as `Math.random`. */
  readonly random?: () => number;
}

/** What Telegram's FAQ names: 30 messages a second (some are left for answers), one a second to a reader with short bursts, */
const WHOLE: Rate = { count: 25, perMs: 1_000 };
const ONE_READER: Rate = { count: 20, perMs: 20_000 };
/** and 20 a minute in a group; channels behave alike. The second more is for clocks that differ. */
const MANY_READERS: Rate = { count: 20, perMs: 61_000 };
const PACE: Platform['pace'] = {
  whole: WHOLE,
  destination: (destination) => {
    const { chat_id } = targetOf(destination);
    return typeof chat_id === 'number' && chat_id > 0 ? ONE_READER : MANY_READERS;
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
  questions = keptInMemory(),
  setup = keptInMemory(),
  pace = PACE,
  now = Date.now,
  wait = realWait,
  random = Math.random,
}: TelegramParts): Platform {
  const client = readable(believingGetMe(createClient(token, apiUrl)));
  const { calls } = client;
  const rich = createRichCalls(calls, log);
  // What stands before the colon is the bot's public id: files are good for one bot.
  const ladder = createLadder({ files: createFiles(token.split(':')[0] ?? '', files, log), media, log });
  const put = createPut(calls, rich, ladder, log);
  const remove = createRemove(calls, log);
  const editor = createEditor({ calls, rich, ladder, put, remove, log });
  const flood = createFlood(now, wait);
  const contention = createContention(now, random);
  const harmless = createHarmless(calls);
  const attempt = createTries({ calls, harmless, contention, flood });
  const ownName = createOwnName(async () => (await calls.getMe()).first_name);
  const inChat = createSigning(calls, now);
  const renderings = createRenderings((document, variant, brief, language = 'en') =>
    renderInSteps(document, variant, brief, standard, textsFor(language)),
  );
  const rendered: Platform['rendered'] = async (document, ...how) =>
    renderings(withoutName(document, await ownName.askedFor(document)), ...how);
  const service = createService({
    rendered,
    client,
    put,
    editor,
    flood,
    contention,
    questions: createQuestions(questions),
    setup,
    log,
    now,
    wait,
  });
  const { start, stop, trouble, link } = service;
  return {
    name: 'telegram',
    variants: TELEGRAM_STYLES,
    pace,
    render: (document, variant, brief, language = 'en') =>
      render(withoutName(document, ownName.known()), variant, brief, standard, textsFor(language)),
    rendered,
    send: (destination, body, key, sending) =>
      attempt(destination, `send ${key}`, (progress) =>
        withTopic(destination, sending, log, async (where) =>
          put(await inChat(callOf(body), where.chat_id), where, progress),
        ),
      ),
    edit: (destination, receipt, body, language = 'en') =>
      withStanding(receipt, (standing) =>
        attempt(destination, `edit ${receipt}`, async (progress) => {
          const call = await inChat(callOf(body), standing.chat);
          return editor.edit(destination, standing, call, progress, textsFor(language));
        }),
      ),
    remove: (destination, receipt, language = 'en') =>
      withStanding(receipt, (standing) =>
        attempt(destination, `remove ${receipt}`, ({ puzzled }) =>
          remove(standing, textsFor(language), puzzled),
        ),
      ),
    answers: async () => (await harmless()) === undefined,
    tell: createTell({ calls, tell: service.tell }),
    start,
    stop,
    trouble,
    link,
  };
}

/** Forgotten with the program. */
function keptInMemory<Value>() {
  const kept = new Map<string, Value>();
  return {
    get: async (key: string) => kept.get(key),
    set: async (key: string, value: Value) => kept.set(key, value),
    delete: async (key: string) => kept.delete(key),
  };
}

async function withStanding(
  receipt: string,
  change: (standing: Standing) => Promise<SendResult>,
): Promise<SendResult> {
  const standing = standingOf(receipt);
  return standing ? change(standing) : { status: 'rejected', reason: `Not a receipt: ${receipt}` };
}

import { type Config, ConfigError } from './config.ts';
import type { FollowParts } from './follow-relays.ts';
import { type AuthorInbox, openAuthorInbox } from './letters/desk.ts';
import { createWeeklyReport, REPORT_HOUR } from './letters/week.ts';
import { createDmRelayPublisher } from './nostr/announce.ts';
import { botKeyFrom } from './nostr/bot-key.ts';
import { createDirectMessage, giftWrap } from './nostr/letter.ts';
import { readDirectMessages } from './nostr/letter-box.ts';
import { INDEXERS } from './nostr/public-relays.ts';
import { createPublisher } from './nostr/publish.ts';
import { createRelayAccess } from './nostr/reachable.ts';
import { normalizeRelayUrl } from './nostr/relay-url.ts';
import { TIMEOUTS } from './nostr/timers.ts';
import type { Job } from './pipeline/schedule.ts';
import type { Platform } from './platform/platform.ts';
import { isPrivateUrl } from './public-address.ts';
import { textsFor } from './text/texts.ts';

/** The desk with all that it needs of the world. */
export interface WiredInbox extends Pick<AuthorInbox, 'propose' | 'forget'> {
  readonly jobs: readonly Job[];
  /** Sends and reads letters until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

/** NIP-17 wants such lists small. */
const MAX_INBOX = 3;
/** Where it is said which these are. */
const MAX_TARGETS = 10;

/** The way between readers and the author, where the operator gave the bot a key; `undefined` where not. */
export async function wireInbox(
  config: Config,
  { author, book, store, verifier, log, clock, signal }: Omit<FollowParts, 'counters'>,
  platforms: readonly Platform[],
  beganAtMs: number,
): Promise<WiredInbox | undefined> {
  if (config.botKey === undefined) return undefined;
  const key = botKeyFrom(config.botKey);
  if (key.pubkey === author.pubkey)
    throw new ConfigError(["BOT_KEY: this is the author's own key. Create a separate one for the bot"]);
  const texts = textsFor('en');
  const { isAllowed, lookupOf } = createRelayAccess(config.relays);
  const shared = { key, timers: TIMEOUTS, log, signal, now: clock.now, random: Math.random };
  const publish = createPublisher({ ...shared, lookupOf });
  const ours = config.relays.flatMap((url) => normalizeRelayUrl(url) ?? []).slice(0, MAX_INBOX);

  /** Where no list of the author's is known, where we read the author's notes. */
  function authorsInbox(): readonly string[] {
    const listed = book.dmRelays().filter(isAllowed).slice(0, MAX_INBOX);
    return listed.length > 0 ? listed : ours;
  }

  const inbox = await openAuthorInbox({
    ...shared,
    openKeyValue: store.keyv,
    platforms,
    write: (words, answers) =>
      createDirectMessage(key, { to: author.pubkey, words, ...(answers && { answers }) }, clock.now()),
    deliver: async (letter, until) => {
      const wrap = giftWrap(letter, key, author.pubkey, { nowMs: clock.now(), random: Math.random });
      return (await publish(wrap, authorsInbox(), until)).length > 0;
    },
    authorName: () => book.author().name,
    texts,
    clock,
  });
  const announce = createDmRelayPublisher({
    ...shared,
    publish,
    storage: store.keyv('announced'),
    inbox: ours,
    targets: () =>
      [
        ...new Set([
          ...ours,
          ...authorsInbox(),
          ...book.relays().filter(isAllowed),
          ...(config.relays.every(isPrivateUrl)
            ? []
            : INDEXERS.flatMap((url) => normalizeRelayUrl(url) ?? [])),
        ]),
      ].slice(0, MAX_TARGETS),
  });
  const week = createWeeklyReport({
    inbox,
    figures: store.platformStats,
    platforms: platforms.map(({ name }) => name),
    beganAtMs,
    texts,
    now: clock.now,
  });

  return {
    propose: inbox.propose,
    forget: inbox.forget,
    jobs: [
      { name: 'week', cron: `0 ${REPORT_HOUR} * * 1`, run: week },
      { name: 'announce', cron: '23 * * * *', run: announce },
    ],
    async run(until) {
      const first = [announce, week].map((errand) =>
        errand().catch((error: unknown) => log.error('job.failed', { error })),
      );
      await Promise.all([
        ...first,
        inbox.run(until),
        readDirectMessages({
          ...shared,
          urls: ours,
          from: author.pubkey,
          verifier,
          take: inbox.receive,
          storage: store.keyv('letter-settled'),
        }),
      ]);
    },
  };
}
